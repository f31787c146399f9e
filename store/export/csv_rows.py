"""Rows as CSV (RFC 4180), for the formats that are CSV; what is in the cells is theirs."""

import csv
import io
from collections.abc import Iterable, Sequence


def rows(lines: Iterable[Sequence[str]]) -> str:
    """`lines` as CSV, quotes doubled, LF line ends between the rows."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(lines)
    return written.getvalue()
