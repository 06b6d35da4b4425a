"""What the codes in the tables are called on screen, in the order in which they are shown."""

SECTIONS = {
    "title": "Title",
    "intro": "Opening",
    "context-role": "Context",
    "dialogue-meaning": "The dialogue",
    "motivations": "Motives",
    "stability": "Regional stability",
    "reactions": "Reactions",
    "counterterrorism": "Counterterrorism",
    "conclusion": "Conclusion",
    "footer": "Footer",
}

# The table tells facts about the past from facts about the present; lessons mostly need one word for both.
KINDS = {
    "fact_past": "fact",
    "fact_present": "fact",
    "attributed_statement": "attributed statement",
    "motive_hypothesis": "motive",
    "causal_prediction": "prediction",
    "value_judgement": "judgement",
    "framing": "framing",
}

VERDICTS = {
    "supported": "supported",
    "partly_supported": "partly supported",
    "misleading": "misleading",
    "unsupported": "unsupported",
    "contradicted": "contradicted",
    "came_true": "came true",
    "partly_came_true": "partly came true",
    "did_not_happen": "did not happen",
    "not_observed": "not observed",
    "too_early": "too early to say",
    "not_checkable": "cannot be checked",
    "opinion": "opinion",
    "open": "open",
}
