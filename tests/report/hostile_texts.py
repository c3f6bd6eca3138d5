"""Names that would do something where they are shown."""

from __future__ import annotations

from ..drivers.tenant import Tenant
from .company import SALESFORCE

FORMULA = '=HYPERLINK("http://x";"y")'
MENTION = "@acme/all <b>|</b> #1 www.evil.example $x$"
SCRIPT = "</script><script>alert(1)//\u202e\u200b lsk_abcdef123"
LINES = "a\nb\x1b[31m\u202e\u200b lsk_abcdef123"


def hostile(tenant: Tenant) -> None:
    """An app and two permissions with such names."""
    tenant.call("PATCH", f"/apps/{SALESFORCE}", {"name": SCRIPT})
    for label in (FORMULA, MENTION, LINES):
        tenant.add_permission(SALESFORCE, label, appstore_visibility="VISIBLE")
