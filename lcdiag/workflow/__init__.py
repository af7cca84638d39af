"""What people do with lcdiag, one step above the functions that a researcher imports."""
