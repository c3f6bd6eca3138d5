"""Threads that ask Lumos the same question at the same time share one request.

A program asks from many threads at once (`get_app_output`, the dynamic host). Without this each
thread would send its own request. If Lumos did not answer, the threads would wait for one deadline
after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from copy import copy
from threading import Lock
from typing import Generic, TypeVar

from pulumi_lumos.api.forks import begin_afresh_in_children
from pulumi_lumos.errors import LumosError

T = TypeVar("T")


class Flights(Generic[T]):
    """The questions that wait for Lumos's answer now, by what they ask for."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, Future[T]] = {}
        self._lock = Lock()
        begin_afresh_in_children(self)

    def begin_afresh(self) -> None:
        """Wait for no thread of the parent process."""
        self._under_way = {}
        self._lock = Lock()

    def join(self, desired: Hashable, ask: Callable[[], T]) -> T:
        """Call `ask`, or wait for the answer of a thread that already asks for the same."""
        with self._lock:
            answer = self._under_way.get(desired)
            if answer is None:
                mine = self._under_way[desired] = Future()
        if answer is None:
            return self._fly(desired, mine, ask)
        failure = answer.exception()
        if failure is None:
            return answer.result()
        # Lumos refuses this thread too. An interrupt concerns only the thread that it hit.
        if isinstance(failure, LumosError):
            raise copy(failure)
        return self.join(desired, ask)

    def _fly(self, desired: Hashable, answer: Future[T], ask: Callable[[], T]) -> T:
        try:
            result = ask()
        except BaseException as failure:
            self._land(desired)
            answer.set_exception(failure)
            raise
        self._land(desired)
        answer.set_result(result)
        return result

    def _land(self, desired: Hashable) -> None:
        with self._lock:
            self._under_way.pop(desired, None)


class Memory(Generic[T]):
    """Answers of Lumos by what was asked for, each asked for once; failures are not kept."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, T] = {}
        self._flights: Flights[T] = Flights()

    def get(self, desired: Hashable, ask: Callable[[], T]) -> T:
        """Return the answer; call `ask` if there is none yet."""
        if desired not in self._answers:
            self._flights.join(desired, lambda: self._ask_once(desired, ask))
        return self._answers[desired]

    def known(self, desired: Hashable) -> T | None:
        """The answer, if there is one by now."""
        return self._answers.get(desired)

    def _ask_once(self, desired: Hashable, ask: Callable[[], T]) -> T:
        """Keep the answer before the flight lands: whoever comes later finds one or the other."""
        if desired not in self._answers:
            self._answers[desired] = ask()
        return self._answers[desired]
