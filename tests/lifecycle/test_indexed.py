"""An index never knows more or less than a look at all objects."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi_lumos.reading.indexed import Indexed

IDS = st.sampled_from(["a", "b", "c"])
# What Lumos answers may be missing or a list, which is not hashable.
VALUES = st.sampled_from(["x", "y", None, ["x"]])
ITEMS = st.fixed_dictionaries({}, optional={"app_id": VALUES, "label": VALUES})
KEYS = st.fixed_dictionaries({"app_id": VALUES}, optional={"label": VALUES})
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), IDS, ITEMS),
        st.tuples(st.just("add"), IDS, ITEMS),
        st.tuples(st.just("remove"), IDS),
        st.tuples(st.just("matching"), KEYS),
    )
)


@given(steps=STEPS)
def test_what_matches_is_what_a_look_at_all_finds(steps: list[tuple[Any, ...]]) -> None:
    indexed, plain = Indexed(), dict[str, dict[str, Any]]()
    for act, *given_ in [*steps, ("matching", {}), ("matching", {"app_id": "x"})]:
        found = getattr(indexed, act)(*given_)
        if act == "matching":
            (key,) = given_
            same = [i for i in plain.values() if all(i.get(n) == v for n, v in key.items())]
            assert sorted(map(repr, found)) == sorted(map(repr, same))
        elif act == "remove":
            plain.pop(given_[0], None)
        elif act == "put":
            plain[given_[0]] = given_[1]
        else:
            plain.setdefault(given_[0], given_[1])
        assert [indexed.find(id) for id in "abc"] == [plain.get(id) for id in "abc"]
