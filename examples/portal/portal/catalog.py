"""Browsing: the apps, and the form that asks for access to one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pulumi_lumos.access import Invalid, NotKnown

from portal.rendering import go_to, page
from portal.visits import Form, Portal, Visit, Visitor

router = APIRouter()


@router.get("/")
def browse(request: Request, visitor: Visitor, q: str = "") -> Response:
    """The apps that a person may ask for."""
    search = q.strip()[:200]
    apps = visitor.lumos.list_apps(search)
    return page(request, "browse.html", apps=apps, search=search)


@router.get("/apps/{app_id}")
def show_app(request: Request, visitor: Visitor, app_id: str) -> Response:
    """What an app offers, and the form."""
    return _form(request, visitor, app_id, {"once": secrets.token_urlsafe(16)})


@router.post("/apps/{app_id}")
def ask(request: Request, visitor: Visitor, app_id: str, form: Form) -> Response:
    """Ask for access; one form is one request, however often it is sent."""
    fields = {name: str(form.get(name, "")).strip() for name in ("length", "reason", "target")}
    chosen = [str(one) for one in form.getlist("permission")]
    kept = {**fields, "once": str(form.get("once", "")), "chosen": chosen}
    if form.get("choose") and not chosen:
        return _form(request, visitor, app_id, kept, ["Choose what you need."])
    try:
        target_id = visitor.lumos.get_person(fields["target"]).id if fields["target"] else ""
        made = visitor.lumos.prepare(
            app_id, chosen, length=fields["length"], reason=fields["reason"], target_id=target_id
        )
        portal: Portal = request.app.state.portal
        requests = portal.submissions.keep(visitor.email, str(kept["once"]), made).send()
    except Invalid as refusal:
        problems = [problem.message for problem in refusal.problems] or [refusal.detail]
        return _form(request, visitor, app_id, kept, problems)
    except NotKnown as refusal:
        return _form(request, visitor, app_id, kept, [str(refusal)])
    return go_to(f"/requests/{requests[0].id}" if len(requests) == 1 else "/requests")


def _form(
    request: Request,
    visitor: Visit,
    app_id: str,
    kept: Mapping[str, object],
    problems: list[str] | None = None,
) -> Response:
    """The form with what a person has filled in, and what is wrong with it."""
    offer = visitor.lumos.get_offer(app_id)
    kept = {
        "length": offer.default_length,
        "reason": "",
        "target": "",
        "chosen": [offer.preselected],
        **kept,
    }
    status = 422 if problems else 200
    return page(request, "app.html", status, offer=offer, kept=kept, problems=problems or [])
