"""Which function computes which reference value: one module a room of the statistics."""
