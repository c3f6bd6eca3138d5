from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.api import errors, paging
from pulumi_lumos.api.client import LumosClient

from ..drivers.pages import objects, pages_asked, serve, shortened
from ..drivers.scripted import ScriptedLumos, status


@pytest.mark.parametrize(
    ("count", "requests"), [(0, 1), (1, 1), (99, 1), (100, 1), (101, 2), (200, 2), (250, 3)]
)
def test_a_list_takes_one_request_per_hundred_objects(
    lumos: ScriptedLumos, client: LumosClient, count: int, requests: int
) -> None:
    lumos.answers(serve(objects(1, count)))
    assert client.list("/groups", {"app_id": "a"}) == objects(1, count)
    assert pages_asked(lumos) == list(range(1, requests + 1))
    assert all("app_id=a" in seen.path and "size=100" in seen.path for seen in lumos.seen)


@pytest.mark.parametrize("total", [None, 0, 1, 99, 101, 250, 9999, "many", True])
def test_a_missing_or_wrong_total_hides_nothing(
    lumos: ScriptedLumos, client: LumosClient, total: Any
) -> None:
    lumos.answers(serve(objects(1, 250), total=total))
    assert client.list("/groups") == objects(1, 250)


def test_a_server_that_gives_smaller_pages_is_followed_to_the_end(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(serve(objects(1, 120), size=50, total=None))
    assert client.list("/groups") == objects(1, 120)


@pytest.mark.parametrize("size", [100, None, 0, -5, "many", 10**30])
@pytest.mark.parametrize("most", [1, 7, 50, 99])
def test_pages_that_are_shorter_than_they_say_are_followed_as_far_as_the_total(
    lumos: ScriptedLumos, client: LumosClient, size: Any, most: int
) -> None:
    lumos.answers(shortened(objects(1, 120), most, size=size))
    assert client.list("/groups") == objects(1, 120)
    assert len(lumos.seen) == -(-120 // most)


def test_a_total_that_is_never_reached_ends_with_an_empty_page(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(shortened(objects(1, 120), 50, total=10**12))
    assert client.list("/groups") == objects(1, 120)
    assert pages_asked(lumos) == [1, 2, 3, 4]


@pytest.mark.parametrize("total", [120, 10**12])
def test_short_pages_that_repeat_each_other_are_found_out(
    lumos: ScriptedLumos, client: LumosClient, total: int
) -> None:
    lumos.answers(status(200, {"items": objects(1, 50), "total": total, "size": 100}))
    with pytest.raises(errors.UnexpectedAnswer, match="repeats the pages before it"):
        client.list("/groups")
    assert len(lumos.seen) == 2


def test_an_object_that_stands_twice_on_a_page_comes_once(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    twice = [{"id": "1", "name": "first"}, {"id": "2"}, {"id": "1", "name": "second"}]
    lumos.answers(serve(twice))
    assert client.list("/groups") == twice[:2]
    assert client.page("/groups").items == twice[:2]
    lumos.answers(status(200, twice))
    assert client.list("/inline_webhooks") == twice[:2]


@pytest.mark.parametrize("id", [None, {}, [], {"a": 1}, [1], 1.5])
def test_an_object_with_a_bad_id_is_not_left_out(
    lumos: ScriptedLumos, client: LumosClient, id: Any
) -> None:
    lumos.answers(serve([{"id": id}, {"id": id}]))
    assert client.list("/x") == [{"id": id}, {"id": id}]


def test_only_items_are_needed(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(
        status(200, {"items": objects(1, 100)}),
        status(200, {"items": objects(101, 130)}),
    )
    assert client.list("/groups") == objects(1, 130)


def test_a_plain_array_is_a_list(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(status(200, objects(1, 300)))
    assert client.list("/inline_webhooks") == objects(1, 300)
    assert len(lumos.seen) == 1


def test_an_object_on_two_pages_comes_once(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(
        status(200, {"items": objects(1, 100), "total": 150, "size": 100}),
        status(200, {"items": objects(91, 150), "total": 150, "size": 100}),
    )
    assert client.list("/groups") == objects(1, 150)


def test_objects_without_an_id_all_come(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(serve([{"app_id": "a"}, {"app_id": "a"}]))
    assert client.list("/x") == [{"app_id": "a"}, {"app_id": "a"}]


def test_a_server_that_ignores_the_page_is_found_out(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(200, {"items": objects(1, 100), "total": 500, "size": 100}))
    with pytest.raises(errors.UnexpectedAnswer, match="repeats the pages before it"):
        client.list("/groups")
    assert len(lumos.seen) == 2


def test_a_list_without_end_is_given_up(
    lumos: ScriptedLumos, client: LumosClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MAX_PAGES", 3)
    lumos.answers(serve(objects(1, 1000), total=None))
    with pytest.raises(errors.UnexpectedAnswer, match="more than 3 pages"):
        client.list("/groups")
    assert len(lumos.seen) == 3


@pytest.mark.parametrize("body", [{}, {"items": None}, {"items": {}}, {"items": ["x"]}, ["x"]])
def test_an_answer_that_is_not_a_list_of_objects_is_unexpected(
    lumos: ScriptedLumos, client: LumosClient, body: Any
) -> None:
    lumos.answers(status(200, body))
    with pytest.raises(errors.UnexpectedAnswer):
        client.list("/groups")


def test_one_page_can_be_read_by_its_number(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(serve(objects(1, 250)))
    page = client.page("/groups", {"app_id": "a"}, 3)
    assert page.items == objects(201, 250)
    assert page.total == 250
    assert pages_asked(lumos) == [3]
