"""Says what a change means of the webhooks that check a request or take access away."""

from __future__ import annotations

from pulumi_lumos.report.model import Row, Unknown, Webhook
from pulumi_lumos.report.words import called, shorten

from .changing import Changes, Finding

Hook = Webhook | Unknown | None


def compare_checks(old: Row, new: Row) -> Changes:
    """Find what changed in the webhooks that check a request and take access away."""
    yield from _checked(old.checked_by, new.checked_by)
    if _id(old.taken_away_by) != _id(new.taken_away_by):
        what = f"{_name(new.taken_away_by)} takes access away when it ends"
        doubt = "whether it does is settled outside Lumos"
        yield Finding(
            "MAYBE", "checks", f"{what}; {doubt}.", f"Before: {_name(old.taken_away_by)}."
        )


def _checked(old: Hook, new: Hook) -> Changes:
    if _id(old) == _id(new):
        return
    before = f"Before: {_name(old)}."
    if new is None:
        yield Finding("WIDER", "checks", "no webhook checks a request any more.", before)
    elif old is None:
        yield Finding("NARROWER", "checks", f"{_name(new)} checks every request.", before)
    else:
        yield Finding("MAYBE", "checks", f"{_name(new)} checks every request.", before)


def _id(webhook: Hook) -> str:
    return called(webhook) if isinstance(webhook, Unknown) else webhook.id if webhook else ""


def _name(webhook: Hook) -> str:
    return f"the webhook {shorten(called(webhook))}" if webhook else "no webhook"
