"""What the vendor's document leaves open, as named switches of a tenant.

Each switch is declared once, here: name, default, what it accepts, and one sentence that is
also its row in docs/emulator.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Value: TypeAlias = "str | bool | int | float | None"


@dataclass(frozen=True)
class Switch:
    """One open question and the answers the emulator can give to it.

    `choices` lists the words it takes; without them the type of the default decides, where
    numbers are 0 or more and a default of None takes a whole number or null.
    """

    name: str
    default: Value
    doc: str
    choices: tuple[Value, ...] = ()

    def accepted(self) -> str:
        """The accepted values, in words."""
        if self.choices:
            return ", ".join(str(choice) for choice in self.choices)
        if self.default is None:
            return "a whole number or null"
        words = {
            bool: "true or false",
            int: "a whole number, 0 or more",
            float: "seconds, 0 or more",
        }
        return words[type(self.default)]

    def accepts(self, value: Any) -> bool:
        """Whether the value is one that this switch takes."""
        if self.choices:
            return value in self.choices and not isinstance(value, bool)
        if isinstance(self.default, bool) or isinstance(value, bool):
            return isinstance(value, bool) and isinstance(self.default, bool)
        if self.default is None:
            return value is None or isinstance(value, int)
        number = int if isinstance(self.default, int) else (int, float)
        return isinstance(value, number) and value >= 0

    def parse(self, text: str) -> Value:
        """Read a value from the command line; ValueError when the switch does not take it."""
        words: dict[str, Value] = {"true": True, "false": False, "null": None}
        value: Any = words.get(text, text)
        if isinstance(value, str):
            value = next((kind(text) for kind in (int, float) if _reads(kind, text)), text)
        if not self.accepts(value):
            raise ValueError(f"switch {self.name} takes {self.accepted()}, not {text!r}")
        return value  # type: ignore[no-any-return]


def _reads(kind: type[int] | type[float], text: str) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True


_DECLARED = (
    Switch("shuffle", True, "Related objects inside an answer come in random order."),
    Switch("shuffle_seed", None, "Makes that random order repeatable."),
    Switch(
        "detail",
        "list",
        "Whether the `detail` of a 422 is FastAPI's list or one string.",
        ("list", "string"),
    ),
    Switch(
        "patch_applies_defaults",
        True,
        "A PATCH sets fields it leaves out to the defaults its schema declares, in each object "
        "that is sent; when false, fields left out are never touched.",
    ),
    Switch(
        "equal_labels",
        "allow",
        "Whether one app may have two permissions with the same label.",
        ("allow", "refuse"),
    ),
    Switch(
        "post_existing_app",
        "update",
        "What happens when somebody adds an app that is in the AppStore already: its settings "
        "change, or the call fails.",
        ("update", "refuse"),
    ),
    Switch(
        "conflict_status",
        409,
        "The status of an answer that refuses an equal label or an app already added.",
        (409, 422),
    ),
    Switch(
        "group_needs_app_id",
        "by_integration_specific_id",
        "Whether a group reference needs the `app_id` of its owner always or only when the group "
        "is given by `integration_specific_id`.",
        ("by_integration_specific_id", "always"),
    ),
    Switch(
        "patch_app_id",
        "refuse",
        "What a PATCH of a permission with the `app_id` of another app does.",
        ("refuse", "ignore", "move"),
    ),
    Switch(
        "visible_under_direct_to_user",
        "allow",
        "What becomes of a permission set VISIBLE while its app provisions DIRECT_TO_USER.",
        ("allow", "hide"),
    ),
    Switch(
        "stage_two_without_flag",
        "enable",
        "What stage 2 approvers do when sent, without the flag, to a config whose "
        "`require_additional_approval` is false: switch the stage on or merge into stage 1.",
        ("enable", "merge"),
    ),
    Switch(
        "clear_with_empty_string",
        True,
        "An empty string clears a text that cannot be null; when false it is disregarded.",
    ),
    Switch(
        "describes_entire_workflow",
        True,
        "The value of `response_describes_entire_approval_workflow` in answers.",
    ),
    Switch(
        "token_is_admin",
        True,
        "Whether the token that opens a tenant has the rights of a domain admin, who sees and "
        "decides everything (403 otherwise). Other tokens have the rights of their `scope`.",
    ),
    Switch(
        "self_approval",
        "allow",
        "What becomes of an approval by somebody who asked for the access or gets it: it counts, "
        "it is refused (403), or it counts without being given.",
        ("allow", "refuse", "automatic"),
    ),
    Switch(
        "same_person_again",
        "ask",
        "Whether somebody who has approved one step is asked at the next one too, or counts there.",
        ("ask", "count"),
    ),
    Switch(
        "rule_without_people",
        "everyone",
        "Who gets access by a pre-approval rule that names neither groups nor attributes.",
        ("everyone", "nobody"),
    ),
    Switch(
        "seconds_not_offered",
        "refuse",
        "What happens to a request for a number of seconds that equals no offered length: it "
        "is refused, accepted up to the longest length offered, or accepted.",
        ("refuse", "up_to_longest", "accept"),
    ),
    Switch(
        "reassign_provisioning",
        "refuse",
        "Whether tasks of provisioning and removal can be reassigned as approvals can.",
        ("refuse", "allow"),
    ),
    Switch(
        "request_expires_after_seconds",
        2_592_000,
        "How long a request waits for somebody before it is EXPIRED; 0 is for ever.",
    ),
    Switch(
        "transient_status_seconds",
        0.0,
        "How long people see a status in which Lumos waits for nobody, such as APPROVED.",
    ),
    Switch(
        "tasks_api",
        True,
        "Whether the Tasks API is enabled; else all of `/tasks` is a 404.",
    ),
    Switch(
        "read_after_write_lag_seconds",
        0.0,
        "For how long a new object is missing from lists.",
    ),
    Switch(
        "lag_hides_from",
        "lists",
        "Where a new object is missing for that long: in lists only, or in a GET by its id too "
        "(404), which takes an app just added for one that is not in the AppStore.",
        ("lists", "lists_and_ids"),
    ),
    Switch(
        "times_with_zone",
        False,
        "Whether times end in Z, as the document's `date-time` asks, or carry no zone, which is "
        "the only form that the vendor's own command line reads.",
    ),
    Switch("sync_seconds", 0.2, "How long a sync of an app takes."),
    Switch("rate_limit_per_second", 0, "Requests allowed in a second before 429; 0 is no limit."),
    Switch("latency_ms", 0, "How many milliseconds each answer is held back."),
)
SWITCHES = {switch.name: switch for switch in _DECLARED}


def defaults() -> dict[str, Any]:
    """The settings of a new tenant."""
    return {name: switch.default for name, switch in SWITCHES.items()}


def parse(assignment: str) -> tuple[str, Value]:
    """Read one NAME=VALUE of the command line; ValueError says what is wrong with it."""
    name, _, text = assignment.partition("=")
    if name not in SWITCHES:
        raise ValueError(f"there is no switch {name!r}; the switches are {', '.join(SWITCHES)}")
    return name, SWITCHES[name].parse(text)
