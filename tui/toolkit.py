"""All that is done with what Textual keeps private, so that a new version of it need be checked here only."""

from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.driver import Driver
from textual.messages import ExitApp
from textual.widget import Widget

from tui.terminal import ENTER, Terminal, in_browser


class LazyLooks(Widget):
    """A widget whose component classes are styled when they are asked for.

    The toolkit styles all of them at every change of a class, of the focus or of the theme. The reader screen has 180
    of them, most of which no frame ever shows; styling them took half of the time to the first frame.
    """

    def get_component_styles(self, *names: str) -> RenderStyles:
        """The styles of component classes, laid over each other. Raises KeyError when there is no such class."""
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                node = DOMNode(classes=name)
                node._attach(self)
                self.app.stylesheet.apply(node)
                self._component_styles[name] = node.styles
        return super().get_component_styles(*names)

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]
        """None: this is asked when the widget has been styled anew. What was made under the old style is forgotten."""
        if self._component_styles:
            self._component_styles.clear()
            self.notify_style_update()
            self.refresh()
        return frozenset()


def driver_after(terminal: Terminal) -> type[Driver] | None:
    """The driver that takes over a terminal that is held, or speaks to a browser; None, which is the usual one, else.

    The first does not switch to the alternate screen a second time, which would clear the first page, and it gives the
    terminal back with the attributes that it had before it was held: to an editor in between, and in the end.
    """
    if in_browser():
        return _driver_in_browser()
    if terminal.attributes is None:
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class TakingOver(LinuxDriver):
        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self.attrs_before = list(terminal.attributes or [])

        def write(self, data: str) -> None:
            if data == ENTER and not terminal.taken:
                terminal.taken = True
                if terminal.shown:
                    return
            super().write(data)

    return TakingOver


def _driver_in_browser() -> type[Driver]:
    """The toolkit's own, but that the app ends when there is nobody at the other end: `briefbook serve` was killed."""
    from textual.drivers.web_driver import WebDriver

    class UntilClosed(WebDriver):
        def run_input_thread(self) -> None:
            super().run_input_thread()
            if not self.exit_event.is_set():
                self._app.post_message(ExitApp())

    return UntilClosed
