#!/usr/bin/env bash
# pandoc 3.9 reads the note of a source in CSL-JSON for fields, as Zotero's users write them into it: any one word
# and a colon at its beginning will do, also where no such field exists. "Reader: it was read in part" becomes a
# field "reader", and in BibLaTeX the remark is gone without a word.
# Begin a note with two words.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --target "$folder" pypandoc_binary==1.17

PYTHONPATH="$folder" python3 - >"$folder/seen" <<'PYTHON'
import json

import pypandoc

for note in ("Reader: it was read in part", "The reader: it was read in part"):
    source = [{"id": "a", "type": "book", "title": "Bread", "note": note}]
    (read,) = json.loads(pypandoc.convert_text(json.dumps(source), "csljson", format="csljson"))
    bib = pypandoc.convert_text(json.dumps(source), "biblatex", format="csljson")
    print(sorted(read), "read in part" in bib)
PYTHON

diff "$folder/seen" - <<'SEEN'
['id', 'reader', 'title', 'type'] False
['id', 'note', 'title', 'type'] True
SEEN
