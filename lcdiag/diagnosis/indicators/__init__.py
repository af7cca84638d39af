"""Rules that read released cells and give signals: one module a rule, each offering RULE."""
