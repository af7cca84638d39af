"""Pure statistics on arrays: no questionnaire, no files, no pages."""
