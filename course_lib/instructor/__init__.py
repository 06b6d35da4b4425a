"""For instructors: launch the course, collect work, see what a class understood, move questions elsewhere."""
