"""Exports to where they go: one stream of pieces, one file, or a folder with a file an article. Knows every format."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ExportError
from store.export import FORMATS, Export, file_names, load, writing
from store.export.blocks import Outcome
from store.home import reason

if TYPE_CHECKING:
    from store.export.template import Template


@dataclass(frozen=True, slots=True)
class Target:
    """A format, with the template when it is one."""

    format: str
    template: "Template | None" = None

    @property
    def name(self) -> str:
        """What it is called, as one chooses it."""
        return f"template {self.template.name}" if self.template else self.format

    @property
    def suffix(self) -> str:
        """What its files end in."""
        return self.template.suffix if self.template else FORMATS[self.format].suffix


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    path: Path
    outcome: Outcome | None = None
    """What became of the blocks of a file that is updated; None when the file was written anew."""


def pieces(target: Target, exports: Iterable[Export]) -> Iterator[str]:
    """All of `exports` as one file, piece by piece. Raises ExportError, also on the way."""
    if target.format == "template":
        from store.export import template

        if target.template is None:
            raise ExportError("no template was named", "", f"name a file, or one of {', '.join(template.shipped())}")
        return template.pieces(exports, target.template)
    return load(target.format).pieces(exports)


def means_folder(typed: str) -> bool:
    """Whether a path, as it was typed, means a folder: there is one, or it ends like one, or it has no suffix."""
    path = Path(typed)
    return path.is_dir() or typed.endswith(os.sep) or not (path.suffix or path.is_file())


def write(target: Target, path: Path, exports: Iterable[Export]) -> Written:
    """Write all of `exports` to the file `path`; into Markdown goes one article only, and a file of it is updated.

    Raises:
        ExportError: it cannot be written; what was there stays.
    """
    if target.format != "markdown":
        writing.write(path, pieces(target, exports))
        return Written(path)
    from store.export import markdown

    (export,) = exports
    made = markdown.write(path, export)
    return Written(made.path, made.outcome)


def write_into(target: Target, folder: Path, export: Export) -> Written:
    """Write one article's file in `folder`, which is made, under the same name each time. Raises ExportError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"this folder cannot be made ({reason(error)})", folder, "choose another one") from error
    if target.format == "markdown":
        return write(target, folder, [export])
    return write(target, file_names.by_id(folder, export.article.title, export.article.id, target.suffix), [export])
