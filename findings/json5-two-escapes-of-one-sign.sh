#!/usr/bin/env bash
# json5 0.17.3 for Python leaves the two escapes apart by which JSON and JavaScript write one sign beyond the
# first 65,536: "\ud83c\udf5e" comes out as two characters, each half a sign, which no file in UTF-8 can hold;
# Python's own json gives the one sign. Join pairs of escapes before the text is read.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --target "$folder" json5==0.17.3

PYTHONPATH="$folder" python3 - >"$folder/seen" <<'PYTHON'
import json

import json5

text = '["\\ud83c\\udf5e"]'
print("json5", len(json5.loads(text)[0]))
print("json", len(json.loads(text)[0]))
PYTHON

diff "$folder/seen" - <<'SEEN'
json5 2
json 1
SEEN
