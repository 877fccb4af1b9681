"""Events: every change of what is on, and what came of it."""

from itertools import pairwise

from hypothesis import given, settings, strategies as st
import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import Event, events, since
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.states import (
    Kind,
    forget_states,
    join_states,
    mode_numbers,
    no_states,
    states,
)
from custom_components.heatpump_dashboard.analysis.windows import sums_between
from custom_components.heatpump_dashboard.analysis.words import MODES

from .factory import (
    FAR,
    START,
    book,
    context_of,
    every,
    readings,
    running,
    seconds,
    states_of,
    told,
)
from .strategies import any_equipment, any_readings

# They begin anew with each window, so they depend on where time was cut.
_FLOWED = ["kwh", "electricity_kwh", "known_s"]


def changes(found: list[Event]) -> list[tuple[float, float]]:
    """Return when (s after the start) something became what."""
    start = START.value // 1_000_000
    return [((event.time - start) / 1000, event.value) for event in found]


def test_a_change_is_at_the_later_of_two_readings() -> None:
    frame = readings(every(120), compressor=[0, 1, 1, 0, 1])

    assert changes(told(frame, Kind.COMPRESSOR)) == [(30, 1), (90, 0), (120, 1)]
    assert told(frame, Kind.COMPRESSOR)[1].duration_s == 60


def test_what_is_on_at_first_is_no_change_and_its_length_is_not_known() -> None:
    frame = running(600, compressor=[1] * 10 + [0] * 11)
    (stopped,) = told(frame, Kind.COMPRESSOR)

    assert changes([stopped]) == [(300, 0)]
    assert stopped.duration_s is stopped.kwh is None
    assert stopped.celsius == (None, None)


def test_readings_without_a_valid_state_are_passed_over() -> None:
    frame = readings(every(150), compressor=[np.nan, 0, np.nan, np.nan, 1, np.nan])

    assert changes(told(frame, Kind.COMPRESSOR)) == [(120, 1)]


def test_a_gap_makes_no_change_but_another_state_on_its_far_side_does() -> None:
    times = seconds(np.arange(0, 300, 30.0), np.arange(20_000, 20_300, 30.0))

    assert told(readings(times, compressor=1), Kind.COMPRESSOR) == []
    other = readings(times, compressor=[0] * 10 + [1] * 10)
    assert changes(told(other, Kind.COMPRESSOR)) == [(20_000, 1)]


def test_every_kind_has_its_changes() -> None:
    frame = readings(
        every(120),
        compressor=[0, 1, 1, 1, 0],
        brine_pump=[1, 1, 1, 1, 0],
        circulation_pump=[0, 0, 1, 0, 0],
        hot_water_valve=[1, 1, 0, 1, 1],
    )

    assert changes(told(frame, Kind.BRINE_PUMP)) == [(120, 0)]
    assert changes(told(frame, Kind.CIRCULATION_PUMP)) == [(60, 1), (90, 0)]
    # The charge is what counts, not the valve: consistent with the ledger.
    charges = told(frame, Kind.HOT_WATER)
    assert changes(charges) == [(30, 1), (60, 0), (90, 1), (120, 0)]
    assert book(frame)["hot_water_charges"].sum() == 2


def test_the_heat_of_a_run_is_that_between_its_ends() -> None:
    # Three hours at 13.5 kW, of which 100 min from minute 7 are a run.
    on = (np.arange(361) >= 14) & (np.arange(361) < 214)
    frame = running(3 * 3600, compressor=on.astype(float))
    (_, stopped) = told(frame, Kind.COMPRESSOR)

    assert stopped.duration_s == 6000
    assert stopped.electricity_kwh == pytest.approx(3 * 6000 / 3600)
    assert stopped.kwh == pytest.approx(13.5 * 6000 / 3600)


def test_the_heat_of_a_compressor_is_without_that_of_the_auxiliary_heater() -> None:
    on = np.array([0.0] * 20 + [1.0] * 20 + [0.0] * 21)
    frame = running(1800, compressor=on, auxiliary_percent=33 * on, power=6000)
    (_, stopped) = told(frame, Kind.COMPRESSOR)
    (_, off) = told(frame, Kind.AUXILIARY)

    assert off.kwh == pytest.approx(2.97 / 6)
    assert stopped.kwh == pytest.approx((13.5 - 2.97) / 6)


def test_a_charge_has_the_temperatures_before_and_after() -> None:
    warm = [46, 46, np.nan, 47, 48, np.nan, 51]
    frame = readings(
        every(180),
        compressor=[0, 0, 1, 1, 1, 0, 0],
        hot_water_valve=1,
        hot_water_temp=warm,
        supply_temp=45,
        return_temp=40,
        power=3000,
    )
    frame.index += pd.Timedelta(minutes=10)
    frame = pd.concat([running(570, compressor=0), frame])
    (begun, done) = told(frame, Kind.HOT_WATER)

    assert begun.celsius == (None, None)
    assert done.celsius == (46, 48)
    assert done.kwh == pytest.approx(13.5 * 90 / 3600)
    assert done.electricity_kwh == pytest.approx(3 * 90 / 3600)


def test_a_run_of_which_too_little_is_known_has_no_kwh() -> None:
    on = (np.arange(121) >= 40) & (np.arange(121) < 80)
    lost = np.where((np.arange(121) >= 50) & (np.arange(121) < 53), -1, 35)
    frame = running(3600, compressor=on.astype(float), return_temp=35)
    frame.loc[lost < 0, "return_temp"] = np.nan
    (_, stopped) = told(frame, Kind.COMPRESSOR)

    assert stopped.duration_s == 1200
    assert stopped.kwh is None


def test_without_temperatures_no_heat_is_told() -> None:
    on = (np.arange(121) >= 40) & (np.arange(121) < 80)
    frame = readings(every(3600), compressor=on.astype(float), power=3000)
    (_, stopped) = told(frame, Kind.COMPRESSOR)

    assert stopped.duration_s == 1200
    assert stopped.kwh is None


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        ([0, 33, 33, 67, 0], [(30, 33), (90, 67), (120, 0)]),
        # Nine points are not worth telling, ten are, in one step or in many.
        ([33, 42, 33, 43, 43], [(90, 43)]),
        ([50, 54, 58, 62, 66], [(90, 62)]),
        ([0, 3, 7, 2, 0], [(30, 3), (120, 0)]),
    ],
)
def test_the_auxiliary_heater_goes_on_off_or_by_ten_points(
    percent: list[float], expected: list[tuple[float, float]]
) -> None:
    frame = readings(every(120), compressor=0, auxiliary_percent=percent)

    assert changes(told(frame, Kind.AUXILIARY)) == expected


def test_steps_are_percent_of_the_whole_heater() -> None:
    frame = readings(
        every(120),
        compressor=0,
        auxiliary_step_1=[0, 1, 0, 1, 0],
        auxiliary_step_2=[0, 0, 1, 1, 0],
    )
    steps = Equipment(auxiliary_step_kw=(3.0, 6.0), auxiliary_max_kw=9.0)

    found = told(frame, Kind.AUXILIARY, steps)
    assert changes(found) == [(30, 33), (60, 67), (90, 100), (120, 0)]
    assert found[-1].duration_s == 90


def test_a_heat_pump_that_falls_silent_ends_nothing() -> None:
    """Hours without the valve, the heater and the alarm: none of them went off."""
    gone = [1.0] * 20 + [np.nan] * 400
    frame = running(
        419 * 30.0,
        hot_water_valve=gone,
        auxiliary_step_1=gone,
        auxiliary_step_2=0,
        alarm=gone,
        alarm_code=0,
    )
    frame.iloc[0, :] = 0
    steps = Equipment(auxiliary_step_kw=(3, 6))
    found = events(states_of(frame, steps), book(frame, steps))

    assert {e.kind for e in found if e.value} == {
        Kind.ALARM,
        Kind.COMPRESSOR,
        Kind.HOT_WATER,
        Kind.AUXILIARY,
    }
    assert [e for e in found if not e.value] == []


def test_a_missing_valve_is_where_it_was() -> None:
    frame = readings(every(90), compressor=1, hot_water_valve=[0, 1, np.nan, 0])
    numbers = mode_numbers(operation_of(Samples.of(frame), Equipment()))

    assert [MODES[int(number)] for number in numbers] == [
        "heating",
        "hot_water",
        "hot_water",
        "heating",
    ]


def test_a_valve_that_comes_back_begins_no_second_charge() -> None:
    valve = [0.0] + [1.0] * 20 + [np.nan] * 379 + [1.0] * 20
    frame = running(419 * 30.0, hot_water_valve=valve)

    assert book(frame)["hot_water_charges"].sum() == 1
    assert len(told(frame, Kind.HOT_WATER)) == 1


def test_since_is_the_last_change_and_absent_where_there_was_none() -> None:
    frame = readings(every(120), compressor=[0, 1, 1, 0, 0], brine_pump=1, alarm_code=0)
    begun = since(states_of(frame))

    ended = (START.value // 1_000_000) + 90_000
    assert begun == {Kind.COMPRESSOR: ended, Kind.MODE: ended}


def test_what_held_at_the_edge_is_not_forgotten() -> None:
    frame = readings(every(120), compressor=[0, 1, 1, 1, 0], brine_pump=1)
    edge = START + pd.Timedelta(seconds=100)
    left = forget_states(states_of(frame), edge)

    assert sorted(left["kind"][left.index < edge]) == sorted({*left["kind"]})
    assert changes(list(events(left, book(frame)))) == [(120, 0)]


def test_no_readings_have_no_events() -> None:
    assert events(no_states(), book(readings(every(0)).iloc[:0])) == ()
    assert since(no_states()) == {}


_LATCHED = st.booleans()


def with_codes(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the readings with alarms, pumps and hot water made of what is there."""
    power = frame.get("power", pd.Series(0.0, index=frame.index))
    return frame.assign(
        alarm_code=(power // 700 % 3).where(power > 0, 0.0),
        alarm=(power > 2000).astype(float),
        brine_pump=frame["compressor"],
        hot_water_temp=frame["supply_temp"],
    )


@settings(max_examples=100)
@given(any_readings(), any_equipment, _LATCHED, st.data())
def test_any_cutting_gives_the_same_states(
    frame: pd.DataFrame, equipment: Equipment, latched: bool, data: st.DataObject
) -> None:
    """Pieces with as little context as is allowed are put together in any grouping."""
    frame = with_codes(frame)
    cuts = data.draw(st.lists(st.sampled_from(list(frame.index)), max_size=6))
    edges = [START - FAR, *sorted(cuts), START + FAR]
    pieces = []
    for start, stop in pairwise(edges):
        # Counters need what comes after; the rest needs none of it.
        context = frame.iloc[context_of(frame, start) :]
        operation = operation_of(Samples.of(context), equipment)
        piece = states(operation, equipment, start, latched_alarm=latched)
        pieces.append(piece[piece.index < stop])
    while len(pieces) > 1:
        place = data.draw(st.integers(0, len(pieces) - 2))
        pieces[place : place + 2] = [join_states(pieces[place], pieces[place + 1])]

    expected = states_of(frame, equipment, latched=latched)
    pd.testing.assert_frame_equal(
        pieces[0].drop(columns=_FLOWED),
        expected.drop(columns=_FLOWED),
        check_freq=False,
    )
    windows = book(frame, equipment)
    for found, right in zip(
        events(pieces[0], windows), events(expected, windows), strict=True
    ):
        assert found[:5] == right[:5]
        assert found.kwh == pytest.approx(right.kwh, abs=1e-9)
        paid = right.electricity_kwh
        assert found.electricity_kwh == pytest.approx(paid, abs=1e-9)


@settings(max_examples=100)
@given(any_readings(), any_equipment)
def test_the_energy_of_a_run_is_what_flowed_between_its_ends(
    frame: pd.DataFrame, equipment: Equipment
) -> None:
    operation = operation_of(Samples.of(frame), equipment)
    columns = {
        Kind.COMPRESSOR: "compressor_heat_kwh",
        Kind.HOT_WATER: "heat_hot_water_kwh",
        Kind.AUXILIARY: "auxiliary_kwh",
    }
    electricity = {
        Kind.COMPRESSOR: "compressor_electricity_kwh",
        Kind.HOT_WATER: "electricity_hot_water_kwh",
    }
    first = frame.index[0].floor("5min") + pd.Timedelta(minutes=5)
    for event in events(states_of(frame, equipment), book(frame, equipment)):
        if event.kwh is None or event.duration_s is None:
            continue
        stop = event.time * 1_000_000
        start = stop - round(event.duration_s * 1e9)
        flowed = sums_between(operation, start, stop)
        assert start >= first.value
        assert event.kwh == pytest.approx(flowed[columns[event.kind]], abs=1e-6)
        if event.electricity_kwh is not None:
            paid = flowed[electricity[event.kind]]
            assert event.electricity_kwh == pytest.approx(paid, abs=1e-6)
        assert flowed["energy_s"] >= 0.95 * event.duration_s - 1e-6


@settings(max_examples=100)
@given(any_readings(), any_equipment)
def test_starts_and_charges_are_those_of_the_windows(
    frame: pd.DataFrame, equipment: Equipment
) -> None:
    windows = book(frame, equipment)
    begun = [e.kind for e in events(states_of(frame, equipment), windows) if e.value]

    assert begun.count(Kind.COMPRESSOR) == windows["starts"].sum()
    assert begun.count(Kind.HOT_WATER) == windows["hot_water_charges"].sum()
