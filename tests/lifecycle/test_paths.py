"""Property paths, also of names that only free JSON has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pulumi_lumos.values.paths import joined, steps_of


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_a_path_names_what_it_was_made_of(names: list[str]) -> None:
    path = ""
    for name in names:
        path = joined(path, name)
    assert list(steps_of(path)) == names
