#!/usr/bin/env bash
# krippendorff 0.9.0 squares the values of coders in the kind of number that their array has, so that unsigned
# bytes, as many readers of files give them, run over without a word: two coders who differ by 1 in one of three
# values between 1 and 200 have an interval alpha of .510 as uint8 and of 1.000 as int64 (exactly .99998).
# Tried with numpy 2.3.5. Cast before the call: alpha(values.astype(float), …).
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --target "$folder" krippendorff==0.9.0 numpy==2.3.5

PYTHONPATH="$folder" python3 - >"$folder/seen" <<'PYTHON'
import krippendorff
import numpy as np

values = [[200, 1, 3], [200, 0, 3]]
for kind in (np.uint8, np.int64, np.float64):
    alpha = krippendorff.alpha(np.array(values, dtype=kind), level_of_measurement="interval")
    print(f"{kind.__name__} {alpha:.3f}")
PYTHON

diff "$folder/seen" - <<'SEEN'
uint8 0.510
int64 1.000
float64 1.000
SEEN
