"""What goes wrong with the demo's heat pumps is seen in their readings, and only then."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources.demo.faults import Fault, faults
from custom_components.heatpump_dashboard.sources.demo.physics import (
    BRANDS,
    heater_spans,
    stored,
    truth,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WINTERS = [
    (datetime(year, 9, 1, tzinfo=UTC), datetime(year + 1, 6, 1, tzinfo=UTC))
    for year in (2026, 2027, 2028)
]


def moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def steady(brand: str, start: datetime, days: int = 2) -> pd.DataFrame:
    """Return what happened while the compressor had been heating for ten minutes."""
    true = truth(brand, start, start + days * DAY)
    heating = (true["compressor"] > 0) & (true["hot_water"] == 0)
    settled = heating.rolling(40).sum() == 40
    return true[settled & (true["auxiliary_kw"] == 0)]


def brine_flow(brand: str, start: datetime) -> float:
    """Return kW of the ground per kelvin of brine."""
    true = steady(brand, start)
    ground = (true["heat_kw"] - true["electricity_kw"]).sum()
    return ground / (true["brine_in_temp"] - true["brine_out_temp"]).sum()


def test_a_filter_clogs_for_six_weeks() -> None:
    (fault,) = faults("ivt", moment(10, 1), moment(11, 20))
    assert (fault.kind, fault.start, fault.size) == ("brine_flow", moment(10, 5), 0.4)
    before = brine_flow("ivt", moment(10, 2))

    assert brine_flow("ivt", moment(10, 25)) == pytest.approx(0.8 * before, rel=0.03)
    assert brine_flow("ivt", moment(11, 20)) == pytest.approx(0.6 * before, rel=0.03)
    assert brine_flow("ivt", fault.stop + DAY) == pytest.approx(before, rel=0.03)


def test_less_water_makes_a_greater_difference_of_the_same_heat() -> None:
    (fault,) = faults("thermia", moment(3, 1), moment(4, 1))
    with_less, without = (
        steady("thermia", start) for start in (fault.start, fault.stop)
    )
    seen, usual = (
        (true["heat_kw"] / (true["supply_temp"] - true["return_temp"])).mean()
        for true in (with_less, without)
    )
    assert (fault.kind, fault.size) == ("heating_flow", 0.2)
    assert seen == pytest.approx(0.8 * usual)
    assert usual == pytest.approx(2.7)


def test_a_tank_is_not_hot_for_five_weeks() -> None:
    (fault,) = faults("nibe", moment(2, 1), moment(4, 1))
    assert fault.kind == "hygiene"
    daily = truth("nibe", fault.start - 8 * DAY, fault.stop + 8 * DAY).resample("1D")
    hottest = daily["hot_water_temp"].max()

    assert hottest[fault.start : fault.stop - DAY].max() < 55
    assert hottest[: fault.start].max() > 59.5
    assert hottest[fault.stop :].max() > 59.5


def test_a_lower_curve_is_told_by_its_series() -> None:
    (fault,) = faults("thermia", moment(11, 8), moment(11, 10))
    names = ["heat_curve_L", "heating_setpoint"]
    rows = stored("thermia", fault.start - DAY, fault.start + DAY, names)
    after = rows.index >= fault.start

    assert set(rows["heat_curve_L"][~after]) == {360.0}
    assert set(rows["heat_curve_L"][after]) == {340.0}
    before, then = (
        rows["heating_setpoint"][start : start + 2 * HOUR].mean()
        for start in (fault.start - 3 * HOUR, fault.start)
    )
    assert -3 < then - before < -1


def test_where_a_fuse_trips_the_heater_carries_the_house() -> None:
    start, stop = moment(11, 1), moment(12, 1)
    (span,) = (
        one
        for one in heater_spans("nibe", start, stop)
        if one.cause == "compressor_off"
    )
    true = truth("nibe", span.start, span.stop)

    assert (true["compressor"] == 0).all()
    assert (true["alarm"] == 0).all()
    np.testing.assert_allclose(true["auxiliary_kw"], span.kw)
    assert any(
        fault.kind == "blocked" and fault.start <= span.start < fault.stop
        for fault in faults("nibe", start, stop)
    )


@pytest.mark.parametrize("brand", BRANDS)
def test_every_kwh_of_the_heater_has_its_cause(brand: str) -> None:
    start, stop = moment(11, 15), moment(12, 6)
    spans = heater_spans(brand, start, stop)
    kwh = sum(
        span.kw * (span.stop - span.start).total_seconds() / 3600 for span in spans
    )
    assert kwh == pytest.approx(truth(brand, start, stop)["auxiliary_kw"].sum() / 120)
    assert {span.cause for span in spans} >= {"hygiene"}


@pytest.mark.parametrize(("start", "stop"), WINTERS)
def test_every_winter_has_something_to_find_and_what_is_healthy(
    start: datetime, stop: datetime
) -> None:
    found = {brand: faults(brand, start, stop) for brand in BRANDS}
    kinds = [{fault.kind for fault in found[brand]} for brand in BRANDS]
    assert sorted(kinds, key=sorted) == [{"blocked"}, {"brine_flow"}, {"curve"}]
    before = [faults(brand, start - 365 * DAY, stop - 365 * DAY) for brand in BRANDS]
    clogged = next(at for at, kind in enumerate(kinds) if kind == {"brine_flow"})
    assert "brine_flow" not in {fault.kind for fault in before[clogged]}


def test_a_fault_grows() -> None:
    fault = Fault("brine_flow", moment(1, 1), moment(1, 11), 0.4, grows=4 * DAY)
    times = np.array([moment(1, day).timestamp() for day in (1, 2, 5, 10, 11)])
    np.testing.assert_allclose(fault.at(times), [0, 0.1, 0.4, 0.4, 0])
    assert fault.during(times).tolist() == [True, True, True, True, False]
