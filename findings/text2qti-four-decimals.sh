#!/usr/bin/env bash
# text2qti 0.8.0 writes every number of a numerical question with four decimals, its bounds too, and says nothing
# where that moves them: 2.71828 +- 0.00001 becomes the single value 2.7183, which lies outside the range that was
# asked for, and 0.0012 +- 1% accepts 0.0012 alone. (A value nearer to nought than 0.0001 is refused.)
# Ask for such an answer in a smaller unit, as 271.828 hundredths.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v"
"$folder/v/bin/python" -m pip install --quiet text2qti==0.8.0

cd "$folder"
cat >quiz.txt <<'QUIZ'
Quiz title: Bounds

1. Five decimals
= 2.71828 +- 0.00001

2. One per cent
= 0.0012 +- 1%

3. Three decimals
= 2.718 +- 0.001
QUIZ
v/bin/text2qti quiz.txt >/dev/null
v/bin/python - >seen <<'PYTHON'
import re
import zipfile

with zipfile.ZipFile("quiz.zip") as archive:
    texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
for item in max(texts, key=lambda text: text.count("<item ")).split("<item ")[1:]:
    print(*re.findall(r"<var(equal|gte|lte)[^>]*>([^<]*)<", item))
PYTHON

diff seen - <<'SEEN'
('equal', '2.7183') ('gte', '2.7183') ('lte', '2.7183')
('equal', '0.0012') ('gte', '0.0012') ('lte', '0.0012')
('equal', '2.7180') ('gte', '2.7170') ('lte', '2.7190')
SEEN
