"""Turns templates into pages. Jinja2 escapes all that comes from Lumos or from people."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pulumi_lumos.access import UNLIMITED, Offer, Step, meaning_of

FOLDER = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page for whoever is signed in."""
    shared = {
        "visit": getattr(request.state, "visit", None),
        "is_demo": request.app.state.portal.is_demo,
        "path": request.url.path,
    }
    text = _TEMPLATES.get_template(template).render(**shared, **values)
    return HTMLResponse(text, status)


def go_to(address: str) -> RedirectResponse:
    """Show another page after a form, so that a reload does not send the form again."""
    return RedirectResponse(address, 303)


def _say_steps(steps: tuple[Step, ...] | None) -> str:
    """Who decides, as a sentence."""
    if steps is None:
        return "Lumos does not say who decides."
    if not steps:
        return "Nobody has to approve."
    texts = [str(step).replace("the manager", "your manager") for step in steps]
    return (
        f"{', then '.join(texts)} approves."[0].upper() + f"{', then '.join(texts)} approves."[1:]
    )


def _say_time(time: datetime | None) -> str:
    return f"{time:%d %b %Y, %H:%M} UTC" if time else ""


def _all_lengths(offer: Offer) -> list[str]:
    """Every length that something of an offer has, in order."""
    lists = [one.lengths for one in offer.choices] or [offer.lengths_for([])]
    return [*dict.fromkeys(label for lengths in lists for label in lengths)]


def _name_length(length: str) -> str:
    """A length as people say it."""
    return "without an end" if length == UNLIMITED else length


def _say_seconds(seconds: int | None) -> str:
    """A number of seconds as people say it."""
    if seconds is None:
        return "without an end"
    days, hours = divmod(seconds / 3600, 24)
    texts = [_counted(days, "day")] if days else []
    texts += [_counted(hours, "hour")] if hours or not days else []
    return " and ".join(texts)


def _counted(count: float, noun: str) -> str:
    return f"{count:g} {noun}{'' if count == 1 else 's'}"


_TEMPLATES.filters.update(length_name=_name_length, seconds=_say_seconds)
_TEMPLATES.filters.update(steps=_say_steps, time=_say_time, all_lengths=_all_lengths)
_TEMPLATES.globals["meaning_of"] = meaning_of
