#!/usr/bin/env bash
# irrCAC 0.4.4 offers Krippendorff's alpha with weights called ordinal, and these are Gwet's, which look at ranks
# alone; Krippendorff's own ordinal distance counts how often each value was given. For his example of 2011, where
# ordinal alpha is .815, it gives .834; with his other distances (nominal, interval, ratio) both packages agree.
# Take krippendorff 0.9.0 for an ordinal alpha, or say whose weights they are.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --target "$folder" irrCAC==0.4.4 krippendorff==0.9.0 numpy==1.26.4 pandas==2.3.3

PYTHONPATH="$folder" python3 -W ignore - >"$folder/seen" <<'PYTHON'
import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC

none = float("nan")
coders = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
    "C": [none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
}
for weights, level in (("identity", "nominal"), ("ordinal", "ordinal"), ("quadratic", "interval"), ("ratio", "ratio")):
    theirs = CAC(pd.DataFrame(coders), weights=weights).krippendorff()["est"]["coefficient_value"]
    alpha = krippendorff.alpha(np.array(list(coders.values())), level_of_measurement=level)
    print(f"{level} {theirs:.3f} {alpha:.3f}")
PYTHON

diff "$folder/seen" - <<'SEEN'
nominal 0.743 0.743
ordinal 0.834 0.815
interval 0.849 0.849
ratio 0.797 0.797
SEEN
