"""The actors pane: who acts in an article. `pane.actors` is its one function; the other modules know a part each."""
