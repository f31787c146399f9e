"""Exports to where they go: one stream of pieces, one file, or a folder with a file an article. Knows every format."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ExportError
from store.export import FORMATS, Export, file_names, load, writing
from store.export.blocks import Outcome
from store.export.record import Digest, Record
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


class FileIsThereError(ExportError):
    """Writing would lose what somebody else put into a file, or changed in it."""


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


def write(
    target: Target, path: Path, exports: Iterable[Export], record: Record | None = None, *, force: bool = True
) -> Written:
    """Write all of `exports` to the file `path`; into Markdown goes one article only, and a file of it is updated.

    Args:
        record: has the file for ours afterwards.
        force: whether a file that is there already is written over though `record` does not know it for ours.

    Raises:
        ExportError: it cannot be written, or must not be; what was there stays.
    """
    if path.exists() and not path.is_file():
        raise ExportError("this is no file", path, "name another one")
    if not path.parent.is_dir():
        raise ExportError("the folder of this file is not there", path, "make it, or name another one")
    if target.format == "markdown":
        return _update(path, exports)
    if record is not None and not force:
        _refuse_others(path, record)
    made = Digest(pieces(target, exports))
    writing.write(path, made)
    if record is not None:
        record.remember(path, made.hexadecimal)
    return Written(path)


def _update(path: Path, exports: Iterable[Export]) -> Written:
    from store.export import markdown

    (export,) = exports
    made = markdown.write(path, export)
    return Written(made.path, made.outcome)


def _refuse_others(path: Path, record: Record) -> None:
    """Raise ExportError when something would be lost by writing over what is there."""
    try:
        may = record.may_write_over(path)
    except OSError as error:
        raise ExportError(f"what is there cannot be read ({reason(error)})", path, "name another file") from error
    if not may:
        message = "this file is there already, and briefbook did not write it, or it was changed since"
        raise FileIsThereError(message, path, "name another file, or write over it with --force")


def write_into(
    target: Target, folder: Path, export: Export, record: Record | None = None, *, force: bool = True
) -> Written:
    """Write one article's file in `folder`, which is made, under the same name each time.

    `record`, `force` and errors are those of `write`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"this folder cannot be made ({reason(error)})", folder, "choose another one") from error
    article = export.article
    if target.format == "markdown":
        return _update(folder, [export])
    path = file_names.by_id(folder, article.title, article.id, target.suffix)
    return write(target, path, [export], record, force=force)
