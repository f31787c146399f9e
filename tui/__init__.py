"""Everything briefbook shows: the command line and the Textual application. Keeps nothing itself; `store` does.

Importing the package itself loads nothing.
"""
