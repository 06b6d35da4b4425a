"""The page on what a class understood: item and distractor analysis, and what to talk about."""
