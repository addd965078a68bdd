"""What `sqlwright check` does, put together of the phases: with servers (`live`), and without (`offline`)."""
