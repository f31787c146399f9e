"""How the marks of the text look: component classes, their default CSS, and their mixing into Rich styles.

Which mark lies on top is decided in `tui.reader.layers`. The colours come from theme variables; meaning is never colour
alone: actors are underlined, numbers bold, reported speech italic (direct speech has its marks), matches bold.
"""

from typing import ClassVar

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.widget import Widget

_ACTORS = ("person", "organization", "place", "group")
_QUOTES = ("direct", "mixed", "indirect")
_COLOURS = tuple(f"colour-{number}" for number in range(1, 6))
_OWN = (
    "heading", "sentence", "furniture", "quotes", "numbers", "actors", "highlights", "search", "match", "emphasis",
    "selection", "caret", "hint", "bar", "bar-line", "note",
)  # fmt: skip

NAMES = frozenset(
    (
        *_OWN,
        *(f"actors-{kind}" for kind in _ACTORS),
        *(f"quotes-{kind}" for kind in _QUOTES),
        *(f"highlights-{colour}" for colour in _COLOURS),
    )
)
"""Every mark that has a look of its own; another style of a layer looks like the layer."""

CSS = """
Reader {
    background: $background;
    color: $foreground;
}
Reader > .reader--heading { text-style: bold; }
Reader > .reader--sentence { background: $foreground 7%; }
Reader > .reader--furniture { color: $muted; text-style: dim; }
Reader > .reader--quotes { text-style: italic; color: $quote; }
Reader > .reader--quotes-direct { text-style: none; color: $quote; }
Reader > .reader--quotes-mixed { text-style: italic; color: $quote; }
Reader > .reader--quotes-indirect { text-style: italic; color: $quote; }
Reader > .reader--numbers { color: $number; text-style: bold; }
Reader > .reader--actors { text-style: underline; }
Reader > .reader--actors-person { color: $person; text-style: underline; }
Reader > .reader--actors-organization { color: $organization; text-style: underline; }
Reader > .reader--actors-place { color: $place; text-style: underline; }
Reader > .reader--actors-group { color: $group; text-style: underline; }
Reader > .reader--highlights { background: $colour-1; }
Reader > .reader--highlights-colour-1 { background: $colour-1; }
Reader > .reader--highlights-colour-2 { background: $colour-2; }
Reader > .reader--highlights-colour-3 { background: $colour-3; }
Reader > .reader--highlights-colour-4 { background: $colour-4; }
Reader > .reader--highlights-colour-5 { background: $colour-5; }
Reader > .reader--search { background: $warning 35%; text-style: underline; }
Reader > .reader--match { background: $warning; color: $background; text-style: bold; }
Reader > .reader--emphasis { background: $primary 45%; text-style: bold; }
Reader > .reader--selection { background: $primary; color: $background; }
Reader > .reader--caret { background: $foreground; color: $background; text-style: bold; }
Reader > .reader--hint { background: $warning; color: $background; text-style: bold; }
Reader > .reader--bar { color: $primary 50%; }
Reader > .reader--bar-line { color: $primary; text-style: bold; }
Reader:focus > .reader--bar { color: $accent 60%; }
Reader:focus > .reader--bar-line { color: $accent; text-style: bold; }
Reader > .reader--note { color: $accent; text-style: bold; }
Reader:ansi > .reader--sentence { background: ansi_default; text-style: bold; }
Reader:ansi > .reader--furniture { color: ansi_default; text-style: dim; }
Reader:ansi > .reader--highlights { background: ansi_yellow; color: ansi_black; }
Reader:ansi > .reader--highlights-colour-1 { background: ansi_yellow; color: ansi_black; }
Reader:ansi > .reader--highlights-colour-2 { background: ansi_red; color: ansi_black; }
Reader:ansi > .reader--highlights-colour-3 { background: ansi_green; color: ansi_black; }
Reader:ansi > .reader--highlights-colour-4 { background: ansi_blue; color: ansi_black; }
Reader:ansi > .reader--highlights-colour-5 { background: ansi_magenta; color: ansi_black; }
Reader:ansi > .reader--search { background: ansi_cyan; color: ansi_black; }
Reader:ansi > .reader--match { background: ansi_bright_yellow; color: ansi_black; text-style: bold underline; }
Reader:ansi > .reader--emphasis { text-style: bold reverse; }
Reader:ansi > .reader--selection { text-style: reverse; }
Reader:ansi > .reader--caret { background: ansi_bright_white; color: ansi_black; text-style: bold underline; }
Reader:ansi > .reader--hint { background: ansi_bright_yellow; color: ansi_black; text-style: bold; }
"""
"""The looks by default. `$person` to `$group`, `$number`, `$quote` and `$colour-1` to `$colour-5` are the app's."""


class Palette:
    """The Rich styles of a widget's marks under the theme in force. Make a new one when theme or focus change."""

    CLASSES: ClassVar[set[str]] = {f"reader--{name}" for name in NAMES}

    def __init__(self, widget: Widget) -> None:
        background, color = widget.background_colors[1], widget.colors[-1]
        self._background = background
        self.base = Style.from_color(_rich(color), _rich(background))
        """The look of unmarked text."""
        self._widget = widget
        self._parts: dict[str, Style] = {}
        self._mixed: dict[tuple[str, ...], Style] = {(): self.base}

    def style(self, marks: tuple[str, ...]) -> Style:
        """The look of text under `marks`, lowest first: the last colour counts, bold and the like add up."""
        mixed = self._mixed.get(marks)
        if mixed is None:
            mixed = self._mixed[marks] = Style.combine([self.base, *map(self._part, marks)])
        return mixed

    def _part(self, mark: str) -> Style:
        """What a mark adds; one of a kind that has no look of its own looks like its layer."""
        part = self._parts.get(mark)
        if part is None:
            name = mark if mark in NAMES else mark.partition("-")[0]
            part = self._parts[mark] = self._partial(self._widget.get_component_styles(f"reader--{name}"))
        return part

    def _partial(self, styles: RenderStyles) -> Style:
        """What a component class sets, see-through colours laid on the background."""
        color = styles.color if styles.has_rule("color") else None
        background = styles.background if styles.has_rule("background") else None
        under = background if background is not None and background.a == 1 else self._background
        return styles.text_style + Style.from_color(
            _rich(_over(under, color)), _rich(_over(self._background, background))
        )


def _over(under: Color, color: Color | None) -> Color | None:
    if color is None or color.a == 0:
        return None
    return color if color.ansi is not None or color.a == 1 else under + color


def _rich(color: Color | None) -> RichColor | None:
    return None if color is None else color.rich_color
