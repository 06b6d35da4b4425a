"""Analysis methods as pure functions: data in, results out; no files, no widgets, no figures.

ach          which of several explanations the evidence contradicts, and how much hangs on a cell
agreement    how far coders agree (Cohen's kappa, Krippendorff's alpha)
balance      whether signed ties are in balance, and how many stand in the way
bargaining   where actors on one line may end up (median, mean, challenge model)
forecast     how good forecasts were (Brier, log score, skill, calibration)
grading      Admiralty grades of sources and information
rates        shares of few cases, base rates under a rule, updating a belief
reading      how a text hedges and attributes
"""
