"""Says what a change of what a grant does means."""

from __future__ import annotations

from pulumi_lumos.report.model import Group, Into, Row, Unknown, Webhook
from pulumi_lumos.report.whole import Verdict
from pulumi_lumos.report.words import called, shorten

from .changing import Changes, Finding

SETTLED_OUTSIDE = "What these groups give is settled outside Lumos."
KEEP = "People who have it keep the old group."


def compare_into(old: Row, new: Row) -> Changes:
    """Find what changed in what a grant does."""
    if old.into == new.into:
        return
    replaced = old.permission_id != new.permission_id
    yield from _group(old.into, new.into, replaced)
    yield from _webhook(old.into.webhook, new.into.webhook)
    if old.into.manual_steps != new.into.manual_steps:
        if new.into.manual_steps:
            yield Finding("NARROWER", "into", "somebody has steps to do by hand after approval.")
        else:
            yield Finding("WIDER", "into", "nobody has steps to do by hand any more.")


def _group(old: Into, new: Into, replaced: bool) -> Changes:
    was, now = old.group, new.group
    verdict: Verdict
    if was == now:
        return
    if was is None and now is not None:
        verdict = "WIDER" if old.webhook is None else "MAYBE"
        yield Finding(verdict, "into", f"puts people into {_name(now)} now.", "Before: no group.")
    elif now is None and was is not None:
        verdict = "NARROWER" if new.webhook is None else "MAYBE"
        yield Finding(verdict, "into", "puts people into no group.", f"Before: {_name(was)}.")
    elif isinstance(was, Group) and isinstance(now, Group) and was.id == now.id:
        yield Finding("TOLD", "into", f"its group is called {_name(now)} now.")
    else:
        assert was is not None and now is not None
        keep = f" {KEEP}" if replaced else ""
        yield Finding(
            "MAYBE",
            "into",
            f"puts people into {_name(now)}.",
            f"Before: {_name(was)}. {SETTLED_OUTSIDE}{keep}",
        )


def _name(group: Group | Unknown) -> str:
    name = shorten(called(group))
    return f"a group that is not known yet {name}" if isinstance(group, Unknown) else name


def _webhook(old: Webhook | Unknown | None, new: Webhook | Unknown | None) -> Changes:
    if _id(old) == _id(new):
        return
    what = f"the webhook {shorten(called(new))} gives access" if new else "no webhook gives access"
    was = f"the webhook {shorten(called(old))}" if old else "no webhook"
    yield Finding(
        "MAYBE", "into", f"{what}; what it does is settled outside Lumos.", f"Before: {was}."
    )


def _id(webhook: Webhook | Unknown | None) -> str:
    return called(webhook) if isinstance(webhook, Unknown) else webhook.id if webhook else ""
