"""The public face, used as a notebook and a teacher use it; it is only checked, never run."""
