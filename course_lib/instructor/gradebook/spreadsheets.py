"""What a gradebook is written as: CSV, a workbook, a page. No cell of it can run as a formula."""

import csv
import html
from contextlib import contextmanager
from pathlib import Path

from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell, safe_cell
from course_lib.instructor.submissions.remarks import count_phrase, error_reason

MOST_ROWS = 1_048_576


def spreadsheet_form(path):
    """Return what writes a file with this ending, or raise `ProgressError`."""
    forms = {".csv": _csv, ".xlsx": _xlsx, ".html": _html}
    form = forms.get(Path(path).suffix.lower())
    if form is None:
        raise ProgressError(
            f"{plain_cell(Path(path).name)} does not say in which form the marks are wanted. Let the "
            "name end in "
            ".csv, .xlsx or .html."
        )
    return form


@contextmanager
def replacing_file(path):
    """Give a path to write to; the file takes its place only when it is whole."""
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise ProgressError(
            f"{plain_cell(path)} cannot be written ({error_reason(error)}). Close it in other "
            "programs, or name a "
            "folder that exists and is yours."
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _csv(_book, made, path, _names):
    # Spreadsheets know UTF-8 by its mark.
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        made.to_csv(file, index=False, quoting=csv.QUOTE_NONNUMERIC)


_NOTES = [
    "Marked again from the raw answers; marks in the files were only compared.",
    "first try, last try: the share of all marked questions that is right, in per cent. What is not answered "
    "counts as not right, and partly right answers count in part.",
    "answered: how many questions have a checked answer, with or without a key.",
    "remarks: how many remarks the report has on this student's files.",
]


def _xlsx(book, made, path, names):
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(path, options) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _sheet(workbook, "Students", made.columns, [made], bold)
        _sheet(workbook, "Questions", (asked := book.questions()).columns, [asked], bold)
        if len(book.marks) < MOST_ROWS:
            _sheet(workbook, "Answers", book.marks.columns, (part for _, part in book.parts(names)), bold)
        notes = workbook.add_worksheet("Notes")
        notes.set_column(0, 0, 110)
        told = list(_NOTES)
        if len(book.marks) >= MOST_ROWS:
            told.append(
                f"The answers have {len(book.marks):,} rows, more than a sheet can hold. Write them with "
                "--answers."
            )
        for row, text in enumerate(told):
            notes.write_string(row, 0, text)


def _sheet(workbook, title, head, parts, bold):
    sheet = workbook.add_worksheet(title)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(head) - 1, 13)
    for column, name in enumerate(head):
        sheet.write_string(0, column, safe_cell(name), bold)
    number = 0
    for part in parts:
        for row in part.itertuples(index=False, name=None):
            number += 1
            for column, value in enumerate(row):
                # Text is text, whatever it looks like.
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif isinstance(value, bool):
                    sheet.write_boolean(number, column, value)
                elif value is not None and value == value:
                    sheet.write_number(number, column, value)


_STYLE = (
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


def _html(_book, made, path, _names):
    title = "Marks of the class"
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        )
        file.writelines(f"<p>{html.escape(text)}</p>\n" for text in _NOTES)
        file.write(
            f'<div role="region" tabindex="0" aria-label="{title}">\n<table>\n'
            f"<caption>{count_phrase(len(made), 'student')}</caption>\n<thead><tr>"
        )
        file.writelines(f'<th scope="col">{html.escape(name)}</th>' for name in made.columns)
        file.write("</tr></thead>\n<tbody>\n")
        for first, *rest in made.itertuples(index=False, name=None):
            cells = "".join(f"<td>{_cell(value)}</td>" for value in rest)
            file.write(f'<tr><th scope="row"><bdi>{html.escape(first)}</bdi></th>{cells}</tr>\n')
        file.write("</tbody>\n</table>\n</div>\n</main>\n</body>\n</html>\n")


def _cell(value):
    return html.escape(value) if isinstance(value, str) else f"{value:g}"
