"""briefbook's own themes: dark, light, and one in the terminal's own colours. Built on Textual's."""

import difflib
from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

from store.errors import ConfigError
from store.home import Home
from tui.colours import DARK, LIGHT

_OWN = frozenset(
    ["primary", "secondary", "accent", "foreground", "background", "surface", "panel", "success", "warning", "error"]
)
"""What the toolkit's themes name themselves; everything else is a variable."""


def _theme(name: str, scheme: Mapping[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=scheme["primary"],
        secondary=scheme["secondary"],
        accent=scheme["accent"],
        foreground=scheme["foreground"],
        background=scheme["background"],
        surface=scheme["surface"],
        panel=scheme["panel"],
        success=scheme["success"],
        warning=scheme["warning"],
        error=scheme["error"],
        dark=dark,
        variables={part: colour for part, colour in scheme.items() if part not in _OWN},
    )


_DARK = _theme("briefbook-dark", DARK, dark=True)
_LIGHT = _theme("briefbook-light", LIGHT, dark=False)
_ANSI_BASE = BUILTIN_THEMES["ansi-dark"]
_ANSI = Theme(
    name="briefbook-ansi",
    primary=_ANSI_BASE.primary,
    secondary=_ANSI_BASE.secondary,
    accent=_ANSI_BASE.accent,
    foreground=_ANSI_BASE.foreground,
    background=_ANSI_BASE.background,
    surface=_ANSI_BASE.surface,
    panel=_ANSI_BASE.panel,
    success=_ANSI_BASE.success,
    warning=_ANSI_BASE.warning,
    error=_ANSI_BASE.error,
    boost=_ANSI_BASE.boost,
    dark=_ANSI_BASE.dark,
    ansi=_ANSI_BASE.ansi,
    variables={
        **_ANSI_BASE.variables,
        "person": "ansi_bright_red",
        "organization": "ansi_bright_blue",
        "place": "ansi_bright_green",
        "group": "ansi_bright_magenta",
        "number": "ansi_bright_yellow",
        "quote": "ansi_bright_cyan",
        "muted": "ansi_bright_black",
        "mark-1": "ansi_yellow",
        "mark-2": "ansi_red",
        "mark-3": "ansi_green",
        "mark-4": "ansi_blue",
        "mark-5": "ansi_magenta",
        "colour-1": "ansi_yellow",
        "colour-2": "ansi_red",
        "colour-3": "ansi_green",
        "colour-4": "ansi_blue",
        "colour-5": "ansi_magenta",
    },
)

THEMES: dict[str, Theme] = {"dark": _DARK, "light": _LIGHT, "ansi": _ANSI}
"""By the name that `config.toml` uses."""


def mistake(home: Home, name: str) -> ConfigError | None:
    """What is wrong with the theme that `config.toml` names; None when there is one of that name."""
    known = [*THEMES, *BUILTIN_THEMES]
    if name in known or name in (theme.name for theme in THEMES.values()):
        return None
    near = difflib.get_close_matches(name, known, 1)
    advice = f"did you mean {near[0]!r}?" if near else f"take {', '.join(THEMES)} or one of Textual's"
    return ConfigError(f"there is no theme {name!r}", home.config, advice)
