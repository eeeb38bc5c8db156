"""Executes the pages of the documentation: their commands, files, programs, outputs and numbers. See tests/docs/README.md."""
