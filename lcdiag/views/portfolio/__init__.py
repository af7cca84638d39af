"""Pages on several communities side by side, one a module, each offering PAGE."""
