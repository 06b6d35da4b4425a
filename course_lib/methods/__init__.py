"""Analysis methods as pure functions: data in, results out; no files, no widgets, no figures.

agreement   how far two coders agree (Cohen's kappa)
reading     how often a text hedges
"""
