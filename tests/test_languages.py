"""Languages: which tags are one, and that Python, a page and CLDR choose the same form for every number."""

import json
import shutil
import subprocess
from decimal import Decimal

import msgspec
import pytest
from babel import Locale, localedata
from node_tools import report_missing

from course_lib import languages, paths
from course_lib.widgets import base

NUMBERS = [*range(1200), 10**6, 10**6 + 1, 3 * 10**6, 0.1, 0.5, 1.1, 1.5, 2.3, 10.01, 11.21, 100.25, 1e-7]
NUMBERS += [-number for number in NUMBERS]


@pytest.fixture(scope="module")
def locales():
    """A language for each set of rules that CLDR has."""
    known = {}
    for name in sorted(localedata.locale_identifiers()):
        locale = Locale.parse(name)
        known.setdefault(json.dumps(locale.plural_form.rules, sort_keys=True), locale)
    assert len(known) > 30
    return list(known.values())


def test_the_rules_choose_as_cldr_does(locales):
    """For whole numbers, for those with decimals and below nought, in every language that has rules."""
    for locale in locales:
        rules = languages.plural_rules(str(locale).replace("_", "-"))
        for number in NUMBERS:
            exact = Decimal(format(Decimal(repr(number)), "f"))
            assert languages.plural_form(rules, number) == locale.plural_form(exact), (str(locale), number)


def test_a_page_chooses_as_python_does(locales):
    """The rules go to the page as data, and its script comes to the same form for every number."""
    program = shutil.which("node")
    if program is None:
        report_missing("No Node.js was found", "Install version 20 or newer")
    rules = [languages.plural_rules(str(locale).replace("_", "-")) for locale in locales]
    plain = [number for number in NUMBERS if abs(number) >= 1e-6 or not number]
    sent = msgspec.json.encode({"rules": [base.sent_rules(each) for each in rules], "numbers": plain})
    script = paths.CHECKOUT / "tests" / "page" / "plural.js"
    done = subprocess.run([program, script], input=sent, capture_output=True, check=True)
    here = [[languages.plural_form(each, number) for number in plain] for each in rules]
    assert json.loads(done.stdout) == here


def test_english_needs_no_babel_and_agrees_with_it():
    """The rules that stand in the code for speed are those of CLDR."""
    assert languages._cldr_rules("en") == languages.plural_rules("en-GB") == languages.plural_rules("EN")


@pytest.mark.parametrize(
    ("tag", "like"),
    [
        ("pt-PT", "pt_PT"),
        ("pt", "pt"),
        ("ar-XB", "ar"),
        ("ru-petr1708", "ru"),
        ("mo", "ro"),
        ("zh-Hant-TW", "zh"),
    ],
)
def test_a_tag_that_cldr_does_not_have_takes_the_nearest(tag, like):
    """European Portuguese is not Brazilian; a region or variant that CLDR leaves out changes nothing."""
    plural = Locale.parse(like).plural_form
    rules = languages.plural_rules(tag)
    assert [languages.plural_form(rules, number) for number in range(200)] == [plural(n) for n in range(200)]


@pytest.mark.parametrize("tag", ["tlh", "xx", "x-pseudo", "sh"])
def test_a_language_without_rules_has_one_form(tag):
    """The same in Python and on a page, where a browser would take its own language's."""
    assert languages.plural_rules(tag) == {}
    assert languages.plural_form({}, 1) == "other"


def test_a_number_that_is_none_takes_the_last_form():
    """What cannot be counted is no reason to fail."""
    rules = languages.plural_rules("en")
    assert {languages.plural_form(rules, odd) for odd in (float("nan"), float("inf"))} == {"other"}
    assert languages.plural_form(rules, 1.0) == "one"


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "pt-BR",
        "zh-Hant-TW",
        "es-419",
        "sl-rozaj-biske",
        "de-1996",
        "ar-XB",
        "en-u-ca-islamic",
        "x-own",
        "fil",
    ],
)
def test_a_tag_as_bcp_47_has_it_passes(tag):
    """With script, region, variants, extensions and what is private."""
    assert languages.tag_fault(tag) == ""
    assert languages.tag_fault(tag.upper()) == ""


@pytest.mark.parametrize(
    ("tag", "remedy"),
    [
        ("pt_BR", "Write 'pt-BR'."),
        ("de_DE.UTF-8", "Write 'de-DE'."),
        ("English", "Write 'en'."),
        ("arabic", "Write 'ar'."),
        ("e", "Write for instance 'en', 'pt-BR' or 'ar'."),
        ("en-", "Write for instance 'en', 'pt-BR' or 'ar'."),
        ("en us", "Write for instance 'en', 'pt-BR' or 'ar'."),
    ],
)
def test_what_is_no_tag_is_told(tag, remedy):
    """What was given, and what is meant where that can be seen."""
    assert languages.tag_fault(tag) == f"is {tag!r}, which is no language tag as BCP 47 has them. {remedy}"
