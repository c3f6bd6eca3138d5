"""Threads that look things up at the same time pay for each page once, and for each failure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.errors import LumosError
from pulumi_lumos.lookups import functions
from pulumi_lumos.lookups.errors import NotOne
from pulumi_lumos.lookups.kinds import APP, INLINE_WEBHOOK, USER, LookupKind
from pulumi_lumos.lookups.reading import Lookups
from pulumi_lumos.program.run import ProgramRun
from pulumi_lumos.reading.flights import Flights, Memory

from ..drivers.pages import serve, shortened
from ..drivers.scripted import TOKEN, Handler, ScriptedLumos, Step, lumos, reset, status
from ..patience import wait_until

__all__ = ["lumos"]

APPS = [{"id": f"a{number}", "user_friendly_label": f"App {number}"} for number in range(450)]
THREADS = 200


@pytest.fixture
def client(lumos: ScriptedLumos) -> Iterator[LumosClient]:
    opened = LumosClient(Settings(TOKEN, lumos.url, max_retries=0))
    yield opened
    opened.close()


class Crowd:
    """Threads that ask at the same time, and a Lumos that answers once many have asked."""

    MANY = THREADS // 4

    def __init__(self) -> None:
        self.asking = 0
        self.lock = threading.Lock()

    def ask(self, question: Callable[[int], Any], count: int) -> list[Any]:
        """What the threads get, errors too."""

        def caught(number: int) -> Any:
            with self.lock:
                self.asking += 1
            try:
                return question(number)
            except LumosError as error:
                return error

        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(caught, range(count)))

    def hears(self, step: Step) -> Step:
        """The same answer, once many have asked."""

        def later(handler: Handler) -> None:
            wait_until(lambda: self.asking >= self.MANY, "many threads ask")
            step(handler)

        return later


def at_once(question: Callable[[int], Any], count: int) -> list[Any]:
    return Crowd().ask(question, count)


def test_two_thousand_lookups_of_200_threads_take_one_request_a_page(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    crowd = Crowd()
    lumos.answers(crowd.hears(serve(APPS)))
    lookups = Lookups(client)
    found = crowd.ask(lambda n: lookups.get(APP, {"name": f"App {n % 450}"}).id, 10 * THREADS)
    assert found == [f"a{n % 450}" for n in range(10 * THREADS)]
    assert len(lumos.seen) == 5


def test_programs_share_one_memory_however_many_threads_begin(
    lumos: ScriptedLumos, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = Crowd()
    lumos.answers(crowd.hears(serve(APPS)))
    settings = Settings(f"{TOKEN}-of-threads", lumos.url)
    made = []

    def counted(client: LumosClient) -> Lookups:
        wait_until(lambda: crowd.asking >= crowd.MANY, "many threads begin")
        made.append(client)
        return Lookups(client)

    monkeypatch.setattr(functions, "Lookups", counted)
    run = ProgramRun()
    monkeypatch.setattr(functions, "this_run", lambda: run)
    get = functions._lookups
    crowd.ask(lambda n: get(settings).get(APP, {"id": f"a{n % 450}"}), THREADS)
    assert len(made) == 1
    assert len(lumos.seen) == 5


@pytest.mark.parametrize(
    ("kind", "given", "items"),
    [
        (INLINE_WEBHOOK, {"name": "Provision"}, [{"id": "w", "name": "Provision"}]),
        (USER, {"id": "u"}, {"items": [{"id": "other"}], "total": 10**6}),
    ],
)
def test_what_many_threads_ask_for_by_itself_is_asked_for_once(
    lumos: ScriptedLumos,
    client: LumosClient,
    kind: LookupKind[Any],
    given: dict[str, str],
    items: Any,
) -> None:
    crowd = Crowd()

    def step(handler: Handler) -> None:
        body = {"id": "u"} if handler.path.startswith("/users/u") else items
        crowd.hears(status(200, body))(handler)

    lumos.answers(step)
    lookups = Lookups(client)
    found = crowd.ask(lambda _: lookups.get(kind, given).id, THREADS)
    assert len(set(found)) == 1
    assert len(lumos.seen) == (1 if kind is INLINE_WEBHOOK else 2)


def test_behind_a_lumos_that_does_not_answer_all_threads_share_one_failure(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    crowd = Crowd()
    lumos.answers(crowd.hears(reset))
    lookups = Lookups(client)
    found = crowd.ask(lambda n: lookups.get(APP, {"name": f"App {n}"}), THREADS)
    assert {type(one) for one in found} == {errors.NoAnswer}
    assert len({id(one) for one in found}) == THREADS, "each thread has an error of its own"
    # Who asks only after the failure asks anew, and few do.
    assert len(lumos.seen) < THREADS - crowd.MANY / 2


def test_after_a_failure_the_pages_that_came_are_not_asked_for_again(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    failed = threading.Event()

    def step(handler: Handler) -> None:
        if "page=3" in handler.path and not failed.is_set():
            failed.set()
            status(500)(handler)
        else:
            serve(APPS)(handler)

    lumos.answers(step)
    lookups = Lookups(client)
    found = at_once(lambda n: lookups.get(APP, {"name": f"App {n}"}), 20)
    assert failed.is_set() and any(isinstance(one, errors.Unavailable) for one in found)
    assert lookups.get(APP, {"name": "App 449"}).id == "a449"
    pages = [seen.path.partition("page=")[2][:1] for seen in lumos.seen]
    assert sorted(pages) == ["1", "2", "3", "3", "4", "5"]


def test_one_object_that_a_page_shows_twice_is_one(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    slack = {"id": "s", "user_friendly_label": "Slack"}
    lumos.answers(serve([slack, {"id": "o", "user_friendly_label": "Okta"}, slack]))
    assert Lookups(client).get(APP, {"name": "Slack"}).id == "s"
    assert len(lumos.seen) == 1
    assert [item["id"] for item in Lookups(client).search(APP)] == ["s", "o"]
    with pytest.raises(NotOne, match=r"Similar are: Slack \(id s\)\. Correct"):
        Lookups(client).get(APP, {"name": "Slak"})


def test_one_object_that_two_pages_show_is_one(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(serve([*APPS[:110], *APPS[90:120]]))
    lookups = Lookups(client)
    found = at_once(lambda n: lookups.get(APP, {"name": f"App {n}"}).id, 120)
    assert found == [f"a{n}" for n in range(120)]


@pytest.mark.parametrize("most", [7, 50, 99])
def test_short_pages_hide_nothing_from_lookups(
    lumos: ScriptedLumos, client: LumosClient, most: int
) -> None:
    crowd = Crowd()
    lumos.answers(crowd.hears(shortened(APPS[:120], most)))
    lookups = Lookups(client)
    found = crowd.ask(lambda n: lookups.get(APP, {"name": f"App {n}"}).id, 120)
    assert found == [f"a{n}" for n in range(120)]
    assert len(lumos.seen) <= -(-120 // most) + 1


def test_pages_that_repeat_each_other_end_in_questions_for_single_objects(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    def step(handler: Handler) -> None:
        if "name_search" in handler.path:
            status(200, {"items": [APPS[400]], "total": 1})(handler)
        else:
            status(200, {"items": APPS[:100], "total": 450, "size": 100})(handler)

    lumos.answers(step)
    lookups = Lookups(client)
    at_once(lambda n: lookups.get(APP, {"name": f"App {n}"}), 10)
    assert lookups.get(APP, {"name": "App 400"}).id == "a400"
    # Of each: the question, the same once more before it counts as missing, and what is similar.
    assert len(lumos.seen) < 6 + 3 * 10 + 2


@pytest.mark.parametrize("outcome", ["well", errors.NotFound("GET", "/x")], ids=["answer", "error"])
def test_a_flight_gives_its_answer_or_refusal_to_all_on_board(outcome: Any) -> None:
    flights: Flights[str] = Flights()
    crowd, asked = Crowd(), []

    def ask() -> str:
        asked.append(outcome)
        wait_until(lambda: crowd.asking >= crowd.MANY, "many threads ask")
        if isinstance(outcome, Exception):
            raise outcome
        return str(outcome)

    found = crowd.ask(lambda _: flights.join("it", ask), THREADS)
    assert {str(one) for one in found} == {str(outcome)}
    assert len(asked) < THREADS - crowd.MANY / 2


def test_a_thread_that_comes_as_an_answer_arrives_does_not_ask_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory: Memory[str] = Memory()
    land = Flights._land
    asked: list[str] = []
    late: list[str] = []

    def ask() -> str:
        asked.append("it")
        return f"answer {len(asked)}"

    def land_and_ask(flights: Flights[str], desired: str) -> None:
        land(flights, desired)
        if len(asked) == 1 and not late:
            late.append("")
            late[0] = memory.get("it", ask)

    monkeypatch.setattr(Flights, "_land", land_and_ask)
    assert (memory.get("it", ask), *late) == ("answer 1", "answer 1")


def test_what_breaks_one_thread_off_breaks_no_other_off() -> None:
    memory: Memory[str] = Memory()
    first, crowd = threading.Lock(), Crowd()
    interrupted = []

    def ask() -> str:
        if first.acquire(blocking=False):
            wait_until(lambda: crowd.asking >= crowd.MANY, "many threads ask")
            raise KeyboardInterrupt
        return "asked again"

    def interrupt() -> None:
        try:
            memory.get("it", ask)
        except KeyboardInterrupt:
            interrupted.append(True)

    thread = threading.Thread(target=interrupt)
    thread.start()
    wait_until(first.locked, "the first thread asks")
    assert crowd.ask(lambda _: memory.get("it", ask), THREADS) == ["asked again"] * THREADS
    thread.join()
    assert interrupted == [True]
