"""Killing a piece of work at one of its steps, in a process of its own.

A step is whatever Python tells its audit hooks of files in a folder (opening, moving, linking, removing,
making folders), and the moment at which a file is half written. The process ends there and then: nothing is
tidied up.
"""

import itertools
import os
import sys
import traceback

# With where the folder stands that a bare name is in, for those that can be told of one.
TOUCHES = {"open": None, "os.rename": 2, "os.link": 2, "os.remove": 1, "os.mkdir": 2, "os.rmdir": 1}


def killed_at(step, folder, work):
    """Do a piece of work in a fork that dies at a step; return whether it got as far."""
    process = os.fork()
    if process:
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        assert code in (0, 9)
        return code == 9
    steps = itertools.count()

    def die_in_time(event, arguments):
        if event in TOUCHES:
            at = TOUCHES[event]
            inside = str(arguments[0]).startswith(str(folder)) or (at is not None and arguments[at] != -1)
            if inside and next(steps) == step:
                os._exit(9)

    def half_written(handle):
        if next(steps) == step:
            os.ftruncate(handle, os.fstat(handle).st_size // 2)
            os._exit(9)

    os.fsync = half_written
    sys.addaudithook(die_in_time)
    try:
        work()
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)
