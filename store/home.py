"""Where briefbook keeps its files, and what `config.toml` says. Makes folders; reads and writes nothing else.

Everything lies in one folder: the user's data folder for applications (platformdirs), or `BRIEFBOOK_HOME`.
"""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from store.errors import BriefbookError, ConfigError

WIDTHS = range(30, 161)
"""The text widths that can be set, in cells."""


@dataclass(frozen=True, slots=True)
class Config:
    """What `config.toml` may say. Each key has a default; of an unknown one the nearest known one is told."""

    model: str = ""
    """The English spaCy pipeline: an installed package's name or a folder. Empty: the best that is found."""
    models: dict[str, str] = field(default_factory=dict)
    """Pipelines for other languages, by language code: `models = { de = "de_core_news_md" }`."""
    theme: str = "dark"
    """`dark`, `light`, `ansi` (the terminal's own colours), or the name of any Textual theme."""
    width: int = 72
    """Text width of the article in cells, 30 to 160."""
    preset: str = "standard"
    """Which keys: `standard`, `vim`, `less` or `arrows`."""
    keys: dict[str, str] = field(default_factory=dict)
    """Keys by action id, several parted by commas: `keys = { highlight = "H,f5" }`."""
    preview: bool = True
    """Whether the article under the shelf's cursor is previewed while the cursor rests on it."""
    analyse_ahead: bool = True
    """Whether what came into the library is analysed in the background before it is opened."""
    fetch_model: bool = True
    """Whether the app may fetch the language model when there is none."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of everything, and the names of what lies in it."""

    root: Path

    @property
    def library(self) -> Path:
        """The SQLite file with articles and cached analyses."""
        return self.root / "library.db"

    @property
    def notes(self) -> Path:
        """The folder with one TinyDB file an article."""
        return self.root / "notes"

    @property
    def models(self) -> Path:
        """The folder with language models that briefbook fetched."""
        return self.root / "models"

    @property
    def config(self) -> Path:
        """The reader's settings, written by the reader."""
        return self.root / "config.toml"

    @property
    def state(self) -> Path:
        """Pane sizes and the like, written by the app; losing it loses nothing."""
        return self.root / "state.json"

    @property
    def exports(self) -> Path:
        """Which files were exported, so that they may be written over; losing it loses nothing."""
        return self.root / "exports.json"

    def make(self) -> None:
        """Make the folders that are missing, readable by their owner only (0700).

        Raises:
            BriefbookError: when a folder cannot be made or written to; the sentence says which and why.
        """
        for folder in (self.root, self.notes, self.models):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise BriefbookError(
                    f"this folder cannot be made ({reason(error)})",
                    folder,
                    "make it writable, or name another one in BRIEFBOOK_HOME",
                ) from error
            if not os.access(folder, os.W_OK | os.X_OK):
                raise BriefbookError(
                    "this folder cannot be written to",
                    folder,
                    "make it writable, or name another one in BRIEFBOOK_HOME",
                )


def find_home() -> Home:
    """The home folder as the environment says; nothing is made."""
    named = os.environ.get("BRIEFBOOK_HOME")
    if named:
        return Home(Path(named).expanduser().absolute())
    import platformdirs

    return Home(Path(platformdirs.user_data_dir("briefbook", appauthor=False)))


def read_config_leniently(home: Home) -> tuple[Config, list[ConfigError]]:
    """The settings that can be followed, and every mistake: each is passed over, and its default holds.

    A mistake is an unknown key or a value of the wrong type or range; that the file cannot be read or is not TOML is
    one, too.
    """
    try:
        data = _read(home)
    except ConfigError as error:
        return Config(), [error]
    good: dict[str, Any] = {}
    mistakes: list[ConfigError] = []
    for key, value in data.items():
        try:
            good[key] = _checked(home, key, value)
        except ConfigError as error:
            mistakes.append(error)
            continue
        if isinstance(value, dict):
            good[key] = {name: text for name, text in value.items() if isinstance(text, str)}
            wrong = [name for name in value if name not in good[key]]
            mistakes += [ConfigError(f"{key}.{name} must be a text", home.config, 'such as "x"') for name in wrong]
    return Config(**good), mistakes


def _read(home: Home) -> dict[str, Any]:
    if not home.config.exists():
        return {}
    import tomllib  # 3 ms, which those who set nothing need not wait for

    try:
        return tomllib.loads(home.config.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"it cannot be read ({reason(error)})", home.config, "mend or remove it") from error


def _checked(home: Home, key: str, value: Any) -> Any:
    defaults = {item.name: getattr(Config(), item.name) for item in fields(Config)}
    if key not in defaults:
        import difflib

        near = difflib.get_close_matches(key, defaults, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(defaults)}"
        raise ConfigError(f"there is no setting {key!r}", home.config, advice)
    wanted = type(defaults[key])
    if type(value) is not wanted:
        raise ConfigError(f"{key} must be {_TYPE_WORDS[wanted]}", home.config, f"the default is {defaults[key]!r}")
    if key == "width" and value not in WIDTHS:
        raise ConfigError(f"width must be from {WIDTHS[0]} to {WIDTHS[-1]}", home.config, "the default is 72")
    return value


_TYPE_WORDS: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false", dict: "a table"}


def reason(error: BaseException) -> str:
    """Why an operation failed, in the system's words and without its numbers and paths."""
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).rstrip(".").lower()
