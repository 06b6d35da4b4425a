"""What a gradebook is written as: CSV, a workbook, a page. No cell of it can run as a formula."""

import csv
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from enum import Enum
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup, escape

from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell, safe_cell
from course_lib.instructor.submissions.remarks import count_phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# A sheet of a workbook holds no more, its head included.
MOST_ROWS = 1_048_576
_WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_NOTES = [
    "Marked again from the raw answers; marks in the files were only compared.",
    "first try, last try: the share of all marked questions that is right, in per cent. What is not answered "
    "counts as not right, and partly right answers count in part.",
    "as recorded: of a file of questions that was not named with --questions. Nothing of it was marked "
    "again: these are the marks that each student's machine recorded, over the answers that had one.",
    "answered: how many questions have a checked answer, with or without a key.",
    "remarks: how many remarks the report has on this student's files.",
]


class SpreadsheetForm(Enum):
    """A form in which a gradebook can be written; the value is the ending of its files."""

    CSV = ".csv"
    WORKBOOK = ".xlsx"
    PAGE = ".html"


# A page shows marks; every answer of a class is more than anybody reads on one.
ANSWER_FORMS = (SpreadsheetForm.CSV, SpreadsheetForm.WORKBOOK)


def spreadsheet_form(
    path: str | Path, forms: Sequence[SpreadsheetForm] = tuple(SpreadsheetForm), what: str = "marks"
) -> SpreadsheetForm:
    """Return the form that a file's ending asks for.

    Parameters
    ----------
    path : str or Path
        The file that is to be written.
    forms : sequence of SpreadsheetForm, optional
        Those that there are, by default all.
    what : str, default "marks"
        What is written, as the message calls it.

    Returns
    -------
    SpreadsheetForm
        The form.

    Raises
    ------
    ProgressError
        For any other ending.

    Examples
    --------
    >>> spreadsheet_form("class.XLSX").name
    'WORKBOOK'
    """
    ending = Path(path).suffix.lower()
    for form in forms:
        if form.value == ending:
            return form
    *others, last = (form.value for form in forms)
    raise ProgressError(
        f"{plain_cell(Path(path).name) or 'A file without a name'} does not say in which form the {what} "
        f"are wanted. Let the name end in {', '.join(others)} or {last}."
    )


def write_csv(path: Path, parts: Iterable[pd.DataFrame]) -> None:
    """Write a table as CSV, texts in quotation marks.

    Parameters
    ----------
    path : Path
        The file to write.
    parts : iterable of DataFrame
        The table in parts with the same columns.
    """
    # Spreadsheets know UTF-8 by the signature at its start.
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        for number, part in enumerate(parts):
            part.to_csv(file, index=False, header=number == 0, quoting=csv.QUOTE_NONNUMERIC)


def write_answers_workbook(path: Path, answers: Iterable[pd.DataFrame], answer_count: int) -> None:
    """Write all answers as a workbook of one sheet: numbers are numbers, whatever else is text.

    Parameters
    ----------
    path : Path
        The file to write.
    answers : iterable of DataFrame
        All answers in parts.
    answer_count : int
        How many rows these have.

    Raises
    ------
    ProgressError
        Where they do not fit on a sheet.
    OSError
        Where the file cannot be written.
    """
    if answer_count >= MOST_ROWS:
        raise ProgressError(
            f"The answers have {answer_count:,} rows, more than the {MOST_ROWS - 1:,} that a sheet can hold. "
            "Let the name of the file for --answers end in .csv; nothing of them was written."
        )
    with _workbook(path) as (workbook, bold):
        _write_sheet(workbook, "Answers", answers, bold)


def write_workbook(
    path: Path,
    students: pd.DataFrame,
    questions: pd.DataFrame,
    answers: Iterable[pd.DataFrame],
    answer_count: int,
) -> None:
    """Write a workbook with a sheet for each table and one of notes.

    Parameters
    ----------
    path : Path
        The file to write.
    students : DataFrame
        A row for each student.
    questions : DataFrame
        A row for each question.
    answers : iterable of DataFrame
        All answers in parts; left out where they do not fit on a sheet.
    answer_count : int
        How many rows these have.

    Raises
    ------
    OSError
        Where the file cannot be written.
    """
    notes = list(_NOTES)
    with _workbook(path) as (workbook, bold):
        _write_sheet(workbook, "Students", [students], bold)
        _write_sheet(workbook, "Questions", [questions], bold)
        if answer_count < MOST_ROWS:
            _write_sheet(workbook, "Answers", answers, bold)
        else:
            notes.append(
                f"The answers have {answer_count:,} rows, more than a sheet can hold. Write them with "
                "--answers as CSV."
            )
        sheet = workbook.add_worksheet("Notes")
        sheet.set_column(0, 0, 110)
        for row, text in enumerate(notes):
            sheet.write_string(row, 0, text)


@contextmanager
def _workbook(path: Path) -> Generator[tuple["Workbook", "Format"]]:
    """Give a workbook and how the first line of its sheets looks."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # A workbook that cannot be written leaves files of its own open: better it is never begun.
    path.touch()
    try:
        with xlsxwriter.Workbook(path, _WORKBOOK_OPTIONS) as workbook:
            yield workbook, workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    except FileCreateError as error:
        # The system's error stands in it, and says to whoever replaces the file why it cannot be.
        raise OSError(*error.args[0].args) from None


def _write_sheet(workbook: "Workbook", title: str, parts: Iterable[pd.DataFrame], bold: "Format") -> None:
    sheet = workbook.add_worksheet(title)
    sheet.freeze_panes(1, 1)
    row = 0
    for part in parts:
        if row == 0:
            sheet.set_column(0, 0, 24)
            sheet.set_column(1, len(part.columns) - 1, 13)
            for column, name in enumerate(part.columns):
                sheet.write_string(0, column, safe_cell(name), bold)
        for values in part.itertuples(index=False, name=None):
            row += 1
            for column, value in enumerate(values):
                _write_cell(sheet, row, column, value)


def _write_cell(sheet: "Worksheet", row: int, column: int, value: object) -> None:
    # Text is text, whatever it looks like.
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, Real) and value == value:
        sheet.write_number(row, column, float(value))


_STYLE = Markup(
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:1.5rem}"
    "div{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}"
    "caption{text-align:start;font-weight:600;padding:.5em 0}"
    "th,td{padding:.25em .6em;border-bottom:1px solid #8888;text-align:end;vertical-align:bottom}"
    "th:first-child{text-align:start;position:sticky;inset-inline-start:0;background:Canvas}"
    "tbody th,td{font-weight:400;white-space:nowrap}"
    "div:focus-visible{outline:3px solid;outline-offset:2px}"
    # Paper does not scroll: all columns have to stand side by side.
    "@page{size:A4 landscape;margin:8mm}"
    "@media print{body{margin:0;font-size:9pt}div{overflow:visible}table{font-size:6pt}"
    "th,td{padding:.1em .2em}thead th:not(:first-child){writing-mode:vertical-rl;white-space:nowrap}"
    "tbody th{white-space:normal;overflow-wrap:anywhere}tr{break-inside:avoid}}"
)
_HEAD = Markup(
    '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
)
_TABLE_HEAD = Markup(
    '<div role="region" tabindex="0" aria-label="{title}">\n<table>\n'
    "<caption>{caption}</caption>\n<thead><tr>"
)
_ROW = Markup('<tr><th scope="row"><bdi>{}</bdi></th><td>{}</td></tr>\n')
_BETWEEN_CELLS = Markup("</td><td>")


def write_page(path: Path, students: pd.DataFrame) -> None:
    """Write a page with the table of students.

    Parameters
    ----------
    path : Path
        The file to write.
    students : DataFrame
        A row for each student, the name in the first column.
    """
    title = "Marks of the class"
    with open(path, "w", encoding="utf-8") as file:
        file.write(_HEAD.format(title=title, style=_STYLE))
        file.writelines(Markup("<p>{}</p>\n").format(text) for text in _NOTES)
        file.write(_TABLE_HEAD.format(title=title, caption=count_phrase(len(students), "student")))
        file.writelines(Markup('<th scope="col">{}</th>').format(name) for name in students.columns)
        file.write("</tr></thead>\n<tbody>\n")
        for name, *values in students.itertuples(index=False, name=None):
            file.write(_ROW.format(name, _BETWEEN_CELLS.join(map(_cell_html, values))))
        file.write("</tbody>\n</table>\n</div>\n</main>\n</body>\n</html>\n")


def _cell_html(value: str | float) -> Markup:
    if isinstance(value, str):
        return escape(value)
    # A share of nothing is no number.
    return escape(f"{value:g}" if value == value else "–")
