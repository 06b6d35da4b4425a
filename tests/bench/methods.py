"""How long the methods take, beside the build before their edges were mended, side by side.

    .venv/bin/python tests/bench/methods.py [RUNS]

The build before is taken out of the repository's history into a folder of its own, and this file times both:
each in a Python of its own, in turn. Prints the shortest times in milliseconds, and the ratio. Where a number
comes out, both must give the same.
"""

import io
import itertools
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

BEFORE = "8a94b5d"
HERE = Path(__file__).resolve()
STUDENTS, VALUES, ACTORS, DRAWS, ROUNDS = 100_000, 3_000, 40, 100, 6


def cases():
    """Return what is timed: for each name a function that returns a number of its result."""
    import numpy as np
    import pandas as pd

    from course_lib.methods import agreement, balance, bargaining, class_change, gain, item_statistics
    from course_lib.widgets import explorers

    draw = np.random.default_rng(8)
    before = draw.integers(0, 15, STUDENTS) / 15
    after = np.clip(before + draw.integers(-2, 6, STUDENTS) / 15, 0, 1)
    codes = draw.permutation(VALUES)
    others = codes + draw.integers(-3, 4, VALUES)
    inputs = draw.uniform(1, 100, (3, ACTORS)).tolist()
    hostile = [(f"a{one:02}", f"a{two:02}", -1) for one, two in itertools.combinations(range(20), 2)]
    marks = (draw.random((STUDENTS, 15)) < 0.6).astype(float)
    owners = np.repeat(np.arange(STUDENTS // 10), 10)
    # Lesson 08's actors after the horizon has opened.
    names = ["syria_transitional_government", "russia", "turkey", "eu", "ukraine", "israel", "usa"]
    table = pd.DataFrame({"actor": names, "position": [75, 100, 25, 0, 0, 50, 25]})
    table["capability"], table["salience"] = [100, 60, 70, 40, 20, 50, 80], [90, 80, 60, 50, 40, 50, 30]
    explorer = explorers.positions(table, outcome=(50, 75))
    steps = itertools.cycle(range(0, 100, 10))

    def redraw():
        values = {"challenge": True, "position1": next(steps)}
        explorer._hear(None, {"values": values, "numbers": False, "id": "a-1"}, [])

    return {
        "mean_change, 100,000 students": lambda: class_change.mean_change(before, after).hake.low,
        "class_gain, 100,000 students": lambda: gain.class_gain(before.tolist(), after.tolist()).single,
        "cronbach_alpha, 100,000 students": lambda: item_statistics.cronbach_alpha(marks).alpha,
        "accuracy_by_confidence, 100,000 answers": lambda: (
            item_statistics.accuracy_by_confidence(marks[:, 0] * 2, marks[:, 1], owners)[2][0].low
        ),
        "krippendorff_alpha, interval, 3,000 values": lambda: (
            agreement.krippendorff_alpha([codes, others], "interval").alpha
        ),
        "simulate, 40 actors, 100 draws of 6 rounds": lambda: bargaining.simulate(
            *inputs, runs=DRAWS, rounds=ROUNDS
        )["challenge"].sum(),
        "explorer of lesson 08, a step with the challenge model": redraw,
        "frustration, 20 actors, all hostile": lambda: balance.frustration(hostile).index,
        "flip_effects, 12 actors, all hostile": lambda: balance.flip_effects(
            [row for row in hostile if max(row[:2]) < "a12"]
        )["frustration"].sum(),
    }


def measure(runs):
    """Print the shortest time of each case and its result, as JSON: this is what runs in either build."""
    found = {}
    for name, run in cases().items():
        times = []
        for _ in range(runs):
            begun = time.perf_counter()
            result = run()
            times.append(1000 * (time.perf_counter() - begun))
        found[name] = min(times), None if result is None else float(result)
    print(json.dumps(found))


def time_build(folder, runs):
    """Return what `measure` prints with the library of a folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, str(HERE), "measure", str(runs)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def main(runs=3):
    """Measure both builds and print them."""
    checkout = HERE.parents[2]
    archive = subprocess.run(
        ["git", "archive", BEFORE, "course_lib", "data", "lessons", "pyproject.toml"],
        cwd=checkout,
        capture_output=True,
        check=False,
    )
    if archive.returncode:
        raise SystemExit(f"The build before is not in this copy of the repository: {archive.stderr.decode()}")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        # The build before takes most of a minute for some cases, so it is not asked again and again.
        theirs, ours = time_build(folder, 1), time_build(checkout, runs)
    for name, (now, result) in ours.items():
        then, wanted = theirs[name]
        same = "" if result is None or abs(result - wanted) <= 1e-9 * abs(wanted) else "  OTHER RESULT"
        print(f"{name:56} ours {now:9.1f} ms, before {then:9.1f} ms, ratio {now / then:.4f}{same}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(int(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:]))
