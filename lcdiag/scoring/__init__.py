"""Keys, missing answers and scale scores."""
