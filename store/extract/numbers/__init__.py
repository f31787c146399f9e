"""The numbers pane: which figures an article gives. `pane.numbers` is its one function; the others know a part each."""
