"""Regimes compared: paired differences, regret, decision rules, costs, who gains, and when the mean misleads."""
