"""Answers graded again, and the tables of scores that are written of them."""
