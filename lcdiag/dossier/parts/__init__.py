"""The parts of a dossier: one module a part, each offering `PART`."""
