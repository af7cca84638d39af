"""Simulated answers from a stated model."""
