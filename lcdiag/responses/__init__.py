"""Raw sheets become checked response sets, and only here."""
