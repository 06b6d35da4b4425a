#!/usr/bin/env bash
# pygiftparserrgmf 0.0.5 takes the backslashes of GIFT off the stem and leaves them in the options, so that the
# option ten\:30 is read as "ten\:30" beside a stem that reads 10:30. General feedback, which follows ####, becomes
# feedback to the last option, with three of the four signs in front.
# Moodle's own description of GIFT has one rule of escapes for all texts of a question.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v"
"$folder/v/bin/python" -m pip install --quiet pygiftparserrgmf==0.0.5

cd "$folder"
v/bin/python - >seen 2>/dev/null <<'PYTHON'
from pygiftparser.parser import parse

for text in (
    "::time::Is it 10\\:30?{=ten\\:30 ~noon}\n\n",
    "::general::Which?{=this ~that ####Read again.}\n\n",
):
    for question in parse(text).questions:
        options = [(option.text, option.feedback) for option in question.answer.options]
        print(repr(question.text), *options)
PYTHON

grep -v -i -e "^generating" -e "^warning" seen | diff - <(cat <<'SEEN'
'Is it 10:30?' ('ten\\:30', None) ('noon', None)
'Which?' ('this', None) ('that', '###Read again.')
SEEN
)
