#!/usr/bin/env bash
# Babel 2.18.0 counts the decimals of a number without those noughts that stand right behind the point: for
# Decimal("0.012") its operand v is 2, where CLDR's is 3 (UTS 35, part 3, Plural Operand Meanings). Latvian
# asks for v, so that 0.012 takes the form zero there; CLDR's own rules say other, as for 1.012.
# Put the digits behind the point together from the text of the number instead.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --target "$folder" babel==2.18.0

PYTHONPATH="$folder" python3 - >"$folder/seen" <<'PYTHON'
from decimal import Decimal

from babel import Locale
from babel.plural import extract_operands

for text in ("0.012", "1.012"):
    n, i, v, w, f, t, *_ = extract_operands(Decimal(text))
    print(f"{text} v={v} f={f} {Locale('lv').plural_form(Decimal(text))}")
PYTHON

diff "$folder/seen" - <<'SEEN'
0.012 v=2 f=12 zero
1.012 v=3 f=12 other
SEEN
