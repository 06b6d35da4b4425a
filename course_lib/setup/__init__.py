"""Setting up the course on a machine, opening it, examining it, and the committed form of its lessons."""
