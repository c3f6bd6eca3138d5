"""How many programs are tried, and under which answers of the emulator."""

from __future__ import annotations

import os

from hypothesis import strategies as st

from ..drivers.forked_host import LAG_SECONDS

EXAMPLES = int(os.environ.get("LUMOS_CONVERGENCE_EXAMPLES", "0"))
"""How many random histories to try in each test: a few, always the same, unless it is set."""

SWITCHES = st.fixed_dictionaries(
    {},
    optional={
        "detail": st.sampled_from(["list", "string"]),
        "conflict_status": st.sampled_from([409, 422]),
        "post_existing_app": st.sampled_from(["update", "refuse"]),
        "group_needs_app_id": st.sampled_from(["by_integration_specific_id", "always"]),
        "patch_app_id": st.sampled_from(["refuse", "ignore", "move"]),
        "visible_under_direct_to_user": st.sampled_from(["allow", "hide"]),
        "stage_two_without_flag": st.sampled_from(["enable", "merge"]),
        "clear_with_empty_string": st.booleans(),
        "describes_entire_workflow": st.booleans(),
        "read_after_write_lag_seconds": st.sampled_from([0.0, 0.6 * LAG_SECONDS]),
        "lag_hides_from": st.sampled_from(["lists", "lists_and_ids"]),
    },
)
"""The switches of the emulator that decide what Lumos does with a request, except two."""
