"""What we say of a schema and its queries against what real servers say, and what was agreed on last."""
