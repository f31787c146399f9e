"""The lists beside the text: one list widget, and a module each that says what a row of actors, numbers, quotes, notes
and the shelf looks like. Panes know the types of `store`; they post messages upward and are told downward."""
