"""What a question says to its parts, as one list: for formats that have no place for it beside each part."""

from course_lib.instructor.export.exported_question import list_html


def pair_feedback(asked):
    """Return the feedback of all pairs as one list."""
    return list_html(
        f"{asked.line(pair.text, 'pair.text')}: <strong>{asked.line(pair.match, 'pair.match')}</strong>. "
        f"{asked.line(pair.feedback, 'pair.feedback')}"
        for pair in asked.item.pair
    )


def step_feedback(asked):
    """Return the feedback of all steps as one numbered list."""
    return list_html(
        (
            f"{asked.line(step.text, 'step.text')}: {asked.line(step.feedback, 'step.feedback')}"
            for step in asked.item.step
        ),
        ordered=True,
    )


def row_feedback(asked):
    """Return the feedback of all rows of a grid as one list, that for particular wrong choices under each."""
    told = []
    for row in asked.item.row:
        key = f"{asked.line(row.text, 'row.text')}: <strong>{asked.line(row.key, 'row.key')}</strong>. "
        wrong = [
            f"If you chose {asked.line(choice, 'choices')}: {asked.line(text, 'row.instead')}"
            for choice, text in row.instead.items()
        ]
        told.append(key + asked.line(row.feedback, "row.feedback") + (list_html(wrong) if wrong else ""))
    return list_html(told)


def cell_feedback(asked):
    """Return key and feedback of all rows of a matrix as one list."""
    return list_html(
        f"{asked.line(row.text, 'row.text')}: <strong>"
        f"{', '.join(asked.line(key, 'row.key') for key in row.key)}</strong>. "
        f"{asked.line(row.feedback, 'row.feedback')}"
        for row in asked.item.row
    )
