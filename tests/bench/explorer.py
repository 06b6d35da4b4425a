"""How long Python takes for a step of an explorer, beside the usual way: interact and the inline back end.

    .venv/bin/python tests/bench/explorer.py [RUNS]

Both draw the same charts for the same values. The usual way saves what JupyterLab shows inline, with tight
edges. Prints medians and 95th percentiles in milliseconds, the bytes of a picture, and the ratio.
"""

import statistics
import sys
import time
from pathlib import Path

from IPython.core.pylabtools import print_figure

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "widgets"))
import test_explorer

STEPS = {
    "timeline": [{"category": n} for n in range(8)],
    "lists": [{"month": n} for n in range(60, 140, 10)],
    "network": [{"date": n % 5, "out": int(n > 4)} for n in range(8)],
    "flip": [{"tie": n} for n in range(8)],
    "positions": [{"position1": 10 * n} for n in range(8)],
    "base_rates": [{"ties": n % 3, "conflict": n // 3} for n in range(8)],
    "calibration": [{"bins": n + 1} for n in range(8)],
}


def main(runs=5):
    """Measure both ways, one step of each in turn."""
    for name, steps in STEPS.items():
        widget = test_explorer.MAKE[name]()
        ours, theirs = [], []
        sizes = []
        for values in steps * runs:
            begun = time.perf_counter()
            test_explorer.say(widget, **values)
            ours.append(1000 * (time.perf_counter() - begun))
            known = {key: control.valid_value(values.get(key)) for key, control in widget._controls.items()}
            begun = time.perf_counter()
            picture = print_figure(widget._draw(**known), fmt="png", base64=True)
            theirs.append(1000 * (time.perf_counter() - begun))
            sizes.append((len(widget.picture), len(picture)))
        middle = statistics.median(ours), statistics.median(theirs)
        late = (sorted(one)[int(0.95 * (len(one) - 1))] for one in (ours, theirs))
        told = [f"{first:6.1f} / {second:6.1f} ms" for first, second in zip(middle, late, strict=True)]
        print(f"{name:12} ours {told[0]} {statistics.median(one for one, _ in sizes):9,.0f} bytes")
        print(f"{'':12} usual {told[1]} {statistics.median(one for _, one in sizes):8,.0f} bytes")
        print(f"{'':12} ratio {middle[0] / middle[1]:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
