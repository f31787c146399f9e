"""From an article to its analysis: the only package that imports spaCy, and only `store.worker` and commands import it.

Each pane is a module with pure functions of a parsed document (`actors`, `numbers`, `quotes`); what words they
know stands in the `.toml` files beside them. Importing the package itself loads nothing.
"""
