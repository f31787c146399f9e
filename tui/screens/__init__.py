"""The screens: the reader with everything beside it, and what opens over it. Screens know panes and the reading
surface; nothing here is known to them."""
