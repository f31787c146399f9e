"""The colours of briefbook's own themes, by what they are for. No Textual in here: the first page is drawn before it.

`tui.themes` makes the toolkit's themes of them. What is no part of a theme there becomes a variable of the style sheet.
"""

DARK = {
    "primary": "#7aa2d6", "secondary": "#8fb8a8", "accent": "#e0b060",
    "foreground": "#d8d8d2", "background": "#16181c", "surface": "#1b1e23", "panel": "#262a31",
    "success": "#8fbf7f", "warning": "#e0b060", "error": "#e07a6a",
    "person": "#f0a878", "organization": "#8ab8f0", "place": "#8fd0a0", "group": "#d0a0e0",
    "number": "#e8d070", "quote": "#b8c8e8", "muted": "#8a8e96",
    "mark-1": "#e0c020", "mark-2": "#e06a60", "mark-3": "#6ac060", "mark-4": "#5aa0e0", "mark-5": "#b080d8",
    "colour-1": "#6a5a00", "colour-2": "#742c2c", "colour-3": "#2c5c2c", "colour-4": "#20507c", "colour-5": "#5c3c78",
}  # fmt: skip

LIGHT = {
    "primary": "#2a5a9a", "secondary": "#3a7a66", "accent": "#9a5a00",
    "foreground": "#202428", "background": "#fbfaf6", "surface": "#f3f1ea", "panel": "#e6e3d8",
    "success": "#2f7a2f", "warning": "#9a5a00", "error": "#b03020",
    "person": "#a04a10", "organization": "#1f55a0", "place": "#1f7040", "group": "#7a3a94",
    "number": "#806000", "quote": "#35508a", "muted": "#6a6e74",
    "mark-1": "#d0a000", "mark-2": "#d04838", "mark-3": "#3a9a3a", "mark-4": "#2a7ac8", "mark-5": "#8a50b8",
    "colour-1": "#ffe680", "colour-2": "#ffb8b0", "colour-3": "#b8e8b0", "colour-4": "#b0d8ff", "colour-5": "#dcc4f4",
}  # fmt: skip

SCHEMES = {"dark": DARK, "light": LIGHT}
"""By the name that `config.toml` uses; the third of ours, `ansi`, has the terminal's own colours."""
SENTENCE_SHARE = 0.07
"""How much of the text's colour is in the background of the sentence under the cursor."""
BAR_SHARE = 0.6
"""How much of the accent is in the bar beside that sentence."""


def mixed(under: str, over: str, share: float) -> str:
    """`over` laid on `under`, see-through but for `share` of it; `#rrggbb` as all colours here."""
    pairs = zip(bytes.fromhex(under[1:]), bytes.fromhex(over[1:]), strict=True)
    return "#" + bytes(int(low + (high - low) * share) for low, high in pairs).hex()
