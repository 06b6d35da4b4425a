#!/usr/bin/env bash
# nbval 0.11.0 compares a cell's outputs by kind, not in their order: a cell that prints and then displays passes
# against a stored form in which the display stands first, and one that prints before and after a display against
# all its prints in a row. Two displays in the wrong order fail. Where order matters, let the cell print its text
# by itself, or compare the executed notebook's list of outputs.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v"
"$folder/v/bin/python" -m pip install --quiet nbval==0.11.0 ipykernel==7.1.0 ipython==9.8.0 nbformat==5.10.4 pytest==9.0.2

cat >"$folder/write.py" <<'PYTHON'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output


def text(words):
    return new_output("stream", name="stdout", text=words)


def shown(words):
    return new_output("display_data", data={"text/plain": words})


stored = {
    "swapped": ("print(1)\ndisplay(2)", [shown("2"), text("1\n")]),
    "gathered": ("print(1)\ndisplay(2)\nprint(3)", [text("1\n3\n"), shown("2")]),
    "two_displays": ("display(1)\ndisplay(2)", [shown("2"), shown("1")]),
}
for name, (source, outputs) in stored.items():
    cell = new_code_cell(source, execution_count=1, outputs=outputs)
    nbformat.write(new_notebook(cells=[cell]), f"{name}.ipynb")
PYTHON

cd "$folder"
v/bin/python write.py
for name in swapped gathered two_displays; do
  outcome=passed
  v/bin/python -m pytest -q --nbval --nbval-current-env "$name.ipynb" >/dev/null 2>&1 || outcome=failed
  echo "$name $outcome"
done >seen

diff seen - <<'SEEN'
swapped passed
gathered passed
two_displays failed
SEEN
