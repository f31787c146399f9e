"""Everything briefbook keeps and derives: articles, analyses, annotations. It knows no terminal.

Nothing in this package imports `tui`, Textual or Rich, and importing the package itself loads nothing.
"""
