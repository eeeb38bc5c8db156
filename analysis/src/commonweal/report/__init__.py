"""The report of a comparison: one HTML file that stands alone, and the same as Markdown, JSON and CSV."""
