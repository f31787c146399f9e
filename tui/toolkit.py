"""All that is done with what Textual keeps private, so that a new version of it need be checked here only."""

from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.widget import Widget


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
