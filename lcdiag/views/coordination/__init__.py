"""Pages of the coordinator's file: each module offers one as PAGE; the folder is the list."""
