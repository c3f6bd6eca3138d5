"""Names that try to steer a terminal, to forge a line, or to look like a token."""

from __future__ import annotations

from typing import Any

TOKEN_LIKE = "lsk_CANARYinAname0123456789"
PIECES = {
    "clears the line": "\x1b[2K\x1b[1A",
    "sets the title": "\x1b]0;owned\x07",
    "eight-bit escape": "\x9b2J",
    "goes back": "\x08\x08\r",
    "forges a line": "\nforged: approved by Ada",
    "breaks the line as Unicode does": "\u2028forged: approved",
    "reorders": "\u202eadA\u2066",
    "hides": "\u200b\ufeff\U000e0041",
    "colours Pulumi": "<{%fg 1%}>",
    "stops Pulumi": "<{%boom%}>",
    "looks like a token": TOKEN_LIKE,
    "formats": "%s %!d {0} $(id) [red]",
}
STEERING = (
    *("\x1b[2K", "\x1b[1A", "\x1b]", "\x07", "\x9b", "\x08", "\r", "\u2028", "\u202e", "\u2066"),
    *("\u200b", "\ufeff", "\U000e0041", "<{%", TOKEN_LIKE),
)
"""Pieces that no text for people may hold."""


def hostile(word: str, *pieces: str) -> str:
    """A name that begins like a good one; with all pieces where none is named."""
    return " ".join([word, *(pieces or PIECES.values())])


def steering(text: str) -> list[str]:
    """The parts of a text that would control a reader's terminal."""
    forged = [line for line in text.splitlines() if line.strip().startswith("forged")]
    return [one for one in STEERING if one in text] + forged


def renamed(state: dict[str, Any]) -> dict[str, Any]:
    """All objects of a company, each with a hostile name."""
    for kind, names in {
        "apps": ("user_friendly_label",),
        "groups": ("name", "description"),
        "users": ("email", "given_name", "family_name"),
        "permissions": ("label",),
        "inline_webhooks": ("name", "description"),
    }.items():
        for one in state[kind].values():
            for name in names:
                one[name] = hostile(str(one[name]))
    return state
