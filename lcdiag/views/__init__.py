"""A released diagnosis becomes blocks, and blocks become one HTML file."""
