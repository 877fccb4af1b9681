"""What figures rest on, and what they may be called."""

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis, basis
from custom_components.heatpump_dashboard.analysis.cop import cop_name
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.profiles import SeriesRule, load

from .factory import HOUR, START, figures, readings, running, seconds

YEAR_S = 365 * 86_400


def _basis(*metrics: str, **equipment: object) -> FigureBasis:
    rules = {metric: SeriesRule(name=metric) for metric in metrics}
    return basis(rules, Equipment(**equipment))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metrics", "equipment", "boundary"),
    [
        (("power", "auxiliary_percent"), {}, "H4"),
        (("energy",), {"power_metered": True}, "H4"),
        (("power", "auxiliary_step_1"), {"power_includes_auxiliary": False}, "H4"),
        (("power",), {"power_includes_auxiliary": False}, "H2"),
        (("auxiliary_percent",), {"compressor_kw": 2.5}, "H1"),
        (("auxiliary_percent",), {}, None),
    ],
)
def test_the_boundary_follows_from_what_the_electricity_contains(
    metrics: tuple[str, ...], equipment: dict[str, object], boundary: str | None
) -> None:
    assert _basis(*metrics, **equipment).boundary == boundary


def test_totals_say_what_they_rest_on() -> None:
    total = totals(
        pd.DataFrame(),
        HOUR,
        _basis("power", "auxiliary_power", "supply_temp", "return_temp"),
    )

    assert total["boundary"] == "H4"
    assert total["basis"] == {
        "heat": "factor",
        "electricity": "gateway",
        "auxiliary": "power",
        "hot_water_estimated": False,
    }


@pytest.mark.parametrize(
    ("days", "known", "name"),
    [
        (365, 0.90, "scop"),
        (366, 1.0, "scop"),
        (365, 0.899, "period"),
        (364.9, 1.0, "period"),
        (1, 1.0, "period"),
        (400, 0.0, "period"),
    ],
)
def test_a_seasonal_cop_is_that_of_a_year_of_which_nearly_all_is_known(
    days: float, known: float, name: str
) -> None:
    assert cop_name(days * 86_400, known) == name


@pytest.mark.parametrize(
    ("energy", "running", "name"),
    [(0.91, 0.5, "scop"), (0.3, 0.5, "period"), (0.91, 0.4, "period")],
)
def test_a_year_of_which_only_the_compressor_is_known_is_not_seasonal(
    energy: float, running: float, name: str
) -> None:
    """It runs for half of it; without a power meter nobody knows what it took."""
    row = {
        "heating_s": 0.5,
        "idle_s": 0.5,
        "running_known_s": running,
        "energy_s": energy,
    }
    year = pd.DataFrame({name: s * YEAR_S for name, s in row.items()}, index=[START])
    assert totals(year, YEAR_S, FigureBasis())["cop_name"] == name


def test_a_year_in_the_ledger_is_called_seasonal() -> None:
    row = {"heating_s": 0.5, "idle_s": 0.41, "running_known_s": 0.5, "energy_s": 0.91}
    year = pd.DataFrame({name: s * YEAR_S for name, s in row.items()}, index=[START])

    assert totals(year, YEAR_S, FigureBasis())["cop_name"] == "scop"
    assert totals(year, YEAR_S * 1.02, FigureBasis())["cop_name"] == "period"


def test_the_heat_counter_stands_beside_the_estimate() -> None:
    """A NIBE's: what it counted, gaps included, while heat comes from the flow factor."""
    nibe = load("nibe").metrics
    rules = {metric: rule.candidates[0] for metric, rule in nibe.items()}
    rests = basis(rules, Equipment(compressor_kw=2.5))
    assert rests.heat == "factor"
    assert rests.heat_counter

    times = seconds(0.0, 30.0, 60.0, 7200.0, 7230.0)
    frame = readings(
        times,
        compressor=1,
        supply_temp=40,
        return_temp=35,
        heat_energy=[5000.0, 5000.1, 5000.2, 5009.0, 5009.1],
    )
    total = figures(frame, heat_counter=True)
    assert total["heat_meter_kwh"] == pytest.approx(9.1)
    assert total["heat_kwh"] == pytest.approx(13.5 * (60 + 90 + 30) / HOUR)


@pytest.mark.parametrize(
    ("counter", "kwh"),
    [
        ([float("nan")] * 4, None),
        ([5000.0, float("nan"), float("nan"), float("nan")], None),
        ([5000.0, 5000.0, 5000.0, 5000.0], 0.0),
        ([5000.0, float("nan"), float("nan"), 5000.1], pytest.approx(0.1)),
    ],
)
def test_a_heat_counter_that_is_silent_has_not_counted_nothing(
    counter: list[float], kwh: float | None
) -> None:
    frame = readings(seconds(*(30.0 * n for n in range(4))), heat_energy=counter)
    total = figures(frame.assign(compressor=1.0, power=3000.0), heat_counter=True)

    assert total["heat_meter_kwh"] == kwh


def test_a_heat_counter_that_was_reset_counts_its_new_value() -> None:
    counter = [5000.0, 5000.1, 0.1, 0.2, 9000.0, 9000.1]
    frame = readings(seconds(*(30.0 * n for n in range(6))), heat_energy=counter)
    total = figures(frame.assign(compressor=1.0), heat_counter=True)

    assert total["heat_meter_kwh"] == pytest.approx(0.1 + 0.1 + 0.1 + 0.1)
    assert total["dropped_steps"] == 1


@pytest.mark.parametrize(
    ("metrics", "equipment"),
    [
        (("supply_temp", "return_temp"), {}),
        (("heat_energy",), {}),
        (("supply_temp", "return_temp", "heat_energy"), {"heat_meter": True}),
    ],
)
def test_no_counter_beside_itself(
    metrics: tuple[str, ...], equipment: dict[str, object]
) -> None:
    rests = _basis("power", *metrics, **equipment)
    frame = running(heat_energy=100.0)

    assert not rests.heat_counter
    assert figures(frame, heat_counter=False)["heat_meter_kwh"] is None


def test_heat_of_the_after_run_goes_where_the_valve_stands() -> None:
    frame = running(300, compressor=[1] * 6 + [0] * 5, hot_water_valve=1)
    after = Equipment(after_run_s=60)

    total = figures(frame, after)
    assert total["heat_kwh"] == pytest.approx(13.5 * (180 + 60) / HOUR)
    assert total["heat_hot_water_kwh"] == pytest.approx(total["heat_kwh"])
    assert total["hot_water_s"] == 180
