"""A stack of its own for every test."""

from __future__ import annotations

import pytest

from ..drivers.stack import host, stack

__all__ = ["host", "stack"]

TOLD_ON_THE_PACKAGED_HOST_BY_MAKE_TEST = {
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
"""Ten stories, each of another promise. `make test` tells all others on the dynamic host."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell each story on both hosts, unless it is marked `one_host`; `make test` takes one."""
    if "host" not in metafunc.fixturenames or metafunc.definition.get_closest_marker("one_host"):
        return
    is_of_packaged = metafunc.function.__name__ in TOLD_ON_THE_PACKAGED_HOST_BY_MAKE_TEST
    other = "dynamic" if is_of_packaged else "packaged"
    hosts = [
        pytest.param(host, marks=pytest.mark.slow if host == other else ())
        for host in ("dynamic", "packaged")
    ]
    metafunc.parametrize("host", hosts)
