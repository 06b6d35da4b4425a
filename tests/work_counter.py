"""How much work a function does, told without a clock, so that a busy machine changes nothing."""

import sys


def count_calls(function, *arguments):
    """Return how many functions are called, in Python or by it in C, while this one runs."""
    count = 0

    def tally(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        function(*arguments)
    finally:
        sys.setprofile(before)
    return count
