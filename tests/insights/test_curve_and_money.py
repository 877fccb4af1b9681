"""A lower curve, and when electricity is taken."""

from dataclasses import replace
from datetime import UTC

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.insights.curve import curve, reaction
from custom_components.heatpump_dashboard.insights.days import day_table
from custom_components.heatpump_dashboard.insights.money import money, peaks
from custom_components.heatpump_dashboard.insights.registry import answers

from .factory import FIRST, METRICS, hours_of_days, subject, winter

Sums = dict[str, np.ndarray]


def test_what_a_kelvin_does() -> None:
    found = reaction(
        heat_kw=2.7, water=35.5, indoor=21, loss=0.18, supply=37.5, source=0
    )
    emits = 1.3 * 2.7 / (35.5 - 21)
    assert emits == pytest.approx(0.242, abs=5e-4)
    assert found.room == pytest.approx(0.574, abs=5e-4)
    assert 100 * found.heat == pytest.approx(3.8, abs=0.05)
    assert 100 * found.cop == pytest.approx(1.9, abs=0.05)
    assert 100 * found.electricity == pytest.approx(5.6, abs=0.1)


def test_a_wrong_flow_factor_changes_nothing() -> None:
    right, wrong = (
        reaction(
            heat_kw=2.7 * factor,
            water=35.5,
            indoor=21,
            loss=0.18 * factor,
            supply=37.5,
            source=0,
        )
        for factor in (1, 3)
    )
    assert wrong == pytest.approx(right)


def test_the_curve_of_a_winter() -> None:
    days = winter(100, outdoor=1 + 9 * np.sin(np.arange(100) / 5))
    found = curve(subject(days))

    assert (found.state, found.code, found.unit) == ("ok", "lower", "%/K")
    assert found.n == 60
    assert 4 < found.value < 7
    assert 0.4 < found.params["room"] < 0.7
    assert found.params["supply_cold"] > 38
    assert found.params["supply_mild"] < 34.5


@pytest.mark.parametrize(
    ("wanted", "cold", "mild"),
    [
        # Rooms of 21 °C, and about half a kelvin of them for one of the supply.
        (20.5, 1, 1),
        (19.0, 2, 2),
        (21.0, None, None),
        (22.0, None, None),
        (None, None, None),
    ],
)
def test_how_much_lower_to_try(
    wanted: float | None, cold: int | None, mild: int | None
) -> None:
    days = winter(100, outdoor=1 + 9 * np.sin(np.arange(100) / 5))
    settings = {} if wanted is None else {"room_setpoint": wanted}
    found = curve(subject(days, settings=settings)).params
    assert (found.get("lower_cold"), found.get("lower_mild")) == (cold, mild)


def asking(**changed: np.ndarray | float) -> Sums:
    """Return days of all weathers with what the curve asked for, 1 K over the supply."""
    days = winter(100, outdoor=1 + 9 * np.sin(np.arange(100) / 5))
    days["supply_setpoint|s"] = np.full(100, 86_400.0)
    supply = days["steady_heating_supply_ks"] / days["steady_heating_s"]
    by = np.broadcast_to(changed.get("by", 1.0), 100)
    days["supply_setpoint|sum"] = (supply + by) * 86_400
    return days


def test_what_the_curve_asks_for_stands_beside_what_the_pump_does() -> None:
    found = curve(subject(asking())).params

    for end in ("cold", "mild"):
        assert found[f"asked_{end}"] == pytest.approx(found[f"supply_{end}"] + 1)
    assert "asked_cold" not in curve(subject()).params
    rows = answers(subject(asking())).evidence("curve")["days"]
    assert all(row["supply_setpoint"] == row["supply"] + 1 for row in rows[:1])


def test_cold_rooms_of_a_heat_pump_that_cannot_more_are_no_matter_of_the_curve() -> (
    None
):
    days = asking(by=4.0)
    assert curve(subject(days)).code == "lower"
    days["indoor_temp|sum"] = np.full(100, 18.0 * 86_400)
    found = curve(subject(days))
    assert (found.state, found.code, found.value) == ("unknown", "capacity", None)
    assert curve(subject(days, settings={"room_setpoint": 18.0})).code == "lower"
    days["supply_setpoint|sum"] -= 2 * 86_400
    assert curve(subject(days)).code == "lower"


def test_without_a_room_there_is_a_hint_and_no_number() -> None:
    blind = METRICS - {"indoor_temp"}
    days = asking(by=-4.0)
    assert curve(subject(days, metrics=blind)).code == "no_metric"
    days["heating_runs_s"] = days["heating_runs"] * 12 * 60.0
    found = curve(subject(days, metrics=blind))

    assert (found.state, found.code, found.value) == ("ok", "throttled", None)
    assert found.params["over"] == pytest.approx(4.0)
    assert found.params["minutes"] == pytest.approx(12.0)
    days["supply_setpoint|sum"] += 2 * 86_400
    assert curve(subject(days, metrics=blind)).code == "no_metric"


def test_what_a_kelvin_saves_in_a_year() -> None:
    days = winter(365, outdoor=1 + 9 * np.sin(np.arange(365) / 5))
    assert "saved_cost" not in curve(subject(days)).params
    days["cost"] = 1.5 * days["electricity_kwh"]
    days["priced_kwh"] = days["electricity_kwh"].copy()
    found = curve(subject(days))
    heating = days["electricity_kwh"].sum() - days["electricity_hot_water_kwh"].sum()

    assert found.value is not None
    assert found.params["saved_cost"] == pytest.approx(
        1.5 * heating * found.value / 100, rel=0.01
    )


@pytest.mark.parametrize("metric", ["indoor_temp", "outdoor_temp", "return_temp"])
def test_without_its_metrics_there_is_no_curve(metric: str) -> None:
    found = curve(subject(metrics=METRICS - {metric}))
    assert (found.state, found.params) == ("unknown", {"metric": metric})


def test_the_curve_is_learned_for_two_weeks() -> None:
    assert curve(subject(winter(10))).state == "learning"
    summer = winter(100)
    summer["steady_heating_s"][20:] = 0
    assert curve(subject(summer)).code == "not_heating"


def priced(price: float | np.ndarray, paid: float | np.ndarray) -> Sums:
    """Return days at a mean price, for which another one was paid."""
    days = winter(60)
    days["cost"] = days["electricity_kwh"] * paid
    days["priced_kwh"] = days["electricity_kwh"].copy()
    days["price_sum"] = np.broadcast_to(np.asarray(price, float) * 24, 60).copy()
    days["price_hours"] = np.full(60, 24.0)
    return days


def test_electricity_that_is_taken_when_it_is_cheap() -> None:
    """3, 1, 0 and 2 kWh at 0.50, 0.80, 2.00 and 1.20 are 4.70."""
    energy, price = np.array([3, 1, 0, 2]), np.array([0.5, 0.8, 2.0, 1.2])
    cost = float(energy @ price)
    assert cost == pytest.approx(4.70)
    found = money(subject(priced(price.mean(), cost / energy.sum())))

    assert found.code == "timing"
    assert found.params["paid"] == pytest.approx(0.783, abs=5e-4)
    assert found.params["flat"] == pytest.approx(1.125)
    assert found.value == pytest.approx(0.696, abs=5e-4)


def test_the_highest_hours_of_three_days() -> None:
    days = priced(1.0, 0.9)
    days["electricity_kwh"] = np.full(60, 24.0)
    days["priced_kwh"] = days["electricity_kwh"].copy()
    days["cost"] = days["electricity_kwh"] * 0.9
    for place, kw in ((-9, 7.2), (-5, 6.5), (-1, 6.1)):
        days["electricity_kwh"][place] = days["priced_kwh"][place] = 24 * kw
        days["cost"][place] = 24 * kw * 0.9
    found = money(subject(days))

    assert [found.params[f"peak_{place}"] for place in (1, 2, 3)] == pytest.approx(
        [7.2, 6.5, 6.1]
    )
    assert found.params["peak"] == pytest.approx(6.6)
    assert 45 * found.params["peak"] == pytest.approx(297)


def test_one_price_has_no_timing() -> None:
    found = money(subject(priced(1.5, 1.5)))
    assert (found.code, found.value) == ("fixed_price", None)


def test_a_price_near_nothing_has_no_ratio() -> None:
    found = money(subject(priced(0.01, -0.2)))
    assert (found.code, found.value) == ("no_ratio", None)


@pytest.mark.parametrize("currency", [1.0, 1 / 11, 35.0])
def test_how_near_nothing_a_price_is_is_no_matter_of_its_currency(
    currency: float,
) -> None:
    """A spot price of 0.50 kronor is one of 0.045 euro."""
    found = money(subject(priced(0.5 * currency, 0.4 * currency)))
    assert found.code == "timing"
    assert found.value == pytest.approx(0.8)
    # In half of all hours as much below zero as it is above in the others, but for 8 %.
    hours = hours_of_days(40, **winter(40))
    sign = np.where(hours.index.hour.to_numpy() < 12, 1.0, -0.85)
    hours["price_sum"], hours["price_hours"] = 0.5 * currency * sign, 1.0
    hours["priced_kwh"] = hours["electricity_kwh"]
    hours["cost"] = hours["electricity_kwh"] * 0.3 * currency
    found = money(replace(subject(winter(40)), days=day_table(hours, UTC)))
    assert (found.code, found.value) == ("no_ratio", None)


def test_without_a_price_nothing_is_known() -> None:
    assert money(subject()).code == "no_price"
    assert money(subject(electricity=None)).code == "no_measured_power"
    days = priced(1.0, 0.9)
    days["priced_kwh"][-10:] = 0
    assert money(subject(days)).code == "coverage"


def test_hot_water_that_could_have_waited() -> None:
    """2 kWh at 2.00 with an hour of 0.50 four hours later: 3.00 a day."""
    hours = hours_of_days(40, **winter(40))
    hour = hours.index.hour.to_numpy()
    hours["electricity_hot_water_kwh"] = np.where(hour == 12, 2.0, 0.0)
    hours["electricity_kwh"] = np.where(hour == 12, 6.0, 1.0)
    hours["auxiliary_kwh"] = np.where(hour == 12, 3.0, 0.0)
    hours["price_sum"] = np.select([hour == 12, hour == 16], [2.0, 0.5], 1.0)
    hours["price_hours"] = 1.0
    hours["cost"] = hours["electricity_kwh"] * hours["price_sum"]
    hours["priced_kwh"] = hours["electricity_kwh"]
    found = money(replace(subject(winter(40)), days=day_table(hours, UTC)))

    assert found.params["movable"] == pytest.approx(30 * 3.0)
    assert found.params["peak"] == 6
    assert found.params["peak_heater"] == pytest.approx(0.5)
    assert found.params["peak_hot_water"] == pytest.approx(1 / 3)


def test_hot_water_that_was_cold_could_not_have_waited() -> None:
    """2 kWh at 2.00: 0.50 four hours later, 1.00 before; a tank at 41 °C cannot wait."""
    hours = hours_of_days(40, **winter(40))
    hour = hours.index.hour.to_numpy()
    hours["electricity_hot_water_kwh"] = np.where(hour == 12, 2.0, 0.0)
    hours["price_sum"] = np.select([hour == 12, hour == 16], [2.0, 0.5], 1.0)
    hours["price_hours"] = 1.0
    for celsius, saved in ((43.0, 3.0), (41.0, 2.0), (np.nan, 3.0)):
        hours["hot_water_temp|min"] = celsius
        moved = day_table(hours, UTC)["hot_water_move"].iloc[5]
        assert moved == pytest.approx(saved)


def test_hot_water_does_not_wait_for_hours_beyond_a_gap() -> None:
    """The next hour that was read is cheap, and three days later."""
    hours = hours_of_days(6, **winter(6))
    at = pd.DatetimeIndex(hours.index)
    late = np.asarray(at.day >= FIRST.day + 4)
    charge = (at.day == FIRST.day) & (at.hour == 21)
    hours["electricity_hot_water_kwh"] = np.where(charge, 3.0, 0.0)
    hours["price_sum"], hours["price_hours"] = np.where(late, 0.1, 2.0), 1.0
    read = hours[late | (at.day == FIRST.day)]
    for celsius in (41.0, 43.0):
        moved = day_table(read.assign(**{"hot_water_temp|min": celsius}), UTC)
        assert moved["hot_water_move"].iloc[0] == 0
    # Nor does one that is cold count what was cheap three days before it.
    back = read.set_axis(at[0] + (at[-1] - read.index), axis=0).sort_index()
    moved = day_table(back.assign(**{"hot_water_temp|min": 41.0}), UTC)
    assert moved["hot_water_move"].iloc[-1] == 0


def test_what_the_highest_hours_would_be_without_the_heater() -> None:
    """Of other hours then: that with the heater is not the highest any more."""
    hours = hours_of_days(40, **winter(40))
    hour = hours.index.hour.to_numpy()
    hours["electricity_kwh"] = np.select([hour == 12, hour == 18], [7.0, 3.0], 1.0)
    hours["auxiliary_kwh"] = np.where(hour == 12, 5.0, 0.0)
    hours["electricity_hot_water_kwh"] = 0.0
    found = peaks(day_table(hours, UTC))
    assert found["peak"] == pytest.approx(7.0)
    assert found["peak_heater"] == pytest.approx(5 / 7)
    assert found["peak_without_heater"] == pytest.approx(3.0)
    hours["auxiliary_kwh"] = 0.0
    assert "peak_without_heater" not in peaks(day_table(hours, UTC))


def test_with_one_price_nothing_is_to_be_moved() -> None:
    assert "movable" not in money(subject(priced(1.5, 1.5))).params


def test_of_hours_that_used_nothing_there_is_no_highest() -> None:
    columns = ("whole", "electricity_most", "peak_auxiliary", "peak_hot_water")
    assert (
        peaks(pd.DataFrame(0.0, index=range(5), columns=columns).assign(whole=1)) == {}
    )
