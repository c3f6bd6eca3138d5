"""Any state of Terraform: what is of Lumos is found by its address, nothing else is repeated."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_lumos.export.choice import names_of
from pulumi_lumos.export.tenant import exported_kinds
from pulumi_lumos.export.terraform_state import UnusableState, read_state, type_of
from pulumi_lumos.export.unanswered import NOTHING

from .recording import recorded_state

Values = dict[str, Any]
SECRET = "a secret of another provider"
PERMISSION = "lumos_requestable_permission"
EMPTY: Values = {"version": 4, "terraform_version": "1.11.4", "resources": []}


def state(*resources: Values) -> str:
    return json.dumps({**EMPTY, "resources": [*resources]})


def resource(*instances: Values, **fields: Any) -> Values:
    """A resource of the vendor's provider."""
    return {
        "mode": "managed",
        "type": PERMISSION,
        "name": "it",
        "provider": 'provider["mirror.acme.example/teamlumos/lumos"]',
        "instances": [*instances],
        **fields,
    }


def instance(id: Any = "p1", **fields: Any) -> Values:
    return {"schema_version": 0, "attributes": {"id": id, "app_id": "a1"}, **fields}


def test_the_recorded_state_is_read_in_full() -> None:
    found = read_state(json.dumps(recorded_state()), "it")
    assert [one.address for one in found.managed] == [
        'lumos_access_policy.builders["engineering"]',
        "lumos_access_policy.everyone",
        "lumos_app.github[0]",
        'lumos_app.okta["lab"]',
        'lumos_app.okta["subsidiary"]',
        "lumos_app.wiki",
        "lumos_app_store_app.salesforce",
        'lumos_app_store_app.wiki["internal"]',
        "lumos_pre_approval_rule.editors[0]",
        "lumos_pre_approval_rule.engineers",
        'lumos_requestable_permission.admin["emea"]',
        'lumos_requestable_permission.admin["na/east"]',
        "lumos_requestable_permission.editor",
        "lumos_requestable_permission.read_only",
        "lumos_requestable_permission.sandbox[0]",
        "lumos_requestable_permission.sandbox[1]",
        "module.lab.lumos_access_policy.lab[0]",
        "module.lab.lumos_app.notebook",
        "module.lab.lumos_app_store_app.notebook",
        'module.team["data"].lumos_requestable_permission.reports',
        'module.team["web"].lumos_requestable_permission.reports',
    ]
    assert [one.address for one in found.left_behind] == [
        'lumos_requestable_permission.admin["emea"] (deposed object 83cd0f05)',
    ]
    assert (found.data_sources, found.other_providers) == (14, 1)
    for secret in (SECRET, "a key of", "a hidden lab"):
        assert secret in json.dumps(recorded_state())
        assert secret not in repr(found)


def test_of_what_lumos_never_answers_only_what_is_not_sensitive_is_read() -> None:
    found = read_state(json.dumps(recorded_state()), "it")
    assert {one.address: one.unanswered for one in found.managed if one.unanswered != NOTHING} == {
        "lumos_app.github[0]": ({}, ("auth", "settings")),
        **{
            f'lumos_app.okta["{key}"]': (
                {"settings": {"app_instance_identifier": f"{key}.okta.com"}},
                ("auth",),
            )
            for key in ("lab", "subsidiary")
        },
    }


IS_SENSITIVE = [[{"type": "get_attr", "value": "settings"}]]


@pytest.mark.parametrize(
    ("settings", "marks", "expected"),
    [
        ('{"region": "eu", "no": null, "deep": {"no": null}}', [], {"region": "eu", "deep": {}}),
        ("{}", [], None),
        ('{"no": null}', [], None),
        (None, [], None),
        ('{"region": "eu"}', IS_SENSITIVE, SECRET),
        ('{"region": "eu"}', [[{"type": "get_attr", "value": "auth"}]], {"region": "eu"}),
        ('{"region": "eu"}', None, SECRET),
        ('{"region": "eu"}', ["settings"], SECRET),
        ('{"region": "eu"}', [[]], SECRET),
        ('{"region": "eu"}', [[{"type": "index", "value": 1}]], SECRET),
        ("not JSON", [], SECRET),
        ("[1]", [], SECRET),
        ("[" * 100_000, [], SECRET),
        ({"region": "eu"}, [], SECRET),
    ],
)
def test_settings_are_read_only_where_the_state_says_that_they_are_no_secret(
    settings: Any, marks: Any, expected: Any
) -> None:
    attributes = {"id": "a1", "settings": settings}
    one = {"attributes": attributes} | ({} if marks is None else {"sensitive_attributes": marks})
    (found,) = read_state(state(resource(one, type="lumos_app")), "it").managed
    if expected == SECRET:
        assert found.unanswered == ({}, ("settings",))
    else:
        assert found.unanswered == ({} if expected is None else {"settings": expected}, ())


def test_only_one_kind_has_fields_that_lumos_never_answers() -> None:
    # The names of settings are told apart by the name of the resource, which is unique in a kind.
    assert [
        lifecycle.spec.name
        for lifecycle in exported_kinds()
        if any(field.marks.write_only for field in lifecycle.spec.fields.values())
    ] == ["App"]


def test_the_vendor_has_a_resource_for_every_kind_that_is_exported() -> None:
    assert {type_of(lifecycle.spec) for lifecycle in exported_kinds()} == {
        "lumos_access_policy",
        "lumos_app",
        "lumos_app_store_app",
        "lumos_requestable_permission",
        "lumos_pre_approval_rule",
    }


@pytest.mark.parametrize(
    ("fields", "key", "address", "name"),
    [
        ({}, None, f"{PERMISSION}.it", "it"),
        ({}, 0, f"{PERMISSION}.it[0]", "it-0"),
        (
            {},
            'a "b" \\ ${c} %{d}\n',
            PERMISSION + r'.it["a \"b\" \\ $${c} %%{d}\n"]',
            "it-a-b-c-d",
        ),
        (
            {"module": 'module.one[1].module.two["x.y]"]'},
            "z",
            f'module.one[1].module.two["x.y]"].{PERMISSION}.it["z"]',
            "one-1-two-x-y-it-z",
        ),
    ],
)
def test_an_address_is_what_terraform_calls_it(
    fields: Values, key: Any, address: str, name: str
) -> None:
    one = instance() if key is None else instance(index_key=key)
    (found,) = read_state(state(resource(one, **fields)), "it").managed
    assert found.address == address
    assert names_of([found]) == {("RequestablePermission", "p1"): name}


def test_an_object_of_two_addresses_is_one() -> None:
    two = (resource(instance(), name="first"), resource(instance(), name="second"))
    found = read_state(state(*two), "it").managed
    assert len(found) == 2
    assert names_of(found) == {("RequestablePermission", "p1"): "first"}


def test_an_app_is_named_by_the_id_that_the_provider_reads_it_by() -> None:
    attributes = {"id": "before", "app_id": "a1"}
    app = resource(instance() | {"attributes": attributes}, type="lumos_app_store_app")
    (found,) = read_state(state(app), "it").managed
    assert (found.kind, found.id) == ("AppStoreApp", "a1")


@pytest.mark.parametrize(
    "fields",
    [
        {"provider": 'provider["mirror.acme.example/acme/lumos"]'},
        {"provider": 'module.team.provider["mirror.acme.example/teamlumos/lumos"].prod'},
    ],
)
def test_the_provider_may_be_a_copy_or_have_an_alias(fields: Values) -> None:
    assert len(read_state(state(resource(instance(), **fields)), "it").managed) == 1


def test_a_tainted_object_is_managed() -> None:
    assert len(read_state(state(resource(instance(status="tainted"))), "it").managed) == 1


@pytest.mark.parametrize("id", [None, "", 7])
def test_an_object_without_an_id_is_left_behind(id: Any) -> None:
    found = read_state(state(resource(instance(id))), "it")
    assert found.managed == []
    assert [one.address for one in found.left_behind] == [f"{PERMISSION}.it"]


def test_resources_that_only_look_like_those_of_lumos_are_of_other_providers() -> None:
    other = resource(instance(), provider='provider["mirror.acme.example/acme/lumosity"]')
    found = read_state(state(resource(instance()), other), "it")
    assert (len(found.managed), found.other_providers) == (1, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        (f'{{"password": "{SECRET}"', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("PK\x03\x04", "a saved plan"),
        ("[]", "not a state of Terraform"),
        (json.dumps({"version": SECRET}), "not a state of Terraform"),
        (json.dumps({"format_version": "1.2", "planned_values": {}}), "a plan"),
        (json.dumps({"format_version": "1.0", "values": SECRET}), "`terraform show -json`"),
        (json.dumps({"encrypted_data": SECRET, "meta": {}}), "OpenTofu has encrypted it"),
        (json.dumps({"version": 3, "deployment": {}}), "a state of Pulumi"),
        (json.dumps({"version": 3, "modules": []}), "version 3, of Terraform 0.11"),
        (json.dumps({"version": 5}), "version 5, and this release reads version 4"),
        (json.dumps({**EMPTY, "resources": {}}), "not as Terraform writes them"),
        (json.dumps({**EMPTY, "resources": [{"type": SECRET}]}), "not as Terraform writes them"),
        (json.dumps(EMPTY), "manages nothing in it"),
        (state(resource(instance(), mode="data")), "manages nothing in it"),
    ],
)
def test_a_file_that_is_not_a_state_is_one_sentence_that_repeats_nothing(
    text: str, reason: str
) -> None:
    with pytest.raises(UnusableState) as raised:
        read_state(text, "it")
    sentence = str(raised.value)
    assert sentence.startswith("The Terraform state it cannot be used: ")
    assert reason in sentence
    assert SECRET not in sentence
    assert "\n" not in sentence


json_values: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 7, "", "a text", [], [None], {}, {"id": 7}, [{}]]
)
FIELDS = ("mode", "type", "name", "module", "provider", "instances")
resources = st.builds(
    lambda changed: {**resource(instance()), **changed},
    st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=1),
)
instances = st.builds(
    lambda changed: {**instance(), **changed},
    st.dictionaries(st.sampled_from(["attributes", "index_key", "deposed"]), json_values),
)


@given(st.lists(resources | instances.map(lambda one: resource(one)), max_size=3))
def test_whatever_a_state_holds_is_read_or_refused(found: list[Values]) -> None:
    try:
        read = read_state(state(*found), "it")
    except UnusableState:
        return
    for one in read.managed:
        assert one.id
        assert PERMISSION in one.address
