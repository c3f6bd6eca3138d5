"""The limit on tracebacks while a resource is registered is gone afterwards, whatever happens."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from pulumi_lumos.program.stack_trace import only_frames_of_the_program

from ..patience import PATIENCE_SECONDS


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = limit()
    yield
    set_limit(before)


def limit() -> int | None:
    return getattr(sys, "tracebacklimit", None)


def set_limit(value: int | None) -> None:
    if value is not None:
        sys.tracebacklimit = value
    elif hasattr(sys, "tracebacklimit"):
        del sys.tracebacklimit


@pytest.mark.parametrize("before", [None, 0, 3])
def test_what_the_program_has_set_is_back_afterwards(before: int | None) -> None:
    set_limit(before)
    with only_frames_of_the_program():
        assert limit() not in (None, before)
    assert limit() == before


def test_it_is_back_after_a_failure_too() -> None:
    set_limit(None)
    with pytest.raises(ValueError, match="no such thing"), only_frames_of_the_program():
        raise ValueError("no such thing")
    assert limit() is None


def test_a_deeper_resource_within_another_keeps_all_its_frames() -> None:
    """A transformation of the program may register a resource of its own."""
    set_limit(None)
    seen: list[int | None] = []

    def register(depth: int) -> None:
        if depth:
            register(depth - 1)
            return
        with only_frames_of_the_program():
            seen.append(limit())

    with only_frames_of_the_program():
        outer = limit()
        register(20)
        assert limit() == seen[0]
    assert outer is not None
    assert seen[0] is not None
    assert seen[0] >= outer + 20
    assert limit() is None


def test_threads_that_register_at_once_leave_no_limit_behind() -> None:
    """Each of two enters before either leaves, and the first to enter leaves first."""
    set_limit(None)
    both_inside = threading.Barrier(2, timeout=PATIENCE_SECONDS)
    first_is_out = threading.Event()

    def first() -> None:
        with only_frames_of_the_program():
            both_inside.wait()
        first_is_out.set()

    other = threading.Thread(target=first)
    other.start()
    with only_frames_of_the_program():
        both_inside.wait()
        assert first_is_out.wait(PATIENCE_SECONDS)
        assert limit() is not None
    other.join()
    assert limit() is None
