"""The article surface: caret and motions, layers, selection, search, and the Line API widget that draws them."""
