"""What is asked, of whom and when: instruments, sets, questionnaires, studies."""
