"""One analysis a module, each offering SECTION."""
