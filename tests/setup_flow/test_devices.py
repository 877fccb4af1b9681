"""Which devices of integrations are one heat pump."""

import pytest

from custom_components.heatpump_dashboard.setup_flow.devices import Place, heat_pumps

# What each device has, by the metric that it may be.
LUXTRONIK = {
    "heatpump": ("compressor", "brine_in_temp", "brine_out_temp", "power"),
    "heating": ("supply_temp", "return_temp", "outdoor_temp"),
    "dhw": ("hot_water_temp", "hot_water_valve"),
}


def found(
    devices: dict[str, tuple[str, ...]],
    above: dict[str, tuple[str, ...]] | None = None,
    entries: dict[str, str] | None = None,
) -> list[set[str]]:
    """Return which devices are one heat pump each; those that hang together."""
    places = {
        f"sensor.{device}_{metric}": Place(
            device, (above or {}).get(device, ()), (entries or {}).get(device)
        )
        for device, metrics in devices.items()
        for metric in metrics
    }
    candidates: dict[str, list[str]] = {}
    for device, metrics in devices.items():
        for metric in metrics:
            candidates.setdefault(metric, []).append(f"sensor.{device}_{metric}")
    pumps = heat_pumps(places, candidates)
    parts: dict[str, set[str]] = {}
    for entity, pump in pumps.items():
        parts.setdefault(pump, set()).add(places[entity].device)
    return sorted(parts.values(), key=min)


def test_devices_of_one_entry_are_one_heat_pump() -> None:
    assert found(LUXTRONIK) == [{"dhw"}, {"heating"}, {"heatpump"}]
    entries = dict.fromkeys(LUXTRONIK, "entry")
    assert found(LUXTRONIK, entries=entries) == [set(LUXTRONIK)]


def test_devices_below_one_are_one_heat_pump() -> None:
    above = {"heating": ("heatpump", "hub"), "dhw": ("heatpump", "hub")}
    assert found(LUXTRONIK, above) == [set(LUXTRONIK)]


WHOLE = ("compressor", "supply_temp", "return_temp", "hot_water_temp")


@pytest.mark.parametrize("metrics", [WHOLE, WHOLE[1:], WHOLE[:1]])
@pytest.mark.parametrize("hub", [True, False])
def test_two_heat_pumps_of_one_entry_are_two(
    metrics: tuple[str, ...], hub: bool
) -> None:
    devices = {"one": metrics, "other": metrics, "room": ("indoor_temp",)}
    if hub:
        devices["gateway"] = ("outdoor_temp",)
    above = {"one": ("gateway",), "other": ("gateway",), "room": ("gateway",)}
    alone = sorted([{device} for device in devices], key=min)
    assert found(devices, above, dict.fromkeys(devices, "entry")) == alone


def test_two_heat_pumps_of_several_devices_keep_their_own() -> None:
    devices = {
        f"{pump}_{part}": metrics
        for pump in ("a", "b")
        for part, metrics in LUXTRONIK.items()
    }
    above = {
        f"{pump}_{part}": (f"{pump}_heatpump",)
        for pump in ("a", "b")
        for part in ("heating", "dhw")
    }
    # One may be connected by the other.
    above |= {"b_heatpump": ("a_heatpump",)}
    above |= {f"b_{part}": ("b_heatpump", "a_heatpump") for part in ("heating", "dhw")}
    own = [{f"{pump}_{part}" for part in LUXTRONIK} for pump in ("a", "b")]
    assert found(devices, above, dict.fromkeys(devices, "entry")) == own


def test_several_circuits_are_those_of_the_only_compressor() -> None:
    circuit = ("supply_temp", "return_temp")
    devices = {"a": ("compressor", "flow"), "b": circuit, "c": circuit}
    above = {"b": ("a",), "c": ("a",)}
    assert found(devices, above) == [{"a", "b", "c"}]


def test_a_hub_of_a_whole_house_makes_no_heat_pump() -> None:
    """Nothing of a heat pump is its own; and a washing machine has a power too."""
    devices = {"a": WHOLE, "plug": ("power",), "weather": ("outdoor_temp",)}
    above = dict.fromkeys(devices, ("bridge",))
    assert found(devices | {"bridge": ()}, above) == [{"a"}, {"plug"}, {"weather"}]
    entries = {"a": "maker", "plug": "maker"}
    assert found(devices, entries=entries) == [{"a"}, {"plug"}, {"weather"}]
