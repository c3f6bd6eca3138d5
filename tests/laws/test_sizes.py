"""Files and functions that can be read in one sitting, named by what they are."""

from __future__ import annotations

import re
from statistics import median

from .source import all_files, modules

FILE_LINES = 299
FUNCTION_LINES = 40
MEDIAN_LINES = 6
LINES_OF_NINE_IN_TEN = 16

LONG_FILES = {"provider/pulumi_lumos/emulator/wire.py": "generated from the vendor's document"}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}


def test_a_file_is_short() -> None:
    """The law covers the package, its tests, tools, benchmarks and examples."""
    long = {path for path, module in all_files().items() if len(module.lines) > FILE_LINES}
    assert long == LONG_FILES.keys()


def test_functions_are_short() -> None:
    sizes = {
        (path, node.name, node.lineno): _lines(node)
        for path, module in all_files().items()
        for node in module.functions
    }
    assert {where: size for where, size in sizes.items() if size > FUNCTION_LINES} == {}


def _lines(node: object) -> int:
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    return int(last) - int(first) + 1


def test_most_functions_are_read_at_a_glance() -> None:
    sizes = sorted(_lines(node) for module in modules().values() for node in module.functions)
    assert median(sizes) <= MEDIAN_LINES
    assert sizes[len(sizes) * 9 // 10] <= LINES_OF_NINE_IN_TEN


def test_names_say_one_thing() -> None:
    vague = {path: _words(path) & {*VAGUE, "and"} for path in modules()}
    assert {path: words for path, words in vague.items() if words} == {}


def _words(path: str) -> set[str]:
    """The words of the names of a file and of its functions."""
    names = [node.name for node in modules()[path].functions]
    names += re.split(r"[/.]", path.removesuffix(".py"))
    return {word for name in names for word in name.strip("_").lower().split("_")}
