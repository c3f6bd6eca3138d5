"""The reference pages say what the declarations say."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.declare.spec import ObjectSpec, ShapeSpec
from pulumi_lumos.kinds import kinds

from tools.reference import names
from tools.reference.__main__ import FOLDER, pages
from tools.reference.lists import file_name

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import host
from ..drivers.tenant import Tenant
from ..host.held import at, declared
from ..kinds import FACTS, make_room, samples

__all__ = ["host"]


@pytest.fixture
def host_of() -> type[DynamicHost]:
    """The pages show what the dynamic host keeps; the packaged one has a schema of its own."""
    return DynamicHost


APP = {"app_class_id": "app_class_id", "app_instance_id": "instance_id"}
"""What a permission or a rule says of its app, and what the app itself calls it."""


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_the_page_is_up_to_date(path: Path) -> None:
    assert path.is_file() and path.read_text(encoding="utf-8") == pages()[path], (
        "run `python -m tools.reference` and commit docs/reference"
    )


def test_the_package_has_the_names_of_all_kinds() -> None:
    for path, text in names.texts().items():
        assert path.read_text(encoding="utf-8") == text, (
            "run `python -m tools.reference` and commit provider/pulumi_lumos/__init__.py"
        )


@pytest.mark.parametrize(
    "kind", [name for name, kind in kinds().items() if isinstance(kind.spec, ObjectSpec)]
)
def test_a_page_names_the_key_by_which_an_object_is_adopted(kind: str) -> None:
    spec = kinds()[kind].spec
    page = (FOLDER / f"{file_name(kind)}.md").read_text(encoding="utf-8")
    adoption = page.partition("## Adoption")[2]
    assert f"The key is {' and '.join(f'`{name}`' for name in spec.key)}." in adoption


def test_only_resources_have_a_page() -> None:
    assert set(FOLDER.iterdir()) == set(pages())


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_every_field_says_what_its_removal_means(path: Path) -> None:
    arguments = pages()[path].partition("## Arguments")[2].partition("## Outputs")[0]
    rows = [line.split(" | ") for line in arguments.splitlines() if line.startswith("| `")]
    assert rows and all(len(row) == 5 for row in rows)
    assert [row[0] for row in rows if not row[-1].removesuffix("|").strip()] == []


def shown_defaults(page: str) -> dict[tuple[str, str], str]:
    """The default of each field on a page, by its section and name."""
    found = {}
    for section in re.split(r"^##+ ", page.partition("## Arguments")[2], flags=re.M):
        title = section.partition("\n")[0]
        for name, shown in re.findall(r"^\| `(\w+)`.* \| (.*) \| .* \|$", section, re.M):
            found[title, name] = shown.strip()
    return found


def section_of(shape: ShapeSpec, path: str) -> str:
    """The heading of the table with a field: that of its shape; "" is the first table."""
    title = ""
    for step in path.split(".")[:-1]:
        inner = shape.fields[step].type
        assert isinstance(inner, ShapeSpec)
        shape, title = inner, inner.name
    return title


@pytest.mark.parametrize("kind", ["AppStoreApp", "RequestablePermission", "PreApprovalRule"])
def test_the_default_of_a_field_is_what_lumos_has_in_a_new_object(
    kind: str, tenant: Tenant, host: DynamicHost
) -> None:
    spec: Any = kinds()[kind].spec
    make_room(tenant, kind)
    sample = samples(kind)[0]
    least = {name: sample[name] for name, one in spec.fields.items() if one.required}
    id, state = host.create(kind, {**least, **FACTS[kind].never_configured})
    live = FACTS[kind].held(tenant, state, id)
    shown = shown_defaults(pages()[FOLDER / f"{file_name(kind)}.md"])
    compared = 0
    for path, field in declared(kind).items():
        default = shown[section_of(spec.shape, path), field.name]
        if field.required or field.marks.option or not default:
            continue
        if default == "as the app has it":
            assert at(live, path) == tenant.call("GET", f"/apps/{live['app_id']}")[APP[path]]
            continue
        says = None if default == "none" else ast.literal_eval(default.strip("`"))
        assert (at(live, path) or None) == (says or None), path
        compared += 1
    assert compared > 3
