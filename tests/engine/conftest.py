"""A stack of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

TOLD_ON_BOTH_HOSTS_BY_MAKE_TEST = {
    "test_a_half_made_app_is_in_the_state_and_the_next_up_finishes_it",
    "test_a_permission_is_made_anew_before_the_old_one_goes",
    "test_a_warning_of_many_permissions_and_an_info_of_many_apps_are_one_line_each",
    "test_all_mistakes_of_a_resource_are_named_where_the_program_makes_them",
    "test_an_error_that_echoes_a_secret_does_not_show_it",
    "test_lookups_run_in_the_preview_with_the_settings_of_the_stack",
    "test_offline_a_preview_asks_nothing",
    "test_renamed_and_moved_resources_with_aliases_change_nothing",
    "test_what_a_program_names_and_lumos_has_not_is_wrong_at_its_path",
    "test_what_exists_is_refused_in_the_preview_and_taken_over_on_request",
}
"""Ten stories, each of another promise, that `make test` tells on the packaged host alone."""
TOLD_ON_BOTH_HOSTS = {
    *TOLD_ON_BOTH_HOSTS_BY_MAKE_TEST,
    "test_a_company_that_uses_every_field_is_adopted_as_it_is",
    "test_a_half_made_update_is_read_before_the_next_one",
    "test_a_label_moves_to_another_resource_in_one_update",
    "test_a_program_that_no_longer_says_adopt_changes_nothing_and_still_gives_back",
    "test_a_run_with_the_token_of_another_tenant_stops",
    "test_a_second_stack_is_stopped_by_its_preview",
    "test_a_synced_permission_is_adopted_and_never_made_or_deleted",
    "test_a_write_that_waits_for_its_turn_is_not_made_once_the_engine_is_gone",
    "test_an_edit_between_preview_and_up_survives_where_it_is_of_another_field",
    "test_an_object_is_made_kept_repaired_made_again_and_destroyed",
    "test_equal_labels_are_wrong_in_the_preview_when_made_and_when_changed_and_cost_no_request",
    "test_every_field_is_set_and_cleared_in_place",
    "test_a_secret_stays_one_through_updates_and_refreshes",
    "test_neither_order_nor_spelling_is_a_change_and_one_approver_more_is_one_entry",
    "test_the_next_command_finishes_what_a_killed_one_began",
    "test_what_only_lumos_knows_is_named_together_with_the_other_mistakes",
}
"""All stories that are told on both hosts; one of the two is slow."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "host" in metafunc.fixturenames and metafunc.function.__name__ in TOLD_ON_BOTH_HOSTS:
        is_quick = metafunc.function.__name__ in TOLD_ON_BOTH_HOSTS_BY_MAKE_TEST
        other = "dynamic" if is_quick else "packaged"
        hosts = [
            pytest.param(host, marks=pytest.mark.slow if host == other else ())
            for host in ("dynamic", "packaged")
        ]
        metafunc.parametrize("host", hosts)


@pytest.fixture
def host() -> str:
    """The host that serves the resources."""
    return "dynamic"


@pytest.fixture
def stack(tmp_path: Path, pulumi_folder: str, tenant: Tenant, host: str) -> Stack:
    made = Stack(tmp_path, pulumi_folder, tenant)
    if host == "packaged":
        made.use_packaged_host()
    return made
