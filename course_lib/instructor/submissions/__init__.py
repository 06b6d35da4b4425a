"""Files that students submitted: found, opened, and read as students with their events."""
