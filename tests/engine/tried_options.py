"""The options of resources and commands, and where each is tried."""

from __future__ import annotations

TRIED = {
    "protect",
    "retain_on_delete",
    "ignore_changes",
    "replace_on_changes",
    "delete_before_replace",
    "aliases",
    "depends_on",
    "import_",
    "deletion_policy",
    "deleted_with",
    "hide_diffs",
    "additional_secret_outputs",
    "custom_timeouts",
    "replace_with",
    "replacement_trigger",
    "--replace",
    "state taint",
    "--target",
    "--plan",
    "--continue-on-error",
}
