"""A comparison as the comment of a pull request: wider access comes first, and it always fits.

GitHub refuses a body of more than 65,536 characters, and counts them after escaping; other hosts
take less. A line is whole or absent, and the table always counts everything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pulumi_lumos.plurals import plural

from .counting import counted
from .escaping import escaped
from .fitting import cut, fits, fitted, size
from .sentences import Sentence, sentences_of, subject_of
from .whole import Broken, Comparison, NewRisk, Report
from .words import shorten

MAX_BYTES = 60_000
LEAST_BYTES = 4_000
"""The fewest bytes that have room for the parts that are never cut."""
_SHARES = {"WIDER": 0.5, "MAYBE": 0.2, "risks": 0.08, "NARROWER": 0.09, "TOLD": 0.06}
"""The share of the bytes that each part may use; unused bytes go to the next part."""
RISKS_LISTED = 40


def as_markdown(report: Report, stack: str = "", max_bytes: int = MAX_BYTES) -> str:
    """The comment about `stack`, of at most `max_bytes` bytes."""
    comparison = report.comparison
    if comparison is None:
        raise ValueError("only a comparison has a comment")
    if not comparison.changes and not comparison.new_risks:
        head = _nothing(report, comparison, stack)
        return head + _policies(report, max_bytes - size(head))
    head, foot = _head(report, comparison, stack), _foot(report)
    room = max_bytes - size(head) - size(foot)
    body, over = "", 0
    parts = _parts(comparison, sentences_of(comparison.changes, report.rows))
    for part, share in _SHARES.items():
        allowed = int(room * share) + over
        is_risks = part == "risks"
        text = _new_risks(comparison.new_risks, allowed) if is_risks else ""
        text = text or _part(part, parts[part], allowed)
        over = allowed - size(text)
        body += text
    return head + body + foot


def headline(comparison: Comparison) -> str:
    """The whole comparison in one line."""
    count = Counter(change.verdict for change in comparison.changes)
    parts = []
    if count["WIDER"]:
        gives = "gives" if count["WIDER"] == 1 else "give"
        parts.append(f"{plural(count['WIDER'], 'change')} {gives} people more")
    if count["MAYBE"]:
        parts.append(f"{count['MAYBE']:,} cannot be told")
    if count["NARROWER"]:
        parts.append(f"{count['NARROWER']:,} {'gives' if count['NARROWER'] == 1 else 'give'} less")
    if not parts:
        parts.append("Nobody gets more or less")
    return ", ".join(parts)


def marker(stack: str) -> str:
    """The hidden line by which a workflow finds the comment that it replaces."""
    return f"<!-- pulumi-lumos report {escaped(stack)} -->\n"


def against(report: Report, comparison: Comparison) -> str:
    """Say which two states were compared."""
    header = report.header
    old = f"{comparison.before_of} at {_time(comparison.before_taken_at)}"
    new = f"{header.of} at {_time(header.taken_at)}"
    return f"{old} against {new}" if old != new else new


def _time(text: str) -> str:
    return f"{text[:10]} {text[11:16]} UTC"


def _nothing(report: Report, comparison: Comparison, stack: str) -> str:
    told = f"Nothing changes for people: {plural(comparison.unchanged, 'offer')} unchanged."
    return f"{marker(stack)}{told} {escaped(against(report, comparison))}.\n"


def _head(report: Report, comparison: Comparison, stack: str) -> str:
    header = report.header
    facts = f"{against(report, comparison)}. {plural(header.offers, 'offer')} of "
    facts += f"{plural(header.apps, 'app')}, {comparison.unchanged:,} unchanged."
    facts += f" Compared: {comparison.scope}." if comparison.scope else ""
    table = ["", "| | more | cannot be told | less | other |", "|---|--:|--:|--:|--:|"]
    for words, numbers in counted(comparison):
        table.append(f"| {words} | {' | '.join(f'{number:,}' for number in numbers)} |")
    lines = [f"## {headline(comparison)}", escaped(facts), *table, "", ""]
    return marker(stack) + "\n".join(lines)


def _parts(comparison: Comparison, sentences: Sequence[Sentence]) -> dict[str, list[Sentence]]:
    """The sentences of each part; less access for an offer stands beside more for the same."""
    found: dict[str, list[Sentence]] = {part: [] for part in _SHARES}
    wider = {change.key for change in comparison.changes if change.verdict == "WIDER"}
    beside: dict[str, list[Sentence]] = defaultdict(list)
    for one in sentences:
        key = one.changes[0].key
        if one.verdict == "NARROWER" and key in wider:
            beside[key].append(one)
        else:
            found[one.verdict].append(one)
    for one in [*found["WIDER"]]:
        for change in one.changes:
            found["WIDER"] += [_marked(less) for less in beside.pop(change.key, [])]
    return found


def _marked(less: Sentence) -> Sentence:
    """A sentence about less access, marked for the part about more."""
    return replace(less, what=f"(less) {less.what}")


def _part(name: str, sentences: list[Sentence], allowed: int) -> str:
    """One part, with its heading; the less important parts are folded."""
    if not sentences:
        return ""
    count = sum(len(one.changes) for one in sentences)
    opening, closing = {
        "WIDER": ("### More\n\n", "\n"),
        "MAYBE": ("### Cannot be told\n\n", "\n"),
        "NARROWER": (_folded("Less", count), "\n</details>\n\n"),
        "TOLD": (_folded("Other", count), "\n</details>\n\n"),
    }[name]
    lines = fitted(sentences, allowed - size(opening) - size(closing))
    return opening + "".join(f"{line}\n" for line in lines) + closing


def _folded(title: str, count: int) -> str:
    return f"<details><summary>{title} ({count:,})</summary>\n\n"


def _new_risks(risks: Sequence[NewRisk], allowed: int) -> str:
    if not risks:
        return ""
    heading = "### New risks\n\n"
    lines = [_risk(one) for one in risks[:RISKS_LISTED]]
    room = allowed - size(heading) - size(_counts(risks))
    while lines and not fits(lines, room):
        lines.pop()
    rest = risks[len(lines) :]
    return (
        heading
        + "".join(f"{line}\n" for line in [*lines, *([_counts(rest)] if rest else [])])
        + "\n"
    )


def _counts(risks: Sequence[NewRisk]) -> str:
    count = Counter(one.code for one in risks)
    return f"- and {', '.join(f'{number:,} {code}' for code, number in count.items())}"


def _risk(one: NewRisk) -> str:
    name = subject_of(one)
    return f"- {one.level}: **{escaped(name)}**: {escaped(one.why)} ({one.code})"


def _foot(report: Report) -> str:
    told = "The report says who may ask, not who has. This comment is replaced when the change is."
    return _policies(report, 1_400) + f"{told}\n"


def _policies(report: Report, allowed: int) -> str:
    """Policies that are broken, and allowances, each in a line as long as there is room."""
    lines = [_broken(one) for one in report.broken]
    lines += [
        f"- allowed until {one.until} ({one.state}): {escaped(one.key)} {one.aspect}, "
        f"{escaped(shorten(one.reason))}"
        for one in report.allowances
    ]
    if not lines:
        return ""
    heading = "### Policies\n\n"
    kept = cut(lines, allowed - size(heading) - 1, "more")
    return heading + "".join(f"{line}\n" for line in kept) + "\n"


def _broken(one: Broken) -> str:
    subject = subject_of(one)
    why = f", cannot be told: {one.cannot_tell}" if one.cannot_tell else ""
    level = "" if one.mandatory else " (advice)"
    return f"- **{escaped(subject)}**: {escaped(one.sentence + why)}{level}"
