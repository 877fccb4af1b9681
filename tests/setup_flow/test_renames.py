"""Entities that are renamed while a form is open."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.heatpump_dashboard.setup_flow.renames import Renames


@pytest.mark.parametrize("order", [("price", "price_new"), ("price_new", "price")])
def test_a_name_that_another_takes_over_is_followed_once(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, order: tuple[str, str]
) -> None:
    """Between two looks one makes room for the other, as they stand in the registry."""
    for name in order:
        entity_registry.async_get_or_create(
            "sensor", "maker", name, suggested_object_id=name
        )
    renames = Renames()
    renames.async_look(hass)
    for old, new in (("price", "price_old"), ("price_new", "price")):
        entity_registry.async_update_entity(
            f"sensor.{old}", new_entity_id=f"sensor.{new}"
        )
    renames.async_look(hass)

    typed = {
        "price_entity": "sensor.price_new",
        "power_tariff": {"house_energy": "sensor.price", "peak_price": 40.0},
    }
    assert renames.typed(typed) == {
        "price_entity": "sensor.price",
        "power_tariff": {"house_energy": "sensor.price_old", "peak_price": 40.0},
    }
    assert renames.mapping({"power": "sensor.price_new"}) == {"power": "sensor.price"}
    first = {"sensor.price": "sensor.price_new", "sensor.price_old": "sensor.price"}
    assert renames.first(first) == first


def test_what_names_no_entity_stays_as_it_was_typed(hass: HomeAssistant) -> None:
    typed = {"name": "Cellar", "power_tariff": {"peak_price": 40.0}}
    assert Renames().typed(typed) == typed
    assert Renames().typed({}) == {}
