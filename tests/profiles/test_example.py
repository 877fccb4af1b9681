"""The brand and the integration in docs/brands.md: files that work as they stand there."""

from collections.abc import Iterator
from datetime import UTC, datetime
import json
from math import nan
from pathlib import Path
import re
import shutil
from typing import Any

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from jsonschema import Draft202012Validator
import pytest

from custom_components.heatpump_dashboard.const import CONF_BRANDS, DOMAIN, SOURCE_DEMO
from custom_components.heatpump_dashboard.profiles import (
    METRICS,
    alarm_text,
    brands,
    load,
    loader,
    recognise,
)
from custom_components.heatpump_dashboard.setup_flow.presets import (
    preset_series,
    recognise_preset,
)
from custom_components.heatpump_dashboard.sources import SeriesInfo

KEY = "example"
SIMULATED = ["ivt", "nibe", "thermia"]
TEXT = (Path(__file__).parents[2] / "docs" / "brands.md").read_text("utf-8")
EXAMPLE, INTEGRATION = re.findall(
    r"^```json\n(.+?)^```", TEXT, re.MULTILINE | re.DOTALL
)
DATA: dict[str, Any] = json.loads(EXAMPLE)
FOLDER = Path(loader.__file__).parent


@pytest.fixture
def with_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the example beside the brands that there are."""
    for file in FOLDER.glob("*.json"):
        shutil.copy(file, tmp_path)
    (tmp_path / f"{KEY}.json").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(loader, "_FOLDER", tmp_path)
    forget()
    yield
    forget()


@pytest.fixture
def with_integration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the integration in place of those that there are."""
    (tmp_path / f"{KEY}.json").write_text(INTEGRATION, encoding="utf-8")
    monkeypatch.setattr(loader, "_PRESETS", tmp_path)
    forget()
    yield
    forget()


def forget() -> None:
    loader.presets.cache_clear()
    loader.brands.cache_clear()
    loader.load.cache_clear()


def test_the_example_has_the_form_of_a_profile() -> None:
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(DATA)


@pytest.mark.usefixtures("with_example")
def test_the_example_is_a_brand_beside_the_others() -> None:
    assert KEY in brands()
    profile = load(KEY)
    assert (profile.key, profile.name) == (KEY, DATA["name"])
    assert set(profile.metrics) == set(DATA["metrics"])
    assert profile.heat_pump_type == "air"


@pytest.mark.usefixtures("with_example")
def test_the_example_is_recognised_and_so_are_the_others() -> None:
    for key in (key for key in brands() if key != "generic"):
        normal = [rule.candidates[0].name for rule in load(key).metrics.values()]
        assert recognise(normal) == key


@pytest.mark.usefixtures("with_example")
def test_what_the_text_says_of_the_example_is_so() -> None:
    profile = load(KEY)
    hot_water = profile.metrics["hot_water_temp"].candidates
    assert [rule.name for rule in hot_water] == ["tank_top", "tank_middle"]
    assert profile.metrics["return_temp"].candidates[0].aliases == ("water_back",)
    assert profile.metrics["power"].candidates[0].scale == 1000
    assert profile.operating_modes == {0: "off", 1: "auto"}
    assert alarm_text(profile, 12, active=True) == "Outdoor unit iced up (12)"


@pytest.mark.usefixtures("with_integration")
def test_the_integration_is_known_by_its_entities() -> None:
    profile = load(KEY)
    assert (profile.name, profile.platform) == ("Example", "example_cloud")
    assert set(profile.entities) <= set(METRICS)
    time = datetime(2026, 11, 24, tzinfo=UTC)
    series = [
        SeriesInfo("sensor.luft_flow_temp", "°C", time, 30.0),
        SeriesInfo("sensor.luft_return_temperature", "°C", time, 25.0),
        SeriesInfo("sensor.luft_mode", None, time, nan, words=("Heat", "Hot water")),
    ]
    assert preset_series(profile, series) == {
        "supply_temp": ["sensor.luft_flow_temp"],
        "return_temp": ["sensor.luft_return_temperature"],
        "hot_water_valve": ["sensor.luft_mode=Hot water"],
    }
    assert recognise_preset(series, {KEY: profile}, {"example_cloud"}) == KEY


@pytest.mark.usefixtures("with_example")
async def test_the_demo_offers_the_brands_it_can_simulate(hass: HomeAssistant) -> None:
    flow = hass.config_entries.flow
    menu = await flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    form = await flow.async_configure(menu["flow_id"], {"next_step_id": SOURCE_DEMO})
    selector = next(
        v for k, v in form["data_schema"].schema.items() if k == CONF_BRANDS
    )
    assert [option["value"] for option in selector.config["options"]] == SIMULATED
