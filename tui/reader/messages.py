"""What the article surface tells the app. Handlers are named after it: `on_reader_moved`, `on_reader_request`."""

from textual.message import Message

from store.spans import Span


class Moved(Message, namespace="reader"):
    """The cursor moved; of many moves in a row only the last one need arrive."""

    def __init__(self, offset: int, sentence: Span) -> None:
        super().__init__()
        self.offset = offset
        self.sentence = sentence

    def can_replace(self, message: Message) -> bool:
        """A newer move makes an older one pointless."""
        return isinstance(message, Moved)


class SelectionChanged(Message, namespace="reader"):
    """The selection began, changed or ended (None)."""

    def __init__(self, selection: Span | None) -> None:
        super().__init__()
        self.selection = selection

    def can_replace(self, message: Message) -> bool:
        """Only the newest selection counts."""
        return isinstance(message, SelectionChanged)


class Act(Message, namespace="reader"):
    """Enter: something is to be done with this sentence."""

    def __init__(self, sentence: Span) -> None:
        super().__init__()
        self.sentence = sentence


class Clicked(Message, namespace="reader"):
    """The mouse was clicked on a character; `chain` is 1, 2 or 3 for single, double and triple."""

    def __init__(self, offset: int, chain: int) -> None:
        super().__init__()
        self.offset = offset
        self.chain = chain


class Searched(Message, namespace="reader"):
    """The search knows more: `count` matches so far; `complete` when that is all; `problem` when it was given up."""

    def __init__(self, count: int, complete: bool, problem: str = "") -> None:
        super().__init__()
        self.count = count
        self.complete = complete
        self.problem = problem


class Said(Message, namespace="reader"):
    """What the reader has to say in a few words: what a key did, or what it waits for."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class Request(Message, namespace="reader"):
    """An action that needs more than the text: the app carries it out.

    `action_id` is its id in `tui.actions`; `span` the selection, or the sentence under the cursor; `argument` what was
    typed with it (the colour's digit) or the link that was chosen.
    """

    def __init__(self, action_id: str, span: Span, argument: str = "") -> None:
        super().__init__()
        self.action_id = action_id
        self.span = span
        self.argument = argument
