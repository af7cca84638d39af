"""One command or noun a module, each offering build."""
