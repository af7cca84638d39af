"""Does the instrument work here: criteria, evidence, verdicts, and the status they propose."""
