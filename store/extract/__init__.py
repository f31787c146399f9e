"""From an article to its analysis: the only package that imports spaCy, and only `store.worker` and commands import it.

Each pane is a package with one pure function of a parsed document (`actors`, `numbers`, `quotes`); what words its rules
know stands in the `.toml` files beside them. Importing the package itself loads nothing.
"""
