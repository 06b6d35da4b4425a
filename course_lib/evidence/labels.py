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

# Short enough for a label beside a mark; the table `actors` has the full names.
ACTORS = {
    "russia": "Russia",
    "assad_government": "Assad government",
    "syria_transitional_government": "Syrian transitional authorities",
    "hts": "HTS",
    "isis": "Islamic State",
    "sna": "SNA",
    "sdf": "SDF",
    "usa": "United States",
    "turkey": "Turkey",
    "iran": "Iran",
    "israel": "Israel",
    "hezbollah": "Hezbollah",
    "saudi_arabia": "Saudi Arabia",
    "uae": "UAE",
    "qatar": "Qatar",
    "jordan": "Jordan",
    "egypt": "Egypt",
    "iraq": "Iraq",
    "china": "China",
    "ukraine": "Ukraine",
    "uk": "United Kingdom",
    "france": "France",
    "germany": "Germany",
    "eu": "European Union",
    "un": "United Nations",
    "un_envoy_syria": "UN envoy",
    "un_security_council": "UN Security Council",
    "hurras_al_din": "Hurras al-Din",
    "jabhat_al_nusra": "Jabhat al-Nusra",
    "jabhat_fath_al_sham": "Jabhat Fath al-Sham",
    "al_qaeda": "al-Qaeda",
    "ahrar_al_sham": "Ahrar al-Sham",
    "jaysh_al_islam": "Jaysh al-Islam",
    "taliban": "Taliban",
    "hamas": "Hamas",
    "pkk": "PKK",
    "ypg": "YPG",
    "irgc": "IRGC",
    "etim": "ETIM",
    "tip_syria": "TIP in Syria",
    "isi": "Islamic State of Iraq",
    "aqi": "al-Qaeda in Iraq",
    "jtj": "Jama'at al-Tawhid (Zarqawi)",
    "msc_iraq": "Mujahideen Shura Council",
    "muslim_brotherhood": "Muslim Brotherhood",
    "ahmed_al_sharaa": "Ahmed al-Sharaa",
    "anas_khattab": "Anas Khattab",
}

# The lists that most of the course's groups stand on, in the order in which they are shown.
LISTS = {
    "un_1267": "UN",
    "usa_fto": "US (FTO)",
    "usa_sdgt": "US (SDGT)",
    "eu": "EU",
    "uk": "UK",
    "russia": "Russia",
    "turkey": "Turkey",
    "canada": "Canada",
    "australia": "Australia",
    "uae": "UAE",
    "saudi_arabia": "Saudi Arabia",
}

# Listings of other kinds, by states that the table names with a row or two.
MORE_LISTS = {
    "uk_sanctions": "UK sanctions",
    "usa_reward": "US reward",
    "usa_tel": "US exclusion list",
    "usa_other": "US, other",
    "un_1988": "UN (Taliban)",
    "bahrain": "Bahrain",
    "syria_assad": "Assad government",
    "germany_ban": "Germany",
    "germany_court": "German court",
    "netherlands_court": "Dutch court",
    "china": "China",
    "egypt": "Egypt",
    "iran": "Iran",
    "jordan": "Jordan",
    "gcc": "Gulf states",
    "arab_league": "Arab League",
}

# The explanations that the table `ach_hypotheses` gives in full.
HYPOTHESES = {
    "H1": "H1 Assad deal",
    "H2": "H2 Turkey",
    "H3": "H3 vacuum",
    "H4": "H4 leverage",
    "H5": "H5 bases",
    "H6": "H6 hedge",
    "H7": "H7 routine",
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


def actor_name(actor: str) -> str:
    """Return what an actor is called on screen.

    Parameters
    ----------
    actor : str
        As the table `actors` names it.

    Returns
    -------
    str
        A short name; an actor without one keeps its code.

    Examples
    --------
    >>> actor_name("hts"), actor_name("nobody")
    ('HTS', 'nobody')
    """
    return ACTORS.get(actor, actor)
