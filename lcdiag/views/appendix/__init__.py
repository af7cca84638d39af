"""Pages of the researcher's appendix: each module offers one as PAGE; the folder is the list."""
