"""What a student has done: the store of answers, and what can be said of it."""
