from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from itertools import product

import pytest
from pulumi_lumos.api import rate_limiter
from pulumi_lumos.api.clock import Clock
from pulumi_lumos.api.rate_headers import UNSURE_WAIT_SECONDS, LumosTime
from pulumi_lumos.api.rate_limiter import RateLimiter
from pulumi_lumos.api.responses import MAX_WAIT_SECONDS, Response

from .limits import LIMIT, WINDOW, Decision, FixedWindow, SlidingWindow, TokenBucket, headers

# How many times the ideal time means that requests stand still; a busy machine takes twice it.
STALLED = 5


def send(
    count: int, latency: float, take: Callable[[float], Decision]
) -> tuple[float, Counter[int]]:
    """Seconds that `count` requests from 32 threads take, and how they were answered."""
    limiter, lock = RateLimiter(32, Clock()), threading.Lock()
    answers: Counter[int] = Counter()

    def one(_: int) -> None:
        status = 0
        while status != 200:
            began = limiter.enter(60)
            assert began is not None
            time.sleep(latency / 2)
            with lock:
                decision = take(time.time())
            status = 200 if decision[0] else 429
            time.sleep(latency / 2)
            limiter.leave(began, Response(status, headers(decision)))
            answers[status] += 1

    began_at = time.monotonic()
    with ThreadPoolExecutor(32) as pool:
        list(pool.map(one, range(count)))
    return time.monotonic() - began_at, answers


@pytest.mark.parametrize("service", [FixedWindow, SlidingWindow, TokenBucket])
@pytest.mark.parametrize("latency", [0.0, 0.02])
def test_32_threads_keep_to_any_kind_of_limit_and_never_stall(
    service: Callable[[], FixedWindow], latency: float
) -> None:
    seconds, answers = send(5 * LIMIT, latency, service().take)
    assert answers[429] <= 0.2 * answers.total(), "benchmarks measure how few"
    assert seconds <= STALLED * 5 * WINDOW


def test_without_a_limit_in_force_nothing_waits() -> None:
    seconds, answers = send(320, 0.05, lambda now: (True, 900, now + 1))
    assert answers == {200: 320}
    assert seconds < STALLED * 10 * 0.05


def limited(status: int, remaining: int, reset_in: float, **more: str) -> Response:
    decision = (status == 200, remaining, time.time() + reset_in)
    return Response(status, {**headers(decision), **more})


def turn(limiter: RateLimiter, answer: Response) -> None:
    began = limiter.enter(0)
    assert began is not None
    limiter.leave(began, answer)


def test_nothing_is_sent_once_nothing_remains_until_the_reset() -> None:
    limiter = RateLimiter(32, Clock())
    turn(limiter, limited(200, 0, 0.2))
    assert limiter.enter(0.05) is None
    began_at = time.monotonic()
    assert limiter.enter(5) is not None
    assert time.monotonic() - began_at < STALLED * 0.2


def test_what_is_under_way_counts_against_what_remains() -> None:
    limiter = RateLimiter(32, Clock())
    turn(limiter, limited(200, 2, 30))
    assert limiter.enter(0) is not None
    assert limiter.enter(0) is not None
    assert limiter.enter(0.01) is None


def test_an_overtaken_answer_does_not_change_the_pace() -> None:
    limiter = RateLimiter(32, Clock())
    first, second = limiter.enter(0), limiter.enter(0)
    assert first is not None and second is not None
    limiter.leave(second, limited(200, 0, 30))
    limiter.leave(first, limited(200, 1, 30))
    assert limiter.enter(0.01) is None


def test_a_refusal_makes_everybody_wait_as_told() -> None:
    waits: list[float] = []
    limiter = RateLimiter(32, Clock(waits.append))
    turn(limiter, Response(200, {}))
    turn(limiter, Response(429, {"retry-after": "7"}))
    assert limiter.enter(5) is None
    assert waits == []
    assert limiter.enter(10) is not None
    assert sum(waits) == pytest.approx(7, abs=0.1)


def carried_out_at_once(limiter: RateLimiter) -> int:
    """How many requests pass now, each answered with success."""
    count = 0
    while count < 50 and (began := limiter.enter(0.001)) is not None:
        limiter.leave(began, Response(200, {}))
        count += 1
    return count


def test_refusals_without_any_numbers_slow_the_pace_down_and_it_recovers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rate_limiter, "WINDOW_SECONDS", 0.2)
    limiter = RateLimiter(32, Clock())
    for _ in range(9):
        turn(limiter, Response(200, {}))
    under_way = [limiter.enter(0) for _ in range(5)]
    for began in under_way:  # refused together: one piece of news
        assert began is not None
        limiter.leave(began, Response(429, {}))
    assert carried_out_at_once(limiter) == 0
    counts = []
    for _ in range(4):
        time.sleep(0.21)
        counts.append(carried_out_at_once(limiter))
    assert 6 <= counts[0] <= 8
    assert counts[0] < counts[-1] <= counts[0] + 4


def test_no_more_than_the_allowed_number_is_under_way_at_once() -> None:
    limiter = RateLimiter(3, Clock())
    turn(limiter, Response(200, {}))
    assert [limiter.enter(0.01) is None for _ in range(4)] == [False, False, False, True]


def test_a_connection_that_fails_gives_its_turn_back() -> None:
    limiter = RateLimiter(1, Clock())
    for _ in range(3):
        began = limiter.enter(0.01)
        assert began is not None
        limiter.leave(began, None)


@pytest.mark.parametrize("skew", [-3600, 0, 3600])
def test_a_wrong_local_clock_does_not_matter_where_lumos_tells_the_time(skew: float) -> None:
    lumos_now = 1_800_000_000.4
    allowance = LumosTime().read(
        {
            "x-ratelimit-remaining": "3",
            "x-ratelimit-reset": str(lumos_now + 10),
            "date": formatdate(lumos_now, usegmt=True),
        },
        lumos_now + skew,
    )
    assert allowance is not None
    assert allowance.reset_seconds == pytest.approx(10, abs=2)


@pytest.mark.parametrize(("reset_in", "seconds"), [(-3600, 0), (3600, 60)])
def test_a_reset_far_away_is_bounded(reset_in: float, seconds: float) -> None:
    now = 1_800_000_000
    numbers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(now + reset_in)}
    allowance = LumosTime().read({**numbers, "date": formatdate(now, usegmt=True)}, now)
    assert allowance is not None
    assert allowance.reset_seconds == seconds


@pytest.mark.parametrize("behind", [0, 1, 60, 3600, 10**9])
def test_a_reset_is_not_believed_without_lumos_time(behind: float) -> None:
    waits: list[float] = []
    limiter = RateLimiter(32, Clock(waits.append))
    turn(limiter, limited(200, 0, behind + 30))
    assert limiter.enter(10 * UNSURE_WAIT_SECONDS) is not None
    assert waits == []


def test_one_date_is_enough_to_believe_the_resets_that_follow() -> None:
    limiter = RateLimiter(32, Clock())
    turn(limiter, Response(200, {"date": formatdate(usegmt=True)}))
    turn(limiter, limited(200, 0, 30))
    assert limiter.enter(1.2 * UNSURE_WAIT_SECONDS) is None


NONSENSE = [
    "",
    "0",
    "0.5",
    "-0",
    "-1",
    "nan",
    "inf",
    "-inf",
    "1e-320",
    "1e308",
    "1e400",
    "9" * 5000,
    "soon",
    "1_0",
    "0x10",
    "10, 10",
    "\u0663",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Thu, 99 Foo 99999999999999999999 99:99:99",
]


@pytest.mark.parametrize("status", [200, 429, 503])
@pytest.mark.parametrize("limit", NONSENSE)
def test_learning_the_pace_never_loses_an_answer_or_stops_everybody(
    status: int, limit: str
) -> None:
    for remaining, reset, date in product(NONSENSE, ["0.5", *NONSENSE], ["", NONSENSE[-1]]):
        told = {
            "x-ratelimit-limit": limit,
            "x-ratelimit-remaining": remaining,
            "x-ratelimit-reset": reset,
            "retry-after": limit,
            "date": date,
        }
        clock = Clock(lambda _: None)
        limiter = RateLimiter(2, clock)
        for _ in range(3):
            turn(limiter, Response(status, told))
            clock.sleep(MAX_WAIT_SECONDS + 1)


JUMPS = [sign * seconds for sign in (-1, 1) for seconds in (0.5, 2, 60, 3600, 86400, 3e7)] * 2


def test_24_jumps_of_the_clock_hold_no_request_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    real, jumped = time.time, 0.0
    clock = Clock(lambda _: None)  # its sleeps only move it on
    limiter = RateLimiter(32, clock)
    monkeypatch.setattr(time, "time", lambda: real() + jumped)
    for jump in JUMPS:
        jumped += jump
        told = headers((True, 0, real() + 0.5))
        turn(limiter, Response(200, {**told, "date": formatdate(real(), usegmt=True)}))
        # Lumos tells its time in whole seconds, and perhaps a second late.
        assert limiter._seconds_to_turn(clock.now()) <= 0.5 + 2
        clock.sleep(3)


@pytest.mark.parametrize("text", ["", "soon", "nan", "inf", "-1"])
def test_unreadable_headers_say_nothing(text: str) -> None:
    numbers = {"x-ratelimit-remaining": text, "x-ratelimit-reset": "1"}
    assert LumosTime().read(numbers, 0) is None
