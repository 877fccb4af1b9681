"""The demo knows what its heat pumps really did: so must the figures."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.heatpump_dashboard.analysis.basis import basis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.analysis.windows import ledger
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.sources.demo.physics import stored, truth

STOP = datetime(2026, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize("days", [1, 7])
@pytest.mark.parametrize(
    ("brand", "tolerance"), [("thermia", 0.005), ("ivt", 0.002), ("nibe", 0.002)]
)
def test_figures_are_those_of_the_physics(
    brand: str, days: int, tolerance: float
) -> None:
    start = STOP - timedelta(days=days)
    profile, raw = load(brand), stored(brand, start, STOP)
    rules = choose_series(raw, profile, {})
    equipment = Equipment(auxiliary_step_kw=profile.auxiliary.step_kw)
    windows = ledger(clean(raw, rules), equipment, start, STOP)
    total = totals(windows, days * 86_400, basis(rules, equipment))
    true = truth(brand, start, STOP).reindex(raw.index)
    kwh = true[["heat_kw", "electricity_kw", "auxiliary_kw"]].sum() / 120

    assert total["heat_kwh"] == pytest.approx(kwh["heat_kw"], rel=tolerance)
    assert total["auxiliary_kwh"] == pytest.approx(kwh["auxiliary_kw"], rel=tolerance)
    assert total["starts"] == (true["compressor"].diff() == 1).sum()
    charging = true["compressor"] * true["hot_water"]
    assert total["hot_water_charges"] == (charging.diff() == 1).sum()
    assert total["coverage"] == pytest.approx(
        len(raw) * 30 / (days * 86_400), abs=0.001
    )
    assert total["dropped_steps"] == 0
    if brand == "nibe":
        assert total["cop_system"] is total["electricity_kwh"] is None
        return
    cop = kwh["heat_kw"] / kwh["electricity_kw"]
    assert total["cop_system"] == pytest.approx(cop, rel=tolerance)
    assert total["electricity_kwh"] == pytest.approx(
        kwh["electricity_kw"], rel=tolerance
    )
