"""Texts that cannot be meant, and texts that look the same and are not."""

from __future__ import annotations

import pulumi
import pytest
from pulumi_lumos import RequestablePermission
from pulumi_lumos.values.texts import look_alikes, text_problems

SHAPE = RequestablePermission.spec.shape
COMPOSED, DECOMPOSED = "Caf\u00e9", "Cafe\u0301"


def test_every_spelling_of_an_output_in_a_text_is_named_with_its_path() -> None:
    async def program() -> dict[str, str]:
        output = pulumi.Output.from_input("Slack")
        texts = {"str": f"{output} admin", "repr": f"{output!r} admin", "percent": f"{output}"}
        return dict(text_problems({"label": "Admin", "all": list(texts.values())}))

    found = pulumi.runtime.sync_await._sync_await(program())
    assert set(found) == {"all[0]", "all[1]", "all[2]"}
    assert all("pulumi.Output.format" in why for why in found.values())


def test_half_of_a_character_is_named_and_a_whole_one_is_not() -> None:
    found = dict(text_problems({"label": "\ud83e", "other": "🦊"}))
    assert list(found) == ["label"]
    assert "half of a character" in found["label"]


@pytest.mark.parametrize(
    ("old", "new", "spelled"),
    [
        (COMPOSED, DECOMPOSED, "'Caf\\xe9' becomes 'Cafe\\u0301'"),
        ("On call", "On\u00a0call", "'On call' becomes 'On\\xa0call'"),
        ("Admin", "Ad\u200bmin", "'Admin' becomes 'Ad\\u200bmin'"),
        ("x" * 50 + COMPOSED, "x" * 50 + DECOMPOSED, "'xxxxxCaf\\xe9' becomes 'xxxxxCafe\\u0301'"),
    ],
)
def test_a_change_that_nobody_can_see_is_spelled_out(old: str, new: str, spelled: str) -> None:
    ((path, why),) = look_alikes(SHAPE, {"label": old}, {"label": new})
    assert path == "label"
    assert spelled in why


def test_a_change_that_people_see_is_not_spelled_out() -> None:
    for old, new in ((COMPOSED, "Cafe"), ("Admin", "admin"), ("Admin", "Admin 2")):
        assert not list(look_alikes(SHAPE, {"label": old}, {"label": new}))
    assert not list(look_alikes(SHAPE, {"label": COMPOSED}, {"label": COMPOSED}))


def test_an_item_of_a_list_is_compared_with_the_items_before() -> None:
    def durations(*texts: str) -> dict[str, object]:
        return {"request_config": {"request_fulfillment_config": {"time_based_access": [*texts]}}}

    ((path, why),) = look_alikes(SHAPE, durations("1 day", "é"), durations("é", "1\u2009day", "x"))
    assert path == "request_config.request_fulfillment_config.time_based_access"
    assert "'1 day' becomes '1\\u2009day'" in why
