"""What is known about an article, as text to read: where it comes from, how long it is, who is heard in it."""

from collections import Counter

from store.errors import printable
from tui.reading import Reading


def about(reading: Reading) -> str:
    """The article's data, one a line, and the sourcing: who is quoted how often, by name or not."""
    article = reading.article
    notebook = reading.notebook
    facts = {
        "Title": article.title,
        "By": article.byline,
        "Publisher": article.publisher,
        "Published": article.published[:10],
        "Source": article.source or "standard input",
        "Language": article.language,
        "Length": f"{article.words:,} words, {len(article.paragraphs):,} paragraphs, {article.minutes} min to read",
        "Marked": f"{_many(len(notebook.highlights), 'highlight')}, {_many(len(notebook.notes), 'note')}",
        "Id": article.id,
    }
    lines = [f"{name:<10} {printable(value)}" for name, value in facts.items() if value]
    return "\n".join([*lines, "", *_sourcing(reading)])


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _sourcing(reading: Reading) -> list[str]:
    analysis = reading.analysis
    if analysis is None or not analysis.quotes:
        return []
    names = {actor.id: actor.name for actor in analysis.actors}
    named = Counter(names[quote.actor] for quote in analysis.quotes if quote.actor in names)
    unnamed = sum(1 for quote in analysis.quotes if quote.actor is None)
    direct = sum(1 for quote in analysis.quotes if quote.kind != "indirect")
    lines = [f"Who is heard: {len(analysis.quotes)} quotes, {direct} of them with words in quotation marks"]
    lines += [f"  {count:>3}  {printable(name)}" for name, count in named.most_common()]
    return [*lines, f"  {unnamed:>3}  not one of the actors"] if unnamed else lines
