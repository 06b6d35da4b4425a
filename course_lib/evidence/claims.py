"""The article on one point: its claims in our words, each with verdict, evidence, confidence and sources."""

import html

from course_lib import evidence
from course_lib.evidence import labels
from course_lib.markup import language_attributes, lesson_text, mirror_style
from course_lib.messages import say

_STYLE = """<style>
.cl-ledger fieldset{border:0;padding:0;margin:0 0 .6em;display:flex;flex-wrap:wrap;gap:.2em 1em}
.cl-ledger legend{float:inline-start;margin-inline-end:1em;font-weight:600}
.cl-ledger label{white-space:nowrap}
.cl-ledger details{border-top:1px solid var(--jp-border-color2,#ccc);padding:.35em 0}
.cl-ledger summary{cursor:pointer;font-weight:600}
.cl-ledger summary span{font-weight:400}
.cl-ledger ol{list-style:none;margin:.4em 0;padding:0}
.cl-ledger li{margin:0 0 .8em;padding-inline-start:.8em}
.cl-ledger li{border-inline-start:3px solid var(--jp-border-color1,#999)}
.cl-ledger p{margin:.15em 0}
.cl-ledger .tags{font-size:.92em}
.cl-ledger .tags b{white-space:nowrap}
</style>"""


class ClaimsTable:
    """Claims grouped by the article's sections, shown with a filter by verdict that needs no Python.

    Parameters: `claims` a table as `evidence.verdicts` returns it; `name` a word unlike that of any other
    ledger in the notebook (it keeps their filters apart).
    """

    def __init__(self, claims, name):
        self.claims = claims
        self.name = name

    def __repr__(self):
        return f"<Ledger: {len(self.claims)} claims>"

    def _repr_html_(self):
        found = self.claims["verdict"].value_counts()
        verdicts = [verdict for verdict in labels.VERDICTS if verdict in found.index]
        groups = "".join(
            _group(section, self.claims[self.claims["section"] == section])
            for section in labels.SECTIONS
            if (self.claims["section"] == section).any()
        )
        root = f"cl-ledger-{self.name}"
        style = f"{mirror_style()}{_STYLE}<style>{_hiding(root, verdicts)}</style>"
        return (
            f'<div class="cl-ledger {root}" {language_attributes()}>{style}'
            f"{self._filter(root, verdicts, found)}{groups}</div>"
        )

    def _filter(self, root, verdicts, found):
        choices = [("all", say("ledger.all", n=len(self.claims)))]
        choices += [
            (
                verdict,
                say("ledger.verdict", verdict=lesson_text(labels.VERDICTS[verdict]), n=int(found[verdict])),
            )
            for verdict in verdicts
        ]
        options = "".join(
            f'<label><input type="radio" name="{root}" value="{value}" data-lm-suppress-shortcuts="true"'
            f"{' checked' if value == 'all' else ''}> {text}</label>"
            for value, text in choices
        )
        return f"<fieldset><legend>{say('ledger.show')}</legend>{options}</fieldset>"


def _hiding(root, verdicts):
    rules = (
        f".{root}:has(input[value={verdict}]:checked) "
        f":is(li:not(.v-{verdict}),details:not(:has(.v-{verdict})))"
        for verdict in verdicts
    )
    return "".join(f"{rule}{{display:none}}" for rule in rules)


def _group(section, claims):
    counts = claims["verdict"].map(labels.VERDICTS).value_counts()
    parts = ", ".join(
        say("ledger.counted", n=int(counts[label]), verdict=lesson_text(label))
        for label in labels.VERDICTS.values()
        if label in counts.index
    )
    rows = "".join(_row(row) for row in claims.itertuples())
    return (
        f'<details><summary data-lm-suppress-shortcuts="true">{lesson_text(labels.SECTIONS[section])} '
        f"<span>({parts})</span></summary><ol>{rows}</ol></details>"
    )


def _row(row):
    tags = [f"<b>{lesson_text(labels.VERDICTS[row.verdict])}</b>", lesson_text(labels.KINDS[row.kind])]
    if isinstance(row.confidence, str):
        tags.append(say("ledger.confidence", confidence=lesson_text(row.confidence)))
    # Where no verdict is known by the day, it is the course that says so.
    known = lesson_text(row.evidence) if row.known == row.known else html.escape(row.evidence)
    sources = evidence.cite(*row.source_keys)._repr_html_() if row.source_keys else ""
    return (
        f'<li class="v-{row.verdict}"><p>{lesson_text(f"{row.id} {row.claim}")}</p>'
        f'<p class="tags">{" · ".join(tags)}</p><p>{known}</p><p>{sources}</p></li>'
    )
