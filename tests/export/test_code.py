"""What is written reads back as what it was, in letters that steer nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi_lumos.export.code import Expression, call, comment, literal, quoted
from pulumi_lumos.export.names import slug, unique_slugs, variable

texts = st.text() | st.sampled_from(["\x1b[2J", "\ud800", '"""', "'\"", "\\", "\u202e", "🦊"])
values = st.recursive(
    texts | st.booleans() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_a_literal_is_the_value(value: Any) -> None:
    source = literal(value)
    assert ast.literal_eval(source) == value
    assert all(line.isprintable() for line in source.splitlines())


@given(st.dictionaries(st.sampled_from(["app_id", "label", "request_config"]), values), texts)
def test_a_call_has_its_arguments(arguments: dict[str, Any], first: str) -> None:
    (statement,) = ast.parse(call("lumos.Kind", arguments, first, assigned="it")).body
    assert isinstance(statement, ast.Assign)
    assert isinstance(statement.value, ast.Call)
    assert [ast.literal_eval(one) for one in statement.value.args] == [first]
    written = {str(one.arg): ast.literal_eval(one.value) for one in statement.value.keywords}
    assert written == arguments


@given(texts)
def test_a_comment_ends_with_its_line(text: str) -> None:
    assert comment(text).isprintable()


def test_an_expression_is_written_as_source_and_not_as_text() -> None:
    assert literal({"id": Expression("okta.id")}) == '{"id": okta.id}'
    assert quoted('She said "yes"') == "'She said \"yes\"'"


def test_what_is_written_is_laid_out_as_formatters_do(tmp_path: Path) -> None:
    groups = [{"app_id": Expression("okta.id"), "id": Expression("it.id")}] * 3
    nested = {"allowed_groups": {"groups": groups}, "time_based_access": ["2 hours", "7 days"]}
    lines = [
        call("lumos.get_app", {"name": "Salesforce"}, assigned="salesforce"),
        call("lumos.get_app", {"name": "A name that is too long for one line " * 3}, assigned="a"),
        call("lumos.RequestablePermission", {"app_id": "a", "request_config": nested}, "admin"),
        call("lumos.RequestablePermission", {"app_id": "a", "label": "Short"}, "short"),
    ]
    (tmp_path / "module.py").write_text("\n".join([*lines, ""]))
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


ids = st.text("abcdef0123456789-", min_size=1, max_size=12)


@given(st.dictionaries(ids, st.sampled_from(["Wiki", "wiki!", "wiki-1", "", "漢字"]) | texts))
def test_slugs_are_unique_and_depend_on_no_order(texts: dict[str, str]) -> None:
    slugs = unique_slugs(texts, "app")
    assert len(set(slugs.values())) == len(texts)
    assert unique_slugs(dict(reversed(texts.items())), "app") == slugs
    assert all(one == slug(one) or len(one) > 40 for one in slugs.values())


@given(st.lists(texts | st.sampled_from(["import", "1password", "list", "lumos", "Okta"])))
def test_variables_are_unique_names_of_python(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        taken.append(variable(name, taken, noun="app"))
    assert len(set(taken)) == len(names)
    assert all(name.isidentifier() for name in taken)
    ast.parse("\n".join(f"{name} = 1" for name in taken))
