"""People ask, follow, cancel and decide through the client."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from pulumi_lumos.access import AlreadyDecided, Forbidden, Invalid
from pulumi_lumos.access.statuses import MEANINGS, meaning_of
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator.requests.statuses import CANCELLABLE, FOLLOWED_BY

from ..emulator.requests.acme import Acme
from .conftest import As

SALESFORCE = ids.APPS["Salesforce"]
ADMIN = ids.PERMISSIONS["Salesforce", "Admin"]
READ_ONLY = ids.PERMISSIONS["Salesforce", "Read-only"]
GITHUB, ZOOM = ids.APPS["GitHub"], ids.APPS["Zoom"]


def test_a_request_goes_from_asking_to_the_end_of_access(acme: Acme, as_: As) -> None:
    mei, grace = as_("Mei"), as_("Grace")
    [request] = mei.submit(GITHUB, length="8 hours", reason="Release")
    waiting = mei.get_request(request.id)
    assert (waiting.status, waiting.deciders) == ("PENDING_MANAGER_APPROVAL", ("Grace Okafor",))
    assert (waiting.reason, waiting.labels) == ("Release", ("Member",))
    for deciders in [("Grace Okafor",), ("Engineering",)]:
        assert mei.get_request(request.id).deciders == deciders
        [task] = grace.list_tasks()
        assert (task.request_id, task.is_approval) == (request.id, True)
        grace.approve(task.id)
    given = mei.get_request(request.id)
    assert (given.is_given, given.is_final, given.open_tasks) == (True, False, ())
    assert given.ends_at == datetime(2026, 3, 2, 17, tzinfo=timezone.utc)
    assert given.decided_by and given.decided_by.name == "Grace Okafor"
    assert acme.members("GitHub Members") == {"Mei"}
    acme.pass_time(8 * 3600)
    assert mei.get_request(request.id).is_final
    assert acme.members("GitHub Members") == set()


def test_one_call_makes_a_request_for_each_who_decides_differently(as_: As) -> None:
    tomas = as_("Tomas")
    made = tomas.submit(SALESFORCE, [READ_ONLY, ADMIN], length="2 hours")
    found = {one.labels: one.status for one in made}
    assert found == {("Read-only",): "COMPLETED", ("Admin",): "PENDING_MANAGER_APPROVAL"}
    assert {one.id for one in tomas.list_requests()} == {one.id for one in made}


def test_a_refusal_names_every_mistake_and_makes_nothing(acme: Acme, as_: As) -> None:
    with pytest.raises(Invalid) as refused:
        as_("Tomas").submit(GITHUB, length="9 hours")
    assert {problem.path for problem in refused.value.problems} == {"app_id", "access_length"}
    assert "'9 hours' is not offered" in str(refused.value)
    assert as_("Tomas").list_requests() == []


def test_somebody_asks_for_a_new_colleague(as_: As) -> None:
    priya = as_("Priya")
    kai = priya.get_person("kai.sund@acme.example")
    [request] = priya.submit(ids.APPS["Wiki"], target_id=kai.id)
    assert (request.requester.name, request.target.name) == ("Priya Nair", "Kai Sund")


def test_a_denial_says_who_and_why(acme: Acme, as_: As) -> None:
    mei, omar = as_("Mei"), as_("Omar")
    [request] = mei.submit(ZOOM)
    [task] = omar.list_tasks()
    denied = omar.deny(task.id, "Use Meet.")
    assert (denied.status, denied.comments[0].text) == ("DISMISSED", "Use Meet.")
    ended = mei.get_request(request.id)
    assert (ended.is_final, ended.answer) == (True, "Use Meet.")
    assert ended.decided_by and ended.decided_by.name == "Omar Haddad"


def test_deciding_twice_alike_is_success_and_otherwise_it_is_refused(as_: As) -> None:
    [request] = as_("Mei").submit(
        ids.APPS["AWS"], [ids.PERMISSIONS["AWS", "Prod admin"]], length="8 hours"
    )
    omar, ada = as_("Omar"), as_("Ada")
    [task] = omar.list_tasks()
    omar.approve(task.id)
    assert omar.approve(task.id).status == "COMPLETED"
    with pytest.raises(AlreadyDecided, match="completed already by Omar Haddad"):
        ada.deny(task.id, "Too late.")
    assert ada.get_task(task.id).comments == ()
    assert as_("Mei").get_request(request.id).is_given


def test_nobody_decides_what_is_not_theirs(acme: Acme, as_: As) -> None:
    [request] = as_("Mei").submit(ZOOM)
    [task] = as_("Omar").list_tasks()
    for act in (as_("Tomas").approve, as_("Tomas").deny):
        with pytest.raises(Forbidden):
            act(task.id)
    assert acme.status(request.__dict__) == "PENDING_APPROVAL"


def test_a_request_is_cancelled_until_it_is_carried_out(as_: As) -> None:
    mei = as_("Mei")
    [waits] = mei.submit(ZOOM)
    assert mei.get_request(waits.id).can_be_cancelled
    assert mei.cancel(waits.id, "Found another way").answer == "Found another way"
    assert mei.cancel(waits.id).status == "CANCELLED"
    [given] = mei.submit(ids.APPS["Wiki"])
    assert not mei.get_request(given.id).can_be_cancelled
    with pytest.raises(Invalid, match="COMPLETED cannot be cancelled"):
        mei.cancel(given.id)


def test_an_admin_of_an_app_confirms_what_is_done_by_hand(as_: As) -> None:
    mei, ada = as_("Mei"), as_("Ada")
    [request] = mei.submit(ZOOM)
    [task] = as_("Omar").list_tasks()
    as_("Omar").approve(task.id)
    [task] = ada.list_tasks()
    assert (task.is_approval, task.instructions) == (False, "Buy a licence.")
    ada.comment(task.id, "Bought.")
    assert ada.approve(task.id).comments[0].text == "Bought."
    assert mei.get_request(request.id).is_final


def test_where_lumos_has_no_tasks_a_request_can_still_be_followed(acme: Acme, as_: As) -> None:
    [request] = as_("Mei").submit(ZOOM)
    acme.switch(tasks_api=False)
    found = as_("Mei").get_request(request.id)
    assert (found.status, found.deciders) == ("PENDING_APPROVAL", ())


def test_the_client_knows_every_status_and_takes_an_unknown_one_as_not_final() -> None:
    assert set(MEANINGS) == set(FOLLOWED_BY)
    cancellable = {status for status, meaning in MEANINGS.items() if meaning.can_cancel}
    assert cancellable == CANCELLABLE
    ends = {status for status, following in FOLLOWED_BY.items() if not following}
    assert {status for status, meaning in MEANINGS.items() if meaning.is_final} == ends
    unknown = meaning_of("PENDING_SOMETHING_NEW")
    assert unknown == ("pending something new", False, False)
