"""Help for those who change the course: a new lesson, references between lessons, the messages."""
