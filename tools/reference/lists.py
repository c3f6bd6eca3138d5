"""The lists of all kinds in other files: the table of the README and the menu of the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pulumi_lumos.kinds import kinds

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class KindList:
    """A list in a file: `line` finds an entry, with the kind as its group, `write` makes one."""

    path: Path
    line: re.Pattern[str]
    write: Callable[[str, str], str]


LISTS = (
    KindList(
        ROOT / "README.md",
        re.compile(r"^\| \[(\w+)\]\(docs/reference/\w+\.md\) \| .*\n", re.M),
        lambda kind, page: f"| [{kind}]({page}) | {_first_sentence(kind)} |\n",
    ),
    KindList(
        ROOT / "mkdocs.yml",
        re.compile(r"^      - (\w+): docs/reference/\w+\.md\n", re.M),
        lambda kind, page: f"      - {kind}: {page}\n",
    ),
)


def file_name(kind: str) -> str:
    """What the files about a kind are called."""
    return re.sub("(?<!^)(?=[A-Z])", "_", kind).lower()


def texts() -> dict[Path, str]:
    """The text of each file that lists the kinds; a kind that is new to it comes last."""
    return {one.path: _with_all_kinds(one, one.path.read_text(encoding="utf-8")) for one in LISTS}


def _with_all_kinds(one: KindList, text: str) -> str:
    found = list(one.line.finditer(text))
    listed = [entry[1] for entry in found if entry[1] in kinds()]
    names = [*listed, *(name for name in kinds() if name not in listed)]
    lines = "".join(one.write(name, f"docs/reference/{file_name(name)}.md") for name in names)
    return text[: found[0].start()] + lines + text[found[-1].end() :]


def _first_sentence(kind: str) -> str:
    return kinds()[kind].spec.doc.partition("\n")[0]
