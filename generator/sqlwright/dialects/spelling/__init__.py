"""What the ways in which databases write what was written for others have in common."""
