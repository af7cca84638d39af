"""The ground floor: errors, findings, estimates, levels, texts, files."""
