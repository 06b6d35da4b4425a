"""The list of claims, with a filter that needs neither Python nor JavaScript."""

import re

from course_lib import evidence
from course_lib.evidence.claims import ClaimsTable


def shown():
    """The ledger of all claims as known at the end of 2024."""
    return ClaimsTable(evidence.verdicts(until="2024-12-31"), "x")._repr_html_()


def test_every_claim_stands_in_the_ledger():
    """Ninety-three claims, each with its verdict as a word."""
    assert len(re.findall(r'<li class="v-\w+">', shown())) == 93
    assert "C93 " in shown()


def test_the_filter_offers_each_verdict_with_its_count():
    """The counts beside the choices add up to all claims."""
    counts = [int(number) for number in re.findall(r"> [a-z ]+\((\d+)\)</label>", shown())]
    assert counts[0] == 93
    assert sum(counts[1:]) == 93


def test_the_filter_hides_by_rule_not_by_script():
    """There is a style rule per verdict and no script."""
    assert shown().count(":checked)") == shown().count('type="radio"') - 1
    assert "<script" not in shown()


def test_every_control_keeps_its_keys():
    """JupyterLab would otherwise take the arrow keys and letters typed here."""
    controls = re.findall(r"<(?:input|summary)[^>]*>", shown())
    assert controls
    assert all('data-lm-suppress-shortcuts="true"' in control for control in controls)


def test_what_the_tables_say_is_marked_where_the_interface_has_another_language(another_language):
    """Claims, verdicts and evidence are the lessons'; where nothing is recorded, the course says so."""
    claims = evidence.verdicts(until="2024-12-31")
    claims["source_keys"] = [()] * len(claims)
    early = evidence.verdicts(until="2000-01-01")
    for table in (claims, early):
        page = re.sub("<style>.*?</style>", "", ClaimsTable(table, "x")._repr_html_(), flags=re.DOTALL)
        own = re.sub('<bdi lang="en">.*?</bdi>|<[^>]+>', "", page)
        assert re.findall("[A-Za-z]+", own) == []
    assert page.count(f"<p>{another_language.say('ledger.nothing_recorded')}</p>") == len(early)
