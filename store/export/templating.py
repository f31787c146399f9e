"""The process that renders templates: Jinja2's sandbox, within limits of memory, time and output that the system keeps.

A line of JSON in, a line of JSON out: first the template's source, then the variables of one article at a time.
Nothing of the program but the escaping filters is imported, and there is no loader: a template can include nothing.
"""

import json
import resource
import sys
from contextlib import suppress
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from store.errors import printable
from store.export.bibtex import escaped as tex
from store.export.markdown import escaped as markdown
from store.export.org import escaped as org
from store.export.plain import unlined

MOST_MEMORY = 1 << 30
"""Bytes of address space."""
MOST_CHARACTERS = 20_000_000
"""Of what one article comes to."""


def main(seconds: int) -> None:
    """Answer line by line until there are no more.

    Args:
        seconds: of the processor, for one article.
    """
    with suppress(ValueError, OSError):
        # macOS refuses this one; there the time is the limit.
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    template = None
    for line in sys.stdin:
        _grant(seconds)
        try:
            if template is None:
                template = _environment().from_string(json.loads(line))
                answer = {"text": ""}
            else:
                answer = {"text": _rendered(template, json.loads(line))}
        except Exception as error:
            answer = {"error": _sentence(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _grant(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    made.filters |= {"md": markdown, "org": org, "tex": tex, "line": unlined}
    return made


def _rendered(template: Any, data: dict[str, Any]) -> str:
    parts, length = [], 0
    for part in template.generate(data):
        parts.append(part)
        length += len(part)
        if length > MOST_CHARACTERS:
            raise ValueError(f"it makes more than {MOST_CHARACTERS:,} characters of one article")
    return "".join(parts)


def _sentence(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    said = (error.message if isinstance(error, TemplateError) else str(error)) or type(error).__name__
    return printable(f"line {line}: {said}" if line else said)[:300].rstrip(".")


if __name__ == "__main__":
    main(int(sys.argv[1]))
