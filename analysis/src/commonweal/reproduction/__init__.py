"""Reproductions of published experiments: published, simulated, null and causal values side by side."""
