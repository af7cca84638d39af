"""Foreign files become sheets of text; one module a program."""
