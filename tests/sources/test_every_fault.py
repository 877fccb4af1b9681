"""Where each fault of each store is tested: none is forgotten, and no test goes away.

The faults are those of a store that many have: it is away, it is slow, it lets nobody
in, what was read is gone or is called otherwise, and it answers by halves.
"""

from itertools import product
from pathlib import Path
import re

import pytest

TESTS = Path(__file__).parents[1]
FAULTS = ("away", "slow", "login", "gone", "entity", "renamed", "half")
FLUX = "sources/influx/test_failures.py"
INFLUXQL = "sources/influx/test_influxql_failures.py"
EXPORT, MAPPED = "test_exported_entities.py", "test_mapped_entities.py"
RECORDER = "sources/test_recorder.py"
# A collector's series has no registry that says so: it is silent, or is another one.
SILENT = "test_silence.py", "test_states_that_fall_silent"

WHERE = {
    ("influxdb", "away"): [
        (FLUX, "test_nobody_listening_is_refused"),
        ("live/test_outages_live.py", "test_server_down_at_set_up_is_tried_again"),
        (
            "live/test_outages_live.py",
            "test_server_away_keeps_what_is_known_and_comes_back_by_itself",
        ),
    ],
    ("influxdb", "slow"): [
        (FLUX, "test_a_slow_server_times_out_and_does_not_cancel_us"),
        (
            "live/test_silent_live.py",
            "test_neither_start_nor_stop_waits_for_a_silent_database",
        ),
    ],
    ("influxdb", "login"): [
        ("live/test_connection_live.py", "test_a_wrong_token_is_told"),
        (
            "live/test_outages_live.py",
            "test_token_revoked_while_running_is_asked_for_again",
        ),
    ],
    ("influxdb", "gone"): [
        ("live/test_outages_live.py", "test_bucket_deleted_while_running_is_told"),
    ],
    ("influxdb", "entity"): [
        SILENT,
        (
            EXPORT,
            "test_an_exported_entity_that_is_gone_has_no_value_from_then_on",
        ),
    ],
    ("influxdb", "renamed"): [
        (EXPORT, "test_an_export_is_read_on_under_both_names"),
    ],
    ("influxdb", "half"): [
        ("sources/influx/test_csv_tables.py", "test_an_answer_cut_anywhere_is_noticed"),
        (
            "sources/influx/test_only_four_errors.py",
            "test_every_answer_is_understood_or_one_of_four_errors",
        ),
        ("live/test_flux_live.py", "test_an_error_behind_a_good_table_is_noticed"),
    ],
    ("influxql", "away"): [
        (INFLUXQL, "test_nobody_listening_is_refused"),
        (
            "live/test_influxql_access_live.py",
            "test_a_server_that_comes_back_is_read_again",
        ),
    ],
    ("influxql", "slow"): [
        (INFLUXQL, "test_a_slow_server_times_out_and_does_not_cancel_us"),
    ],
    ("influxql", "login"): [
        ("live/test_influxql_access_live.py", "test_a_wrong_login_is_told"),
        (
            "live/test_home_assistant_influxql_live.py",
            "test_an_influxdb_1_is_set_up_polled_and_outlives_a_new_password",
        ),
    ],
    ("influxql", "gone"): [
        ("live/test_influxql_access_live.py", "test_a_wrong_database_is_told"),
        (
            "live/test_influxql_access_live.py",
            "test_a_database_that_is_dropped_and_made_again_is_followed",
        ),
    ],
    # What is known of exported entities is the same, whatever they are exported to.
    ("influxql", "entity"): [
        SILENT,
        (EXPORT, "test_an_exported_entity_that_is_gone_has_no_value_from_then_on"),
    ],
    ("influxql", "renamed"): [
        (EXPORT, "test_an_export_is_read_on_under_both_names"),
    ],
    ("influxql", "half"): [
        (INFLUXQL, "test_where_the_server_cuts_less_is_asked_for"),
        (
            "sources/influx/test_any_influxql_answer.py",
            "test_every_answer_is_understood_or_one_of_four_errors",
        ),
    ],
    ("recorder", "away"): [
        (RECORDER, "test_without_a_recorder_there_is_nothing_to_read"),
        (RECORDER, "test_a_database_that_is_not_ready_is_told_apart"),
    ],
    ("recorder", "slow"): [
        (RECORDER, "test_a_slow_database_keeps_nothing_new_from_being_known"),
    ],
    ("recorder", "gone"): [
        (RECORDER, "test_a_database_that_fails_is_a_question_that_failed"),
        (
            "sources/test_recorder_statistics.py",
            "test_statistics_that_cannot_be_read_cost_nothing_else",
        ),
    ],
    ("recorder", "entity"): [
        (RECORDER, "test_an_entity_that_is_removed_has_no_value"),
        (MAPPED, "test_an_entity_that_tells_nothing_is_named_until_it_does"),
        (MAPPED, "test_what_the_recorder_leaves_out_is_named"),
    ],
    ("recorder", "renamed"): [
        (MAPPED, "test_a_renamed_entity_is_followed_with_all_its_past"),
        (MAPPED, "test_a_rename_is_followed_while_the_entry_is_not_loaded"),
    ],
    ("recorder", "half"): [
        (RECORDER, "test_what_is_unavailable_or_unknown_has_no_value"),
        (RECORDER, "test_an_entity_that_never_was_has_no_column"),
    ],
}
# It has no login.
NONE = {("recorder", "login")}


@pytest.mark.parametrize(
    ("store", "fault"), list(product(("influxdb", "influxql", "recorder"), FAULTS))
)
def test_every_fault_of_every_store_has_its_test(store: str, fault: str) -> None:
    found = WHERE.get((store, fault), [])
    assert bool(found) is ((store, fault) not in NONE)
    for path, name in found:
        text = (TESTS / path).read_text("utf-8")
        assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE), name
