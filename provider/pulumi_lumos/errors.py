"""The errors that every layer may raise; `api/errors.py` draws the whole tree.

The text of an error is one or two sentences for the person who runs `pulumi up`: what was being
done, what was wrong, what to do next. It never holds the token.
"""

from __future__ import annotations


class LumosError(Exception):
    """Any failure that pulumi-lumos reports itself; `in_doubt`: a change may have been made."""

    in_doubt = False


class ConfigError(LumosError):
    """The settings cannot be used; the text names every mistake and how to correct it."""
