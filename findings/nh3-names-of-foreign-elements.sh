#!/usr/bin/env bash
# nh3 0.3.8 takes a tag that no list allows out of a text and keeps the words behind it, as in "List<row> x"; but
# where the tag bears the name of an element of MathML or SVG (int, sum, plus, text, circle), it takes the words
# with it, up to the end of the text, though no <math> and no <svg> stand around it. Code and statements about
# types lose their ends so: "List<int> x" becomes "List".
# Escape what is no element of HTML before it is cleaned.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --target "$folder" nh3==0.3.8

PYTHONPATH="$folder" python3 - >"$folder/seen" <<'PYTHON'
import nh3

for text in ("List<row> x", "List<int> x", "a <plus> b", "one <text>two</text> three"):
    print(repr(text), repr(nh3.clean(text)))
PYTHON

diff "$folder/seen" - <<'SEEN'
'List<row> x' 'List x'
'List<int> x' 'List'
'a <plus> b' 'a '
'one <text>two</text> three' 'one  three'
SEEN
