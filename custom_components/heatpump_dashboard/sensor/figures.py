"""The sensors that show figures: what was added up, and divided last."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfEnergy, UnitOfRatio, UnitOfTime
from homeassistant.helpers.typing import StateType

from ..analysis.periods import LAST_12_MONTHS, LAST_MONTH, THIS_YEAR
from ..pump.present import Present
from .description import Attributes, Has, HeatPumpSensorDescription, Value, has

# What figures rest on. They change with nearly every reading, so the recorder leaves
# them out.
BASED_ON: Final = "based_on"
CALIBRATION: Final = "calibration"
COVERAGE: Final = "coverage"
UNCERTAINTY: Final = "uncertainty"
BOUNDARY: Final = "boundary"
COP_NAME: Final = "cop_name"
REASON: Final = "reason"
UNRECORDED: Final = frozenset(
    {BASED_ON, CALIBRATION, COVERAGE, UNCERTAINTY, BOUNDARY, COP_NAME, REASON}
)
# Why there is no figure of a past that has not been read.
_NOT_READ: Final = "not_read"

# Which of the estimates of a period a figure rests on.
_HEAT: Final = ("heat",)
_ELECTRICITY: Final = ("electricity",)
_COP: Final = ("heat", "electricity")
_AUXILIARY: Final = ("auxiliary",)

_HAS_ELECTRICITY: Final[Has] = attrgetter("electricity")
_HAS_HEAT: Final[Has] = attrgetter("heat")
_HAS_HOT_WATER: Final[Has] = attrgetter("hot_water")
_HAS_AUXILIARY: Final[Has] = attrgetter("auxiliary")
_HAS_AUXILIARY_ENERGY: Final[Has] = attrgetter("auxiliary_energy")

type Figures = Callable[[Present], Mapping[str, Any]]


def _today(present: Present) -> Mapping[str, Any]:
    return present.today


def _yesterday(present: Present) -> Mapping[str, Any]:
    return present.yesterday


def _this_month(present: Present) -> Mapping[str, Any]:
    return present.this_month


def _long(name: str) -> Figures:
    """Return what gives the totals of a longer period."""
    return lambda present: present.periods.get(name, {})


def _figure(period: Figures, figure: str, digits: int) -> Value:
    """Return what gives a figure of a period, without digits that mean nothing."""

    def value(present: Present) -> StateType:
        found: float | None = period(present).get(figure)
        if found is None:
            return None
        return round(found, digits) if digits else round(found)

    return value


def _auxiliary_share(present: Present) -> StateType:
    """Return the share of its known time today that the auxiliary heater was on, in %."""
    known: float | None = present.today.get("auxiliary_known_s")
    auxiliary: float | None = present.today.get("auxiliary_on_s")
    if not known or auxiliary is None:
        return None
    return round(100 * auxiliary / known, 2)


def based_on(figures: Mapping[str, Any], *estimates: str) -> str | None:
    """Return whether a figure is measured or rests on one of these estimates."""
    if "estimated" not in figures:
        return None
    rests = set(estimates) & set(figures["estimated"])
    return "estimated" if rests else "measured"


def _basis(figures: Mapping[str, Any], *estimates: str) -> dict[str, Any]:
    """Return whether a figure is measured, and of heat what its scale rests on."""
    told: dict[str, Any] = {BASED_ON: based_on(figures, *estimates)}
    if "heat" in estimates:
        told[CALIBRATION] = figures.get("calibration")
    return told


def _rests_on(
    period: Figures,
    *estimates: str,
    uncertainty: str | None = None,
    reason: str | None = None,
    boundary: bool = False,
    named: bool = False,
) -> Attributes:
    """Return what tells what a figure of a period rests on.

    `based_on`: measured or estimated. `calibration`: what the scale of the heat rests
    on. `coverage`: % of the period. `uncertainty`: ±, 1 σ, in the unit of the figure,
    None of heat that nobody checked. `reason`: why it is unknown. `boundary`: what the
    figure contains (SEPEMO). `cop_name`: whether it is a SCOP.
    """

    def attributes(present: Present) -> dict[str, Any]:
        figures = period(present)
        coverage = figures.get("coverage")
        told = _basis(figures, *estimates)
        told[COVERAGE] = None if coverage is None else round(100 * coverage, 1)
        if uncertainty is not None:
            sigma = figures.get(uncertainty)
            told[UNCERTAINTY] = None if sigma is None else round(sigma, 2)
        if reason is not None:
            told[REASON] = figures.get(reason) if figures else _NOT_READ
        if boundary:
            told[BOUNDARY] = figures.get("boundary")
        if named:
            told[COP_NAME] = figures.get("cop_name")
        return told

    return attributes


def _now_rests_on(*estimates: str) -> Attributes:
    """Return what tells whether a figure of now is measured."""
    return lambda present: _basis(_today(present), *estimates)


def _cop_now_rests_on(present: Present) -> dict[str, Any]:
    """Return what the COP of now rests on, or why it is unknown."""
    return {**_now_rests_on(*_COP)(present), REASON: present.cop_reason}


def _cop(
    key: str,
    value_fn: Value,
    attributes_fn: Attributes,
    has_fn: Has = attrgetter("cop"),
    *,
    enabled: bool = True,
) -> HeatPumpSensorDescription:
    return HeatPumpSensorDescription(
        key=key,
        translation_key=key,
        attributes_fn=attributes_fn,
        entity_registry_enabled_default=enabled,
        has_fn=has_fn,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=value_fn,
    )


def _system_cop(
    key: str, period: Figures, *, enabled: bool = True, named: bool = False
) -> HeatPumpSensorDescription:
    """Return the sensor of a period's system COP; `named`: it may be a SCOP."""
    return _cop(
        key,
        _figure(period, "cop_system", 3),
        _rests_on(
            period,
            *_COP,
            uncertainty="cop_system_uncertainty",
            reason="cop_system_reason",
            boundary=True,
            named=named,
        ),
        attrgetter("system_cop"),
        enabled=enabled,
    )


def _energy_today(
    key: str, figure: str, has_fn: Has, *estimates: str
) -> HeatPumpSensorDescription:
    """Return the sensor of an energy of the day so far.

    Not one that only increases: late points correct it, and heat may be negative.
    """
    return HeatPumpSensorDescription(
        key=key,
        translation_key=key,
        attributes_fn=_rests_on(_today, *estimates),
        daily=True,
        device_class=SensorDeviceClass.ENERGY,
        has_fn=has_fn,
        native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=1,
        value_fn=_figure(_today, figure, 3),
    )


def _count_today(key: str, figure: str, has_fn: Has) -> HeatPumpSensorDescription:
    """Return the sensor of something that is counted from midnight on.

    Late points may take from it: one that only increases would be a meter's reset.
    """
    return HeatPumpSensorDescription(
        key=key,
        translation_key=key,
        attributes_fn=_rests_on(_today),
        daily=True,
        has_fn=has_fn,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=0,
        value_fn=_figure(_today, figure, 0),
    )


def _long_period(name: str) -> tuple[HeatPumpSensorDescription, ...]:
    """Return the sensors of last month, or of the year so far."""
    period = _long(name)
    kwh = UnitOfEnergy.KILO_WATT_HOUR
    energies = (
        ("electricity", _HAS_ELECTRICITY, _ELECTRICITY),
        ("heat", _HAS_HEAT, _HEAT),
    )
    return (
        *(
            HeatPumpSensorDescription(
                key=f"{energy}_{name}",
                translation_key=f"{energy}_{name}",
                attributes_fn=_rests_on(period, *estimates),
                device_class=SensorDeviceClass.ENERGY,
                entity_registry_enabled_default=False,
                has_fn=has_fn,
                native_unit_of_measurement=kwh,
                suggested_display_precision=0,
                value_fn=_figure(period, f"{energy}_kwh", 1),
            )
            for energy, has_fn, estimates in energies
        ),
        HeatPumpSensorDescription(
            key=f"cost_{name}",
            translation_key=f"cost_{name}",
            attributes_fn=_rests_on(period, *_ELECTRICITY),
            currency=True,
            device_class=SensorDeviceClass.MONETARY,
            entity_registry_enabled_default=False,
            has_fn=_HAS_ELECTRICITY,
            suggested_display_precision=0,
            value_fn=_figure(period, "cost", 2),
        ),
    )


FIGURES: Final[tuple[HeatPumpSensorDescription, ...]] = (
    _cop("cop", lambda present: present.cop, _cop_now_rests_on),
    _system_cop("cop_today", _today),
    _system_cop("cop_yesterday", _yesterday),
    _system_cop("cop_this_month", _this_month),
    _system_cop("cop_last_month", _long(LAST_MONTH), enabled=False),
    _system_cop("cop_last_12_months", _long(LAST_12_MONTHS), named=True),
    _system_cop("cop_this_year", _long(THIS_YEAR), enabled=False),
    *_long_period(LAST_MONTH),
    *_long_period(THIS_YEAR),
    _cop(
        "compressor_cop_today",
        _figure(_today, "cop_compressor", 3),
        _rests_on(_today, *_COP, uncertainty="cop_uncertainty", reason="cop_reason"),
        enabled=False,
    ),
    HeatPumpSensorDescription(
        key="compressor_runtime_today",
        translation_key="compressor_runtime_today",
        attributes_fn=_rests_on(_today),
        daily=True,
        device_class=SensorDeviceClass.DURATION,
        has_fn=has("compressor"),
        native_unit_of_measurement=UnitOfTime.SECONDS,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        suggested_unit_of_measurement=UnitOfTime.HOURS,
        value_fn=_figure(_today, "compressor_s", 0),
    ),
    _count_today("compressor_starts_today", "starts", has("compressor")),
    _count_today("hot_water_charges_today", "hot_water_charges", _HAS_HOT_WATER),
    HeatPumpSensorDescription(
        key="auxiliary_share_today",
        translation_key="auxiliary_share_today",
        attributes_fn=_rests_on(_today),
        has_fn=_HAS_AUXILIARY,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=_auxiliary_share,
    ),
    _energy_today(
        "electricity_today", "electricity_kwh", _HAS_ELECTRICITY, *_ELECTRICITY
    ),
    _energy_today(
        "auxiliary_energy_today", "auxiliary_kwh", _HAS_AUXILIARY_ENERGY, *_AUXILIARY
    ),
    _energy_today("heat_today", "heat_kwh", _HAS_HEAT, *_HEAT),
    HeatPumpSensorDescription(
        key="cost_today",
        translation_key="cost_today",
        attributes_fn=_rests_on(_today, *_ELECTRICITY),
        currency=True,
        daily=True,
        device_class=SensorDeviceClass.MONETARY,
        has_fn=_HAS_ELECTRICITY,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        value_fn=_figure(_today, "cost", 4),
    ),
)


def _energy(
    key: str, column: str, has_fn: Has, *estimates: str, enabled: bool = True
) -> tuple[str, HeatPumpSensorDescription]:
    return column, HeatPumpSensorDescription(
        key=key,
        translation_key=key,
        attributes_fn=_now_rests_on(*estimates),
        device_class=SensorDeviceClass.ENERGY,
        entity_registry_enabled_default=enabled,
        has_fn=has_fn,
        native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        # The value is the entity's own. A correction, and heat that flows backwards, take
        # from it: that is no reset.
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=1,
    )


# The growing totals, and the column of the ledger that each of them adds up.
ENERGIES: Final = (
    _energy("electricity", "electricity_kwh", _HAS_ELECTRICITY, *_ELECTRICITY),
    _energy(
        "compressor_electricity",
        "compressor_electricity_kwh",
        lambda pump: pump.electricity and pump.reports("compressor"),
        *_ELECTRICITY,
        enabled=False,
    ),
    _energy("auxiliary_energy", "auxiliary_kwh", _HAS_AUXILIARY_ENERGY, *_AUXILIARY),
    _energy("heat", "heat_kwh", _HAS_HEAT, *_HEAT),
    _energy(
        "heat_hot_water",
        "heat_hot_water_kwh",
        lambda pump: pump.heat and pump.hot_water,
        *_HEAT,
        "hot_water",
    ),
)
