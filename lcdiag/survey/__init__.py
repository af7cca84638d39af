"""What respondents and coordinators get: forms, workbooks, study folders."""
