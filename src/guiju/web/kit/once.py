"""What one request asks again and again is asked of the database once. Outside of requests nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")
_KEPT: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("kept", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Inside, answers are kept, in this thread alone."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def forget() -> None:
    """After a change to what may have been asked."""
    kept = _KEPT.get()
    if kept is not None:
        kept.clear()


class once_a_request(Generic[Answer]):  # a decorator
    """A question about a person, and what else it names by keys."""

    def __init__(self, ask: Callable[..., Answer]) -> None:
        self.__doc__, self._ask = ask.__doc__, ask

    def __call__(self, user: Any, *about: Any) -> Answer:
        kept = _KEPT.get()
        if kept is None:
            return self._ask(user, *about)
        key = (self, user.pk, *about)
        if key not in kept:
            kept[key] = self._ask(user, *about)
        answer: Answer = kept[key]
        return answer

    def tell(self, answer: Answer, user: Any, *about: Any) -> None:
        """The answer is known already: no need to ask."""
        kept = _KEPT.get()
        if kept is not None:
            kept[self, user.pk, *about] = answer
