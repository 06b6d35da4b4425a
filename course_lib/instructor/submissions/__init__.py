"""Files that students handed in: found, opened, and read as students with their events."""
