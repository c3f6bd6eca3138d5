"""Says what it means if people can, or can no longer, find an offer and ask for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from pulumi_lumos.printable import printable
from pulumi_lumos.report.model import Row, Unknown
from pulumi_lumos.report.words import (
    FOUND,
    goes_into,
    in_a_sentence,
    lasts,
    shorten,
    who_asks,
    who_decides,
)

from .changing import NEW_OFFER, Changes, Finding

_RANK = {"NONE": 0, "LIMITED": 1, "FULL": 2}
_TOGETHER = "people get it together with the app; which permissions, the document does not say"


def compare_offered(old: Row | None, new: Row | None) -> Changes:
    """Find what changed in whether people can ask for it."""
    was, now = _state(old), _state(new)
    if was == now:
        if old and new and was == "ELSEWHERE" and old.redirect_url != new.redirect_url:
            yield _elsewhere(new)
        if old and new and old.visible != new.visible and was == "NO" and not new.is_app:
            yield _shown_once(new)
    elif "ELSEWHERE" in (was, now):
        yield _elsewhere(new) if new and now == "ELSEWHERE" else _back(was, new)
    elif "WITH_THE_APP" in (was, now):
        yield Finding("MAYBE", "offered", f"{_how(new, now)}.", f"Before: {_how(old, was)}.")
    elif now == "YES" and new:
        again = "can be asked for again" if old and old.permission_id else "can be asked for now"
        yield Finding("WIDER", "offered", f"{again}, {_all_of(new)}.", level=NEW_OFFER)
    else:
        yield Finding("NARROWER", "offered", "cannot be asked for any more.", _had(old))


def compare_found(old: Row, new: Row) -> Changes:
    """Find what changed in where people find the app."""
    was, now = _RANK.get(old.found), _RANK.get(new.found)
    if old.found == new.found:
        return
    what = f"can be found {FOUND.get(new.found, new.found)}."
    before = f"Before: {FOUND.get(old.found, old.found)}."
    if new.found == "NONE":
        what = "is in no list any more."
    if old.found == "NONE":
        before = "Before: it was in no list."
    if was is None or now is None:
        yield Finding("MAYBE", "offered", what, before)
    else:
        yield Finding("WIDER" if now > was else "NARROWER", "offered", what, before)


def compare_provisioning(old: Row, new: Row) -> Changes:
    """Find a change in whether an app is given as a whole: one sentence for all of it."""
    if old.provisioning != new.provisioning:
        yield Finding("TOLD", "offered", f"{_given_as(new)}.", f"Before: it {_given_as(old)}.")


def _given_as(row: Row) -> str:
    return {
        "DIRECT_TO_USER": "is given as a whole",
        "GROUPS_AND_HIDDEN": "is asked for as a whole and gives its permissions along",
        "GROUPS_AND_VISIBLE": "is asked for by its permissions",
    }.get(row.provisioning, printable(row.provisioning))


def _state(row: Row | None) -> str:
    if row is None:
        return "NO"
    return row.offered if row.offered in ("YES", "ELSEWHERE", "WITH_THE_APP") else "NO"


def _shown_once(new: Row) -> Finding:
    if not new.visible:
        return Finding("TOLD", "offered", "is hidden; nobody could ask for it anyway.")
    when = "its app no longer gives itself as a whole"
    return Finding("TOLD", "offered", f"is shown once {when}; until then nobody can ask for it.")


def _elsewhere(new: Row) -> Finding:
    where = urlsplit(new.redirect_url)
    address = shorten(f"{where.hostname or ''}{'/…' if where.path.strip('/') else ''}")
    return Finding(
        "MAYBE",
        "offered",
        f"whoever asks is sent to {address}; no request is made in Lumos, so nothing here decides.",
    )


def _back(was: str, new: Row | None) -> Finding:
    assert was == "ELSEWHERE"
    what = _how(new, _state(new))
    return Finding("MAYBE", "offered", f"{what}.", "Before: whoever asked was sent elsewhere.")


def _how(row: Row | None, state: str) -> str:
    if row and state == "YES":
        return f"can be asked for by itself, {_all_of(row)}"
    return _TOGETHER if state == "WITH_THE_APP" else "cannot be asked for"


def _all_of(row: Row) -> str:
    """All of an offer in one sentence: who asks, who decides, for how long, into what."""
    if isinstance(row.decides, Unknown):
        decide = f"{who_decides(row.decides)} decide"
    else:
        decide = in_a_sentence(row.decides) if row.decides else "nobody decides"
    decide += "" if row.decides_complete else ", and stages which the API does not show"
    into = row.into
    what = f"into the group {goes_into(into)}" if into.group else goes_into(into)
    what = "it gives nothing by itself" if what == "nothing" else what
    return f"by {who_asks(row.asks)}; {decide}; {lasts(row.durations)}; {what}"


def _had(old: Row | None) -> str:
    rules = len(old.without_approval) if old else 0
    return "Before: some had it without approval." if rules else ""
