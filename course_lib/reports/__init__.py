"""What a student or a class takes home as a document: the portfolio, and what any page is written with."""
