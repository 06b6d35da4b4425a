"""The article on one point: its claims in our words, each with verdict, evidence, confidence and sources."""

import html

from course_lib import evidence, labels

_STYLE = """<style>
.cl-ledger fieldset{border:0;padding:0;margin:0 0 .6em;display:flex;flex-wrap:wrap;gap:.2em 1em}
.cl-ledger legend{float:left;margin-right:1em;font-weight:600}
.cl-ledger label{white-space:nowrap}
.cl-ledger details{border-top:1px solid var(--jp-border-color2,#ccc);padding:.35em 0}
.cl-ledger summary{cursor:pointer;font-weight:600}
.cl-ledger summary span{font-weight:400}
.cl-ledger ol{list-style:none;margin:.4em 0;padding:0}
.cl-ledger li{margin:0 0 .8em;padding-left:.8em;border-left:3px solid var(--jp-border-color1,#999)}
.cl-ledger p{margin:.15em 0}
.cl-ledger .tags{font-size:.92em}
.cl-ledger .tags b{white-space:nowrap}
</style>"""


class Ledger:
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
        return (
            f'<div class="cl-ledger {root}">{_STYLE}<style>{_hiding(root, verdicts)}</style>'
            f"{self._filter(root, verdicts, found)}{groups}</div>"
        )

    def _filter(self, root, verdicts, found):
        choices = [("all", f"all ({len(self.claims)})")]
        choices += [(verdict, f"{labels.VERDICTS[verdict]} ({found[verdict]})") for verdict in verdicts]
        options = "".join(
            f'<label><input type="radio" name="{root}" value="{value}" data-lm-suppress-shortcuts="true"'
            f"{' checked' if value == 'all' else ''}> {html.escape(text)}</label>"
            for value, text in choices
        )
        return f"<fieldset><legend>Show claims that are</legend>{options}</fieldset>"


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
        f"{counts[label]} {label}" for label in labels.VERDICTS.values() if label in counts.index
    )
    rows = "".join(_row(row) for row in claims.itertuples())
    return (
        f'<details><summary data-lm-suppress-shortcuts="true">{labels.SECTIONS[section]} '
        f"<span>({parts})</span></summary><ol>{rows}</ol></details>"
    )


def _row(row):
    confidence = f" · confidence of the verdict: {row.confidence}" if isinstance(row.confidence, str) else ""
    sources = evidence.cite(*row.source_keys)._repr_html_() if row.source_keys else ""
    return (
        f'<li class="v-{row.verdict}"><p>{row.id} {html.escape(row.claim)}</p>'
        f'<p class="tags"><b>{labels.VERDICTS[row.verdict]}</b> · {labels.KINDS[row.kind]}{confidence}</p>'
        f"<p>{html.escape(row.evidence)}</p><p>{sources}</p></li>"
    )
