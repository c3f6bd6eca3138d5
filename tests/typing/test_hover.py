"""What an editor shows of every class, argument, output and key: our sentence about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pulumi_lumos
import pytest
from pulumi_lumos.declare.spec import ShapeSpec, shapes_in
from pulumi_lumos.kinds import kinds

from .language_server import LanguageServer


class Place(NamedTuple):
    """A line of the program, what is hovered over in it, and what has to be shown."""

    line: str
    word: str
    said: str


def places() -> Iterator[Place]:
    """A program that uses everything that is declared, line by line."""
    declared: dict[str, ShapeSpec] = {}
    yield Place("from typing import Any", "", "")
    yield Place("import pulumi_lumos as lumos", "", "")
    yield Place("x: Any = None", "", "")
    for name, kind in kinds().items():
        spec: Any = kind.spec
        declared |= {one.name: one for one in shapes_in(spec.shape) if one is not spec.shape}
        yield Place(f"kind_{name}: type[lumos.{name}]", f"lumos.{name}", first_line(spec.doc))
        yield Place(f"it = lumos.{name}(", f"lumos.{name}", "The class says what the resource is")
        yield Place('    "it",', "", "")
        for field in spec.fields.values():
            yield Place(f"    {field.name}=x,", field.name, field.doc)
        yield Place(")", "", "")
        for field in (*spec.fields.values(), *spec.computed.values()):
            yield Place(f"print(it.{field.name})", f"it.{field.name}", field.doc)
    for name, shape in declared.items():
        yield Place(f"{name}: lumos.{name} = {{", f"lumos.{name}", first_line(shape.doc))
        for field in shape.fields.values():
            yield Place(f'    "{field.name}": x,', field.name, field.doc)
        yield Place("}", "", "")
        yield Place(f"print(lumos.{name}(", "", "")
        for field in shape.fields.values():
            yield Place(f"    {field.name}=x,", field.name, field.doc)
        yield Place("))", "", "")
    for name in (one for one in pulumi_lumos.__all__ if one.startswith(("get_", "check_"))):
        said = first_line(getattr(pulumi_lumos, name).__doc__)
        yield Place(f"print(lumos.{name})", f"lumos.{name}", said)


def first_line(text: str) -> str:
    return text.strip().splitlines()[0]


PROGRAM = list(places())

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[Place, str]:
    """What the editor shows at each place."""
    file = tmp_path_factory.mktemp("program") / "program.py"
    file.write_text("\n".join(one.line for one in PROGRAM), encoding="utf-8")
    with LanguageServer(file) as server:
        return {
            one: plain(server.hover(number, end_of(one)))
            for number, one in enumerate(PROGRAM)
            if one.word
        }


def end_of(place: Place) -> int:
    """The column of the last letter of what is hovered over."""
    return place.line.index(place.word) + len(place.word) - 1


def plain(markdown: str) -> str:
    """The text without what Markdown escapes, on one line."""
    return " ".join(markdown.replace("\\", "").split())


def test_every_declaration_says_what_it_means(shown: dict[Place, str]) -> None:
    wrong = {
        f"{place.line.strip()} {place.said!r}": text
        for place, text in shown.items()
        if not place.said or plain(place.said) not in text
    }
    assert wrong == {}
    assert len(shown) > 150


def test_nothing_of_pulumis_own_machinery_is_shown(shown: dict[Place, str]) -> None:
    assert [text for text in shown.values() if "CRUD" in text] == []
