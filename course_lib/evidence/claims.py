"""The article on one point: its claims in our words, each with verdict, evidence, confidence and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from markupsafe import Markup, escape

from course_lib import evidence
from course_lib.evidence import labels
from course_lib.markup import language_attributes, lesson_text, mirror_style, say_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_STYLE = Markup("""<style>
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
</style>""")


class _Claim(NamedTuple):
    """The fields of a row that are shown; a missing text is no text."""

    id: str
    claim: str
    kind: str
    verdict: str
    evidence: str
    confidence: object
    known: object
    source_keys: Sequence[str]


class ClaimsTable:
    """Claims grouped by the article's sections, shown with a filter by verdict that needs no Python.

    Parameters
    ----------
    claims : DataFrame
        A table as `evidence.verdicts` returns it.
    name : str
        A word unlike that of any other table of claims in the notebook (it keeps their filters apart).
    """

    def __init__(self, claims: pd.DataFrame, name: str) -> None:
        self.claims = claims
        self.name = name

    def __repr__(self) -> str:
        return f"<Ledger: {len(self.claims)} claims>"

    def _repr_html_(self) -> str:
        counts = {str(verdict): int(n) for verdict, n in self.claims["verdict"].value_counts().items()}
        counts = {verdict: counts[verdict] for verdict in labels.VERDICTS if verdict in counts}
        root = f"cl-ledger-{self.name}"
        sections = Markup("").join(
            _section(section, self.claims[self.claims["section"] == section])
            for section in labels.SECTIONS
            if (self.claims["section"] == section).any()
        )
        return Markup(
            '<div class="cl-ledger {root}" {attributes}>{mirror}{style}<style>{rules}</style>'
            "{filter}{sections}</div>"
        ).format(
            root=root,
            attributes=language_attributes(),
            mirror=mirror_style(),
            style=_STYLE,
            rules=_hiding_rules(root, counts),
            filter=self._filter(root, counts),
            sections=sections,
        )

    def _filter(self, root: str, counts: dict[str, int]) -> Markup:
        """Return the choices, each with its number of claims."""
        choices = [("all", say_html("ledger.all", n=len(self.claims)))]
        for verdict, n in counts.items():
            label = lesson_text(labels.VERDICTS[verdict])
            choices.append((verdict, say_html("ledger.verdict", verdict=label, n=n)))
        options = Markup("").join(
            Markup(
                '<label><input type="radio" name="{}" value="{}" data-lm-suppress-shortcuts="true"{}> '
                "{}</label>"
            ).format(root, value, " checked" if value == "all" else "", text)
            for value, text in choices
        )
        return Markup("<fieldset><legend>{}</legend>{}</fieldset>").format(say_html("ledger.show"), options)


def _hiding_rules(root: str, verdicts: Sequence[str] | dict[str, int]) -> Markup:
    """Return a rule of style per verdict, which hides the claims with another one."""
    rule = Markup(
        ".{root}:has(input[value={verdict}]:checked) "
        ":is(li:not(.v-{verdict}),details:not(:has(.v-{verdict}))){{display:none}}"
    )
    return Markup("").join(rule.format(root=root, verdict=verdict) for verdict in verdicts)


def _section(section: str, claims: pd.DataFrame) -> Markup:
    counts = claims["verdict"].map(labels.VERDICTS).value_counts()
    parts = Markup(", ").join(
        say_html("ledger.counted", n=int(counts[label]), verdict=lesson_text(label))
        for label in labels.VERDICTS.values()
        if label in counts.index
    )
    rows = Markup("").join(_claim(row) for row in cast("list[_Claim]", list(claims.itertuples())))
    return Markup(
        '<details><summary data-lm-suppress-shortcuts="true">{} <span>({})</span></summary>'
        "<ol>{}</ol></details>"
    ).format(lesson_text(labels.SECTIONS[section]), parts, rows)


def _claim(row: _Claim) -> Markup:
    tags = [
        Markup("<b>{}</b>").format(lesson_text(labels.VERDICTS[row.verdict])),
        lesson_text(labels.KINDS[row.kind]),
    ]
    if isinstance(row.confidence, str):
        tags.append(say_html("ledger.confidence", confidence=lesson_text(row.confidence)))
    # Where no verdict is known by the day, it is the course that says so; a missing day is unlike itself.
    recorded = lesson_text(row.evidence) if row.known == row.known else escape(row.evidence)
    return Markup('<li class="v-{}"><p>{}</p><p class="tags">{}</p><p>{}</p><p>{}</p></li>').format(
        row.verdict,
        lesson_text(f"{row.id} {row.claim}"),
        Markup(" · ").join(tags),
        recorded,
        evidence.cite(*row.source_keys).html() if row.source_keys else "",
    )
