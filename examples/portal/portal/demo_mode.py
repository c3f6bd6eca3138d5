"""Demo mode: anybody is anybody, on a local Lumos in which time can pass at a click."""

from __future__ import annotations

from typing import Annotated, Any

import fastapi
import httpx
from fastapi import APIRouter, Request
from fastapi.responses import Response

from portal.people import Tokens
from portal.rendering import go_to, page
from portal.visits import Form

COOKIE = "demo_person"
router = APIRouter(prefix="/demo")


class Company:
    """The company on the emulator, with the right to play everybody."""

    def __init__(self, url: str, token: str, admins: frozenset[str]) -> None:
        self.url = url
        self._admins = admins
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60)
        self._tokens: dict[str, str] = {}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the emulator something that must succeed."""
        answer = self._http.request(method, path, json=body).raise_for_status()
        return answer.json()

    def people(self) -> list[dict[str, Any]]:
        """Everybody who works there, by name."""
        listed = self.call("GET", "/users?size=100")["items"]
        active = [one for one in listed if one["status"] == "ACTIVE"]
        return sorted(active, key=lambda one: str(one["given_name"]))

    def token_of(self, email: str) -> str | None:
        """The token of a person, who is an administrator where the demo says so."""
        if email not in self._tokens:
            ids = {one["email"]: one["id"] for one in self.people()}
            if email not in ids:
                return None
            scope = "admin" if email in self._admins else "user"
            desired = {"user_id": ids[email], "scope": scope}
            self._tokens[email] = self.call("POST", "/_emulator/tokens", desired)["token"]
        return self._tokens[email]

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def pass_hours(self, hours: int) -> None:
        """Let time pass in Lumos."""
        self.call("POST", "/_emulator/clock", {"advance_seconds": hours * 3600})


def sign_in(request: Request) -> str | None:
    """Whoever the demo's page has chosen."""
    return request.cookies.get(COOKIE)


def tokens(company: Company) -> Tokens:
    """The tokens of everybody in the company."""
    return company.token_of


@router.get("")
def choose(request: Request) -> Response:
    """Choose who to be."""
    company: Company = request.app.state.company
    return page(request, "demo.html", people=company.people())


@router.post("")
def become(email: Annotated[str, fastapi.Form()]) -> Response:
    """Be somebody."""
    response = go_to("/")
    response.set_cookie(COOKIE, email, httponly=True, samesite="lax")
    return response


@router.post("/hours")
def pass_hours(request: Request, form: Form) -> Response:
    """Let two hours pass."""
    company: Company = request.app.state.company
    company.pass_hours(2)
    back = str(form.get("back", "/"))
    return go_to(back if back.startswith("/") and not back.startswith("//") else "/")
