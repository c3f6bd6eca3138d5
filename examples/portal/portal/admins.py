"""For administrators: the apps that too few people can administer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from portal.rendering import page
from portal.visits import Visitor

router = APIRouter(prefix="/admins")
ENOUGH = 2


@router.get("")
def list_apps(request: Request, visitor: Visitor) -> Response:
    """The apps with fewer active admins than they need; Lumos refuses people who are no admins."""
    checked = visitor.lumos.list_app_admins()
    lacking = [one for one in checked if len(one.active) < ENOUGH]
    return page(request, "admins.html", lacking=lacking, checked=len(checked), enough=ENOUGH)
