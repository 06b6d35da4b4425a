"""The portfolio: everything a student answered, as one text written as HTML and as Markdown."""
