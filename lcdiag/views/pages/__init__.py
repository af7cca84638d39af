"""One page a module, each offering PAGE."""
