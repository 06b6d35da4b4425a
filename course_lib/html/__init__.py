"""HTML that is safe to show: panels of text and tables, and Markdown that is cleaned."""
