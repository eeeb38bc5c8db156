"""Writers of the reference pages that are made from the program and its files; scripts/reference_pages.py calls them."""
