"""All that is done with what Textual keeps private, so that a new version of it need be checked here only."""

from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.driver import Driver
from textual.widget import Widget

from tui.terminal import ENTER, Terminal


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
    """The driver that takes over a terminal that is held; None, which is the usual one, where none is.

    It does not switch to the alternate screen a second time, which would clear the first page, and it gives the
    terminal back with the attributes that it had before it was held: to an editor in between, and in the end.
    """
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
