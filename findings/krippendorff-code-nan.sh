#!/usr/bin/env bash
# krippendorff 0.9.0 takes texts as nominal codes, and np.nan among them for a value that is missing. As an array
# of texts holds both alike, the code "nan" is missing too: agreement on a code spelt so is dropped. Two coders,
# four units, one agreed "nan": alpha is -.25; with the code spelt "none" it is .30.
# Tried with numpy 2.3.5. Give codes as whole numbers from 0.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --target "$folder" krippendorff==0.9.0 numpy==2.3.5

PYTHONPATH="$folder" python3 - >"$folder/seen" <<'PYTHON'
import krippendorff

for code in ("nan", "none"):
    coders = [[code, "b", "c", "b"], [code, "b", "b", "c"]]
    print(f"{code} {krippendorff.alpha(coders, level_of_measurement='nominal'):.2f}")
PYTHON

diff "$folder/seen" - <<'SEEN'
nan -0.25
none 0.30
SEEN
