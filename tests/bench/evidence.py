"""How long the tables take, beside plain pandas reading the same files without types, keys or checks.

    .venv/bin/python tests/bench/evidence.py [RUNS]

Prints medians in milliseconds and their ratio. Each cold run is a fresh Python with pandas imported already.
"""

import statistics
import subprocess
import sys
import time

COLD = {
    "all tables, typed and checked": (
        "from course_lib import evidence\nfor name in evidence.table_names():\n    evidence.table(name)"
    ),
    "all files, pandas.read_csv": (
        "from course_lib import evidence, paths\nfor name in evidence.table_names():\n"
        "    pandas.read_csv(paths.DATA / 'tables' / (name + '.csv'))"
    ),
}
PROGRAM = "import time, pandas\nbegun = time.perf_counter()\n{}\nprint(1000 * (time.perf_counter() - begun))"


def cold(code, runs):
    """The median time of a fresh start, in milliseconds."""
    command = [sys.executable, "-c", PROGRAM.format(code)]
    done = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(runs)]
    return statistics.median(float(run.stdout) for run in done)


def warm(call, runs):
    """The median time of a further call, in milliseconds."""
    call()
    times = []
    for _ in range(10 * runs):
        begun = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def main(runs=7):
    """Measure ours and the peer's side by side and print both."""
    ours, peer = (cold(code, runs) for code in COLD.values())
    for name, value in zip(COLD, (ours, peer), strict=True):
        print(f"cold  {name:34} {value:7.1f} ms")
    print(f"cold  ratio {ours / peer:.2f}\n")

    import pandas as pd

    from course_lib import evidence, paths

    largest = max(
        evidence.table_names(), key=lambda name: (paths.DATA / "tables" / f"{name}.csv").stat().st_size
    )
    path = paths.DATA / "tables" / f"{largest}.csv"
    ours, peer = warm(lambda: evidence.table(largest), runs), warm(lambda: pd.read_csv(path), runs)
    cut = warm(lambda: evidence.table("relations", until="2024-12-31"), runs)
    print(f"warm  evidence.table({largest!r}) {ours:16.2f} ms")
    print(f"warm  pandas.read_csv({path.name!r}) {peer:11.2f} ms")
    print(f"warm  ratio {ours / peer:.3f}")
    print(f"warm  evidence.table('relations', until=...) {cut:.2f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
