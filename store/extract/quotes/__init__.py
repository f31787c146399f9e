"""The quotes pane: who said what. `pane.quotes` is its one function; the other modules know a part each."""
