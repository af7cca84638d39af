"""One number a module that follows from released cells alone, each offering DERIVATION."""
