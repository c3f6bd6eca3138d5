"""Every mistake that Python programs hear of, as programs in other languages hear of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pulumi_lumos.hosts.names import camel_path

from ..drivers.packaged_host import DECLARED, OF_PYTHON, in_camel_case
from ..drivers.served import Driver, configured
from ..drivers.tenant import Tenant
from ..host.bad_input import Values, every_case, lumos

__all__ = ["lumos"]


@pytest.fixture(scope="module")
def checking(lumos: Tenant) -> Iterator[Driver]:
    """A provider that is only asked to check, so that all cases can share it."""
    with configured(lumos) as driver:
        yield driver


@every_case
def test_a_mistake_is_a_sentence_at_its_property_in_camel_case(
    resource: tuple[str, Values], paths: set[str], checking: Driver
) -> None:
    kind, given = resource
    wrong = checking.check(kind, in_camel_case(given))
    assert wrong.keys() == {camel_path(path) for path in paths}
    for text in wrong.values():
        assert "\n" not in text
        assert OF_PYTHON.search(text) is None, text
        assert {word for word in re.findall(r"\w+", text) if "_" in word} & DECLARED == set(), text
