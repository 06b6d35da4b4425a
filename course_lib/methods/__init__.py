"""Analysis methods as pure functions: data in, results out; no files, no widgets, no figures.

ach              which of several explanations the evidence contradicts, and how much hangs on a cell
admiralty        Admiralty grades of sources and information
agreement        how far coders agree (Cohen's kappa, Krippendorff's alpha)
balance          whether signed ties are in balance, and how many stand in the way
bargaining       where actors on one line may end up (median, mean, challenge model)
class_change     how a class changed between two tests
forecast         how good forecasts were (Brier, log score, skill, calibration)
gain             what was learned, as a share of what there was to learn
item_statistics  how the questions of a class worked (facility, discrimination, alpha)
quantiles        quantiles of Student's t and of F
rates            shares of few cases, base rates under a rule, updating a belief
sample_size      from how many students on a number says something
text             how a text hedges and attributes
validation       values checked before a method works on them
"""
