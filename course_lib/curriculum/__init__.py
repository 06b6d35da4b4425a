"""What the course consists of: its lessons in their order, their question banks, its glossary."""
