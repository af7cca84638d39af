"""What can be done with instruments; one command a module."""
