"""What a URN of Pulumi says of a resource, whatever the program calls it."""

from __future__ import annotations

import pytest
from pulumi_lumos.urns import kind_of, name_of, stack_of, type_of

APP = "lumos:index:App"


@pytest.mark.parametrize("name", ["it", "eu::it", "eu::default", "::", "a$b", "urn:pulumi:a::b"])
@pytest.mark.parametrize(
    "type", [APP, f"company:index:Team${APP}", "pulumi-python:dynamic/lumos:App"]
)
def test_the_name_is_what_the_program_says_and_the_rest_is_before_it(name: str, type: str) -> None:
    urn = f"urn:pulumi:dev::appstore::{type}::{name}"
    assert (name_of(urn), type_of(urn), kind_of(urn)) == (name, type, "App")
    assert stack_of(urn) == "appstore/dev"


def test_a_text_that_is_no_urn_is_a_name() -> None:
    assert [name_of(text) for text in ("", "it", "eu::it")] == ["", "it", "eu::it"]
