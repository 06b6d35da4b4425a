#!/usr/bin/env bash
# nbval 0.11.0 leaves out what a cell does to its own outputs: update_display and clear_output. A notebook saved as
# JupyterLab and nbclient leave it, with the newer display or without what was cleared, fails when its cells are
# run again; a form that nobody ever saw last passes. Show such things once, when they are done.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v"
"$folder/v/bin/python" -m pip install --quiet nbval==0.11.0 nbclient==0.10.4 ipykernel==7.1.0 ipython==9.8.0 \
  nbformat==5.10.4 pytest==9.0.2

cat >"$folder/write.py" <<'PYTHON'
import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook, new_output

sources = {
    "updated": "handle = display(1, display_id=True)\nhandle.update(2)",
    "cleared": "from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)",
}
first = {
    "updated": [new_output("display_data", data={"text/plain": "1"})],
    "cleared": [new_output("stream", name="stdout", text="1\n2\n")],
}
for name, source in sources.items():
    notebook = new_notebook(cells=[new_code_cell(source)])
    NotebookClient(notebook, kernel_name="python3").execute()
    nbformat.write(notebook, f"{name}.ipynb")
    notebook.cells[0].outputs = first[name]
    nbformat.write(notebook, f"{name}_not.ipynb")
PYTHON

cd "$folder"
v/bin/python write.py >/dev/null 2>&1
for name in updated updated_not cleared cleared_not; do
  outcome=passed
  v/bin/python -m pytest -q --nbval --nbval-current-env "$name.ipynb" >/dev/null 2>&1 || outcome=failed
  echo "$name $outcome"
done >seen

diff seen - <<'SEEN'
updated failed
updated_not passed
cleared failed
cleared_not passed
SEEN
