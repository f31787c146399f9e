"""Work in a thread that nobody waits for on leaving: a slow server, a browser that takes its time.

`asyncio.to_thread` is for what is over in a moment: the loop waits for its threads in the end, with the screen gone.
What runs here may be broken off at any point, and must leave the files whole then, as a kill would.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


async def beside(function: Callable[..., Result], *arguments: Any) -> Result:
    """What `function` gives or raises, called in a thread of its own."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if answer.done():
            return  # cancelled meanwhile
        if error is None:
            answer.set_result(result)  # type: ignore[arg-type]
        else:
            answer.set_exception(error)

    def work() -> None:
        try:
            outcome: tuple[Result | None, BaseException | None] = (function(*arguments), None)
        except Exception as error:
            outcome = None, error
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=work, name=f"beside {function.__name__}", daemon=True).start()
    return await answer
