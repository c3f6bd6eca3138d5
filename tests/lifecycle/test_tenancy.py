"""A run whose token opens another tenant than the one the stack's objects are in."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pulumi_lumos.declare.flow import State
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.errors import LumosError
from pulumi_lumos.lifecycle import tenancy
from pulumi_lumos.lifecycle.errors import OtherTenant
from pulumi_lumos.lifecycle.tenancy import TENANT

from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS, Values, make_room, samples

NewRun = Callable[..., Run]

every_kind = pytest.mark.parametrize("kind", KINDS)

PERMISSION = "RequestablePermission"
SALES = seed_ids.SALESFORCE_APP_ID
ME = f"/users/{seed_ids.CURRENT_USER_ID}"
ADA = "ada.admin@acme.example"
DOES_NOT_HAVE_THEM = f"This stack's objects are in the Lumos of {ADA} at"


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenancy, "OTHERS_WITHIN_SECONDS", 0.05)


@pytest.fixture
def other(tenant: Tenant) -> Iterator[Tenant]:
    """Another tenant of the same Lumos, whose people are the same because it is the emulator's."""
    opened = Tenant(tenant.url, f"lsk_{uuid.uuid4().hex}")
    yield opened
    opened.close()


@pytest.fixture
def strangers(other: Tenant) -> Tenant:
    """Another tenant that does not know whose token has made the objects."""
    other.fault("status", path=ME, status=404, body_text='{"detail": "User not found"}')
    return other


def made(tenant: Tenant, new_run: NewRun, kind: str) -> tuple[str, Values]:
    make_room(tenant, kind)
    return new_run().create(kind, samples(kind)[0])


def permissions(new_run: NewRun, *labels: str) -> dict[str, tuple[str, Values, Values]]:
    """Permissions that a run has made: id, state and inputs, by label."""
    run, found = new_run(), {}
    for label in labels:
        given = {"app_id": SALES, "label": label}
        found[label] = (*run.create(PERMISSION, given, label), given)
    return found


def respelled(state: Values, **memory: str) -> Values:
    """A state that remembers something else of its tenant."""
    return {**state, TENANT: {**state[TENANT], **memory}}


@every_kind
def test_the_state_remembers_the_tenant_and_keeps_it(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    id, state = made(tenant, new_run, kind)
    memory = state[TENANT]
    assert memory["id"] == id
    assert (memory["server_url"], memory["user_id"]) == (tenant.url, seed_ids.CURRENT_USER_ID)
    assert tenant.token not in str(state)
    assert new_run().read(kind, id, state) == state
    now = new_run().update(kind, id, state, samples(kind)[1])
    assert now[TENANT] == memory
    assert [call for call in tenant.calls("GET") if call == "GET /users/current"] == [
        "GET /users/current"
    ]


@every_kind
def test_the_same_token_asks_nothing_more(kind: str, tenant: Tenant, new_run: NewRun) -> None:
    id, state = made(tenant, new_run, kind)
    tenant.forget_requests()
    run, given = new_run(), samples(kind)[0]
    assert run.check(kind, given, given) == {}
    assert not run.diff(kind, id, state, given).changed
    assert tenant.requests() == []
    run.delete(kind, id, state)
    asked = [call for call in tenant.calls("GET") if "/users" in call]
    assert asked == []


@every_kind
@pytest.mark.parametrize("call", ["read", "diff", "unchanged", "update", "delete", "create"])
def test_the_run_stops_before_anything_changes_in_the_wrong_tenant(
    kind: str, call: str, tenant: Tenant, strangers: Tenant, new_run: NewRun
) -> None:
    id, state = made(tenant, new_run, kind)
    make_room(strangers, kind)
    strangers.forget_requests()
    # Offline, the diff asks nothing, and the check of a new object is the first to ask.
    previews = "offline" if call == "create" else "online"
    before, run = strangers.state(), new_run(strangers, preview_checks=previews)
    given, changed = samples(kind)[:2]
    if call == "create":
        assert not run.diff(kind, id, state, given).changed
    with pytest.raises(LumosError, match=DOES_NOT_HAVE_THEM) as failed:
        if call == "create":
            run.check(PERMISSION, {}, {"app_id": SALES, "label": "New"}, "new")
        elif call == "unchanged":
            run.diff(kind, id, state, given)
        elif call in ("diff", "update"):
            getattr(run, call)(kind, id, state, changed)
        else:
            getattr(run, call)(kind, id, state)
    assert f"at {tenant.url}, token {state[TENANT]['token']}" in str(failed.value)
    assert "Nothing was changed. Give the token of the stack's own tenant" in str(failed.value)
    assert strangers.state() == before
    assert strangers.requests("POST", "PATCH", "DELETE") == []


@pytest.mark.parametrize("call", ["read", "update", "delete"])
def test_a_tenant_of_the_same_people_is_another_one_if_it_has_none_of_several_objects(
    call: str, tenant: Tenant, other: Tenant, new_run: NewRun
) -> None:
    (one, two) = permissions(new_run, "One", "Two").values()
    run = new_run(other)
    if call == "update":
        run.diff(PERMISSION, one[0], one[1], one[2], "one")
        with pytest.raises(LumosError, match=DOES_NOT_HAVE_THEM):
            run.diff(PERMISSION, two[0], two[1], {**two[2], "label": "Three"}, "two")
        return
    assert getattr(run, call)(PERMISSION, one[0], one[1]) is None
    with pytest.raises(LumosError, match=DOES_NOT_HAVE_THEM):
        getattr(run, call)(PERMISSION, two[0], two[1])


@pytest.mark.parametrize("has_another_token", [False, True])
def test_a_change_of_an_object_that_is_missing_names_both_reasons(
    has_another_token: bool, tenant: Tenant, other: Tenant, new_run: NewRun
) -> None:
    """The emulator's tenants have the same people, so nobody can tell which reason it is."""
    ((id, state, given),) = permissions(new_run, "One").values()
    tenant.remove_permission(id)
    run = new_run(other if has_another_token else tenant)
    with pytest.raises(LumosError) as failed:
        run.update(PERMISSION, id, state, {**given, "label": "Two"})
    said = f"The state was made with another token, in the Lumos of {ADA} at {tenant.url}. "
    assert str(failed.value) == (
        f"{said if has_another_token else ''}{PERMISSION} {id} is not in Lumos: somebody deleted "
        "it there, or the token opens another tenant. If it was deleted, run "
        "`pulumi up --refresh` to make it again."
    )


def test_one_missing_object_among_others_is_simply_gone(tenant: Tenant, new_run: NewRun) -> None:
    """The token is another one of the same tenant, such as a colleague's."""
    (one, two) = permissions(new_run, "One", "Two").values()
    tenant.remove_permission(one[0])
    run = new_run()
    states = [respelled(state, token="of a colleague") for _, state, _ in (one, two)]
    assert run.read(PERMISSION, one[0], states[0]) is None
    assert run.read(PERMISSION, two[0], states[1]) == states[1]
    run.delete(PERMISSION, one[0], states[0])


@every_kind
@pytest.mark.parametrize("moved", [{"token": "a new one"}, {"server_url": "https://moved.example"}])
def test_an_object_that_is_there_proves_the_tenant_for_one_request(
    kind: str, moved: dict[str, str], tenant: Tenant, new_run: NewRun
) -> None:
    id, state = made(tenant, new_run, kind)
    tenant.forget_requests()
    assert new_run().diff(kind, id, state, samples(kind)[1]).changed
    usual = len(tenant.calls("GET"))
    state, run = respelled(state, **moved), new_run()
    assert run.diff(kind, id, state, samples(kind)[1]).changed
    more = tenant.calls("GET")[usual:][usual:]
    assert len(more) <= FACTS[kind].objects_read, more
    now = run.update(kind, id, state, samples(kind)[1])
    assert (now[TENANT]["server_url"], now[TENANT]["id"]) == (tenant.url, id)
    assert now[TENANT] != state[TENANT]


@pytest.mark.parametrize(
    ("moved", "status", "asked"),
    [
        ({"token": "a new one"}, 0, [f"GET {ME}"]),
        ({"token": "a new one"}, 403, [f"GET {ME}"]),
        ({"token": "a new one"}, 404, [f"GET {ME}", "GET /requestable_permissions"]),
        ({"token": "a new one"}, 400, [f"GET {ME}"]),
        ({"server_url": "https://moved.example"}, 0, []),
    ],
    ids=["is there", "may not look", "is not there", "Lumos cannot say", "moved"],
)
def test_a_run_without_changes_asks_about_another_token_once(
    moved: dict[str, str], status: int, asked: list[str], tenant: Tenant, new_run: NewRun
) -> None:
    """However many objects there are, and also where somebody has deleted one of them."""
    found = permissions(new_run, "One", "Two", "Three")
    tenant.remove_permission(found["Three"][0])
    if status:
        tenant.fault("status", path=ME, status=status)
    tenant.forget_requests()
    run = new_run()
    for label, (id, state, given) in found.items():
        assert not run.diff(PERMISSION, id, respelled(state, **moved), given, label).changed
    assert tenant.calls() == asked


def test_a_state_that_remembers_no_tenant_warns_of_several_missing_objects(
    tenant: Tenant, other: Tenant, new_run: NewRun
) -> None:
    """Release 0.1.0 has left such states."""
    (one, two) = permissions(new_run, "One", "Two").values()
    older = [{n: v for n, v in state.items() if n != TENANT} for _, state, _ in (one, two)]
    for call in ("read", "delete"):
        run = new_run(other)
        getattr(run, call)(PERMISSION, one[0], older[0])
        assert run.told == []
        getattr(run, call)(PERMISSION, two[0], older[1])
        (warning,) = run.told
        assert f"Lumos at {other.url} has none of the objects of this stack" in warning
    run = new_run()
    tenant.forget_requests()
    for (id, _, _), state in zip((one, two), older, strict=True):
        run.delete(PERMISSION, id, state)
    assert run.told == []
    assert len(tenant.requests("GET")) == 1
    assert tenant.permissions(SALES) == []


def test_a_state_that_remembers_no_tenant_learns_it_by_a_change(
    tenant: Tenant, new_run: NewRun
) -> None:
    id, state = made(tenant, new_run, PERMISSION)
    older = {name: value for name, value in state.items() if name != TENANT}
    assert new_run().read(PERMISSION, id, older) == older
    now = new_run().update(PERMISSION, id, older, samples(PERMISSION)[1])
    assert now[TENANT] == state[TENANT]


def test_the_check_can_be_turned_off(tenant: Tenant, strangers: Tenant, new_run: NewRun) -> None:
    (one, two) = permissions(new_run, "One", "Two").values()
    run = new_run(strangers, tenant_check="off")
    assert run.read(PERMISSION, one[0], one[1]) is None
    assert run.read(PERMISSION, two[0], two[1]) is None
    assert run.told == []


@pytest.mark.parametrize("status", [403, 500])
def test_a_lumos_that_does_not_tell_whose_the_token_is_is_no_obstacle(
    status: int, tenant: Tenant, new_run: NewRun
) -> None:
    tenant.fault("status", path="/users/current", status=status)
    (one,) = permissions(new_run, "One").values()
    assert TENANT not in one[1]
    assert new_run().read(PERMISSION, one[0], one[1]) == one[1]


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    """Python changes to another thread as often as it can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried_threads")
def test_many_calls_at_once_end_with_nothing_but_a_sentence(
    new_run: NewRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packaged host serves many calls at once, and turns only such errors into sentences."""
    monkeypatch.setattr(tenancy, "OTHERS_WITHIN_SECONDS", 0.0)
    monkeypatch.setattr(tenancy, "LOOKS", sys.maxsize)
    of_run = new_run().of_stack.tenancy
    elsewhere = State({TENANT: {**of_run.memory("it")[TENANT], "token": "of a colleague"}})
    warned: list[str] = []

    def miss_many(call: int) -> None:
        for number in range(100):
            of_run.note_missing(f"{call}.{number}", State({}), warned.append)
            of_run.note_in_question(f"{call}:{number}", elsewhere, lambda: False)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(miss_many, range(16)))
    assert len(warned) >= 16 * 100 - 16
    with pytest.raises(OtherTenant):
        of_run.verify()
