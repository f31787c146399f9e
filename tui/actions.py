"""Every action once: its id, its keys, its words for help, footer and palette, and who handles it.

Bindings, footer, help screen, command palette and the README's table are made from `ACTIONS`; no key is named anywhere
else but where a preset changes it (`tui.keymaps`). The handler of action `line_down` is the method `action_line_down`
of the widget or screen named by `where`. No Textual in here: `tui.keys` turns actions into Textual's bindings.
"""

from dataclasses import dataclass
from typing import Literal

Where = Literal["everywhere", "reading", "selecting", "lists", "actors", "numbers", "quotes", "notes", "shelf"]
"""The place in which an action's keys work. `everywhere`: the reader screen; `reading` and `selecting`: the text pane
without and with a selection; `lists`: every list; `actors` to `shelf`: that pane only."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something the reader can do."""

    id: str
    """Unique; the name in `config.toml` and of the method `action_<id>`."""
    where: Where
    keys: tuple[str, ...]
    """Keys in the standard preset, in Textual's names or as the character itself; the first is shown."""
    label: str
    """One to three words for footer and palette."""
    help: str
    """One sentence without a full stop for the help screen."""
    footer: bool = False
    """Whether the footer shows it when it is of use."""


def _action(id: str, where: Where, keys: str, label: str, help: str = "", footer: bool = False) -> Action:  # noqa: A002
    return Action(id, where, tuple(keys.split()), label, help or label, footer)


ACTIONS: tuple[Action, ...] = (
    _action("help", "everywhere", "? f1", "Help", "Show the keys of this place", footer=True),
    _action("palette", "everywhere", ": ctrl+p", "Commands", "Find any command by its name", footer=True),
    _action("next_pane", "everywhere", "tab", "Next pane"),
    _action("previous_pane", "everywhere", "shift+tab", "Previous pane"),
    _action("pane_text", "everywhere", "1", "Text", "Go to the text"),
    _action("pane_actors", "everywhere", "2", "Actors", "Go to the actors: who acts in this article"),
    _action("pane_numbers", "everywhere", "3", "Numbers", "Go to the numbers: which figures it gives"),
    _action("pane_quotes", "everywhere", "4", "Quotes", "Go to the quotes: who said what"),
    _action("pane_notes", "everywhere", "5", "Notes", "Go to your highlights and notes"),
    _action("pane_shelf", "everywhere", "0", "Shelf", "Go to the shelf: the articles that are open or were read"),
    _action(
        "fetch_feeds", "everywhere", "9", "Fetch feeds", "Put what is new in the feeds that you follow on the shelf"
    ),
    _action("all_notes", "everywhere", "6", "All notes", "Look through the highlights and notes of all articles"),
    _action("corrections", "everywhere", "7", "Corrections", "Show what you put right, here and everywhere"),
    _action("search_all", "everywhere", "8", "Search all", "Search all articles of the library"),
    _action(
        "search", "everywhere", "/", "Search", "Search in the text, or filter the list that is active", footer=True
    ),
    _action(
        "undo",
        "everywhere",
        "u",
        "Undo",
        "Take back the last change of highlights, notes and corrections; on the shelf what was done there last",
    ),
    _action("redo", "everywhere", "U ctrl+r", "Redo", "Do again what was taken back"),
    _action(
        "save_elsewhere",
        "everywhere",
        "W ctrl+s",
        "Save elsewhere",
        "Write notes that cannot be saved in their place to another file; everything else is saved as you go",
    ),
    _action("export", "everywhere", "E", "Export", "Write highlights and notes of this article to a file"),
    _action("pipe", "everywhere", "|", "Pipe", "Give the selection, or the sentence, to a command and show its answer"),
    _action("next_article", "everywhere", "J", "Next article"),
    _action("previous_article", "everywhere", "K", "Previous article"),
    _action("layer_actors", "everywhere", "f2", "Colour actors", "Show or hide the actors' colour in the text"),
    _action("layer_numbers", "everywhere", "f3", "Colour numbers", "Show or hide the numbers' colour in the text"),
    _action("layer_quotes", "everywhere", "f4", "Colour quotes", "Show or hide the quotes' colour in the text"),
    _action("layer_highlights", "everywhere", "f5", "Colour highlights", "Show or hide your highlights in the text"),
    _action("theme", "everywhere", "f6", "Theme", "Change between dark, light and the terminal's own colours"),
    _action("side_narrower", "everywhere", "<", "Narrower panes", "Make the panes beside the text narrower"),
    _action("side_wider", "everywhere", ">", "Wider panes", "Make the panes beside the text wider"),
    _action("cancel", "everywhere", "escape", "Cancel", "Leave what is open: a search, a selection, a pane"),
    _action(
        "back", "everywhere", "q", "Back", "Back to the text, or quit from there; everything is saved", footer=True
    ),
    _action("quit", "everywhere", "Q", "Quit", "Quit; everything is saved"),
    _action("line_down", "reading", "j down", "Line down"),
    _action("line_up", "reading", "k up", "Line up"),
    _action("next_sentence", "reading", ") right", "Next sentence"),
    _action("previous_sentence", "reading", "( left", "Previous sentence"),
    _action("next_paragraph", "reading", "}", "Next paragraph"),
    _action("previous_paragraph", "reading", "{", "Previous paragraph"),
    _action("half_page_down", "reading", "ctrl+d", "Half a page down"),
    _action("half_page_up", "reading", "ctrl+u", "Half a page up"),
    _action("page_down", "reading", "space pagedown ctrl+f", "Page down"),
    _action("page_up", "reading", "b pageup ctrl+b", "Page up"),
    _action("top", "reading", "g home", "Start", "Go to the start of the text"),
    _action("bottom", "reading", "G end", "End", "Go to the end of the text"),
    _action("next_thing", "everywhere", "]", "Next row here", "Go to the next thing of the active pane"),
    _action("previous_thing", "everywhere", "[", "Previous row here", "Go to the previous thing of the active pane"),
    _action("next_match", "reading", "n", "Next match"),
    _action("previous_match", "reading", "N", "Previous match"),
    _action("act", "reading", "enter", "Menu", "Show what can be done with this sentence", footer=True),
    _action("highlight", "reading", "H", "Highlight", "Highlight this sentence in the colour used last", footer=True),
    _action("colour", "reading", "c", "Colour", "Then 1 to 5: highlight in that colour, or recolour"),
    _action("note", "reading", "a", "Note", "Write a note to this sentence", footer=True),
    _action("tags", "reading", "t", "Tags", "Tag the highlight here, or highlight the sentence with tags"),
    _action("move_ends", "reading", "r", "Move ends", "Select the highlight here anew; Enter keeps the new ends"),
    _action("delete", "reading", "x", "Delete", "Delete the highlight here, with its notes"),
    _action("copy", "reading", "y", "Copy", "Copy this sentence"),
    _action("copy_cited", "reading", "Y", "Copy with source", "Copy this sentence with its citation"),
    _action("set_mark", "reading", "m", "Mark", "Then a letter: mark this place with it"),
    _action("go_mark", "reading", "'", "To mark", "Then a letter: go to the place marked with it"),
    _action("jump_back", "reading", "backspace", "Where I was", "Go back to where you were before the last jump"),
    _action("links", "reading", "f", "Links", "Show a letter beside each link; typing it opens the link"),
    _action("open_source", "reading", "o", "Open source", "Open where the article comes from in the browser"),
    _action(
        "renew",
        "reading",
        "R",
        "Read anew",
        "Take in what the file or page says now; highlights go with their passages",
    ),
    _action(
        "changes", "reading", "D", "What changed", "Show what the text has otherwise than its version before this one"
    ),
    _action("note_editor", "reading", "e", "Note in editor", "Write the note in $EDITOR"),
    _action("about", "reading", "i", "About", "Show what is known about this article"),
    _action("alone", "reading", "z", "Text alone", "Show the text alone, or with shelf and panes again"),
    _action("wider", "reading", "+ =", "Wider text"),
    _action("narrower", "reading", "- _", "Narrower text"),
    _action("select", "reading", "v", "Select", "Start a selection at the cursor, by character"),
    _action("select_lines", "reading", "V", "Select sentence", "Start a selection with this sentence"),
    _action("select_left", "reading", "shift+left", "Select left"),
    _action("select_right", "reading", "shift+right", "Select right"),
    _action("select_up", "reading", "shift+up", "Select up"),
    _action("select_down", "reading", "shift+down", "Select down"),
    _action("caret_left", "selecting", "h left shift+left", "Left"),
    _action("caret_right", "selecting", "l right shift+right", "Right"),
    _action("caret_down", "selecting", "j down shift+down", "Line down"),
    _action("caret_up", "selecting", "k up shift+up", "Line up"),
    _action("caret_word", "selecting", "w", "Next word"),
    _action("caret_word_back", "selecting", "b", "Word back"),
    _action("caret_word_end", "selecting", "e", "Word end"),
    _action("caret_line_start", "selecting", "0 home", "Line start"),
    _action("caret_line_end", "selecting", "$ end", "Line end"),
    _action("caret_sentence", "selecting", ")", "Next sentence"),
    _action("caret_sentence_back", "selecting", "(", "Previous sentence"),
    _action("caret_paragraph", "selecting", "}", "Next paragraph"),
    _action("caret_paragraph_back", "selecting", "{", "Previous paragraph"),
    _action("caret_top", "selecting", "g", "Start of text"),
    _action("caret_bottom", "selecting", "G", "End of text"),
    _action("caret_match", "selecting", "n", "To next match"),
    _action("caret_match_back", "selecting", "N", "To previous match"),
    _action(
        "take_sentence",
        "selecting",
        "s",
        "Sentence",
        "Take the whole sentence; again takes the next one too",
        footer=True,
    ),
    _action(
        "take_paragraph",
        "selecting",
        "p",
        "Paragraph",
        "Take the whole paragraph; again takes the next one too",
        footer=True,
    ),
    _action("other_end", "selecting", "o", "Other end", "Move the other end of the selection"),
    _action("highlight_selection", "selecting", "enter H", "Highlight", "Highlight the selection", footer=True),
    _action("colour_1", "selecting", "1", "Yellow", "Highlight the selection in yellow"),
    _action("colour_2", "selecting", "2", "Red", "Highlight the selection in red"),
    _action("colour_3", "selecting", "3", "Green", "Highlight the selection in green"),
    _action("colour_4", "selecting", "4", "Blue", "Highlight the selection in blue"),
    _action("colour_5", "selecting", "5", "Purple", "Highlight the selection in purple"),
    _action(
        "take_ends", "selecting", "r", "Move ends", "Give the highlight that the selection touches the selection's ends"
    ),
    _action("note_selection", "selecting", "a", "Note", "Highlight the selection and write a note to it", footer=True),
    _action("add_actor", "selecting", "A", "Is an actor", "Make the selection an actor of the actors pane"),
    _action("add_number", "selecting", "#", "Is a figure", "Make the selection a figure of the numbers pane"),
    _action("add_quote", "selecting", '"', "Is a quote", "Make the selection a quote of the quotes pane"),
    _action("tag_selection", "selecting", "t", "Tags", "Highlight the selection and give it tags"),
    _action("copy_selection", "selecting", "y", "Copy", "Copy the selection", footer=True),
    _action("copy_selection_cited", "selecting", "Y", "Copy with source", "Copy the selection with its citation"),
    _action("leave_selection", "selecting", "escape v q", "Leave", "Leave the selection", footer=True),
    _action("row_down", "lists", "j down", "Down"),
    _action("row_up", "lists", "k up", "Up"),
    _action("rows_page_down", "lists", "pagedown ctrl+d ctrl+f", "Page down"),
    _action("rows_page_up", "lists", "pageup ctrl+u ctrl+b", "Page up"),
    _action("first_row", "lists", "g home", "First"),
    _action("last_row", "lists", "G end", "Last"),
    _action(
        "open_row", "lists", "enter", "Go to", "Go to its place in the text; again goes to the next place", footer=True
    ),
    _action("sort", "lists", "s", "Sort", "Change the order of the list", footer=True),
    _action("note_row", "lists", "a", "Note", "Write a note to this row's passage"),
    _action("highlight_row", "lists", "H", "Highlight", "Highlight this row's passage"),
    _action("copy_row", "lists", "y", "Copy", "Copy this row"),
    _action("merge", "actors", "M", "Merge", "Make this actor and another one the same", footer=True),
    _action("split", "actors", "S", "Split", "Make one of this actor's names an actor of its own", footer=True),
    _action("rename", "actors", "R", "Rename", "Give this actor its right name", footer=True),
    _action("kind", "actors", "C", "Kind", "Say what this is: person, organization, place or group", footer=True),
    _action("reject_actor", "actors", "x", "No actor", "Take this row out: it is no actor", footer=True),
    _action(
        "reject_everywhere", "actors", "X", "No actor anywhere", "Take this row out in every article: it is no actor"
    ),
    _action("edit_number", "numbers", "R", "Correct", "Put this figure right", footer=True),
    _action("reject_number", "numbers", "x", "No figure", "Take this row out: it is no figure", footer=True),
    _action("speaker", "quotes", "C", "Speaker", "Say who said this", footer=True),
    _action("reject_quote", "quotes", "x", "No quote", "Take this row out: nobody said it", footer=True),
    _action("edit_note", "notes", "e", "Edit", "Change this note", footer=True),
    _action(
        "place_note",
        "notes",
        "p r",
        "Place",
        "Move this highlight's ends, or say where it belongs when its passage is gone or its words changed",
        footer=True,
    ),
    _action("tag_note", "notes", "t", "Tags", "Change the tags of this highlight"),
    _action("colour_note", "notes", "c", "Colour", "Give this highlight another colour"),
    _action("delete_note", "notes", "x", "Delete", "Delete this highlight or note", footer=True),
    _action("choose_row", "shelf", "space", "Select", "Select this article, for what is done to several", footer=True),
    _action("open_group", "shelf", "right l", "Open group", "Show the groups within this one"),
    _action("close_group", "shelf", "left h", "Close group", "Hide the groups within it, or go to the one around it"),
    _action("tag_book", "shelf", "t", "Tags", "Change the tags of what is selected", footer=True),
    _action("star_book", "shelf", "*", "Star", "Star the article, or take its star", footer=True),
    _action("archive_book", "shelf", "A", "Archive", "Put the article away, or back on the shelf", footer=True),
    _action("read_book", "shelf", "r", "Read", "Count the article as read, or as not read"),
    _action("delete_book", "shelf", "x", "Delete", "Delete the article, or forget the saved search; u takes it back"),
    _action("save_search", "shelf", "S", "Save search", "Keep the filter of the shelf under a name, as a row of it"),
)

LIST_PLACES: tuple[Where, ...] = ("actors", "numbers", "quotes", "notes", "shelf")
"""The places that are one list each."""

_BY_ID = {action.id: action for action in ACTIONS}

Keymap = dict[str, tuple[str, ...]]
"""The keys of every action, by id."""


def action(id: str) -> Action:  # noqa: A002
    """The action of that id. Raises KeyError when there is none."""
    return _BY_ID[id]


def actions_in(*places: Where) -> tuple[Action, ...]:
    """The actions whose keys work in any of `places`, in the order of the table."""
    return tuple(item for item in ACTIONS if item.where in places)
