"""Showing how an article begins while the cursor of the shelf is on it. A side of the reader screen.

Nothing is done to the article: it is not opened, counted as read or analysed, and its place is kept. What is open stays
as it is beneath, and is there again as soon as the shelf is left.
"""

from functools import partial

from textual import work
from textual.geometry import Region
from textual.timer import Timer

from store.errors import BriefbookError
from tui.panes.heads import is_article
from tui.panes.shelf_pane import ShelfPane
from tui.reader.messages import Moved
from tui.screens.grouping import Grouping
from tui.screens.preview import Preview

PREVIEW_AFTER = 0.15
"""Seconds that the cursor rests on an article until it is previewed: a held key never waits for it."""
_NARROWEST = 20
"""Cells beside the shelf from which on a preview is of use."""
_PREVIEWING = "-previewing"


class Previewing(Grouping):
    """The side of the reader screen that previews articles."""

    _rest: Timer | None = None

    def on_shelf_pane_pointed(self, message: ShelfPane.Pointed) -> None:
        """The cursor of the shelf moved, or the shelf was left."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if not self.desk.config.preview or not is_article(message.key) or message.key in ("", self.key):
            self.end_preview()
        else:
            self._rest = self.set_timer(PREVIEW_AFTER, partial(self._preview, message.key))

    def on_reader_moved(self, _: Moved) -> None:
        """Another article is open, or one went to a place of this one: that is what is to be seen."""
        self.end_preview()

    def on_resize(self) -> None:
        """The preview stands where the text does."""
        if self.has_class(_PREVIEWING):
            self.call_after_refresh(self._place_preview)

    def on_preview_chosen(self, message: Preview.Chosen) -> None:
        """It was clicked on."""
        self.open_shelf_row(message.key)

    def open_shelf_row(self, key: str) -> None:
        """Do what a row of the shelf stands for; `Shelving` does it."""
        raise NotImplementedError

    def end_preview(self) -> None:
        """Show what is open again."""
        self.workers.cancel_group(self, "preview")
        self.remove_class(_PREVIEWING)

    @work(exclusive=True, group="preview")
    async def _preview(self, key: str) -> None:
        try:
            article = await self.desk.call(self.desk.glance, key)
        except BriefbookError:
            article = None  # its row in the shelf says why
        row = self.shelf.row()
        if row is None or row.key != key or not self.shelf.has_focus or key == self.key:
            return
        if article is None:
            self.end_preview()
            return
        self.preview.show(key, article, f"{self._key('open_row')} opens it · {self._key('cancel')} leaves the shelf")
        self._place_preview()

    def _place_preview(self) -> None:
        region = self._room()
        self.set_class(region.width >= _NARROWEST, _PREVIEWING)
        styles = self.preview.styles
        styles.offset, styles.width, styles.height = (region.x, region.y), region.width, region.height

    def _room(self) -> Region:
        """Where it stands: over the article, and on a narrow screen over all that the shelf leaves free."""
        body, article = self.query_one("#body").region, self.query_one("#article").region
        if not self.has_class("-narrow"):
            return article.translate((-body.x, -body.y))
        left = self.shelf.region.right
        return Region(left - body.x, 0, body.right - left, body.height)
