"""Reads the profiles from their folder: every JSON file but the schema is a brand."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..languages import LANGUAGES
from .metrics import METRICS
from .model import Alarm, AuxiliaryHeater, MetricRule, Profile, SeriesRule
from .units import conversion

GENERIC = "generic"

_FOLDER = Path(__file__).parent
_SCHEMA = "schema"
_PRESETS = _FOLDER / "presets"


@cache
def brands() -> list[str]:
    """Return the keys of all profiles by name, the one to map by hand last.

    Reads the folder the first time: call it where blocking is allowed.
    """
    keys = {path.stem for path in _FOLDER.glob("*.json")} - {GENERIC, _SCHEMA}
    return [*sorted(keys), GENERIC]


@cache
def presets() -> list[str]:
    """Return the integrations of Home Assistant whose entities are known, by name.

    Reads the folder the first time: call it where blocking is allowed.
    """
    return sorted(path.stem for path in _PRESETS.glob("*.json"))


@cache
def load(key: str) -> Profile:
    """Return the profile of a brand, or of an integration.

    Reads a file the first time: call it where blocking is allowed. Raises
    ValueError for a brand that has no file.
    """
    if key in presets():
        return _preset(key, json.loads((_PRESETS / f"{key}.json").read_text("utf-8")))
    if key not in brands():
        raise ValueError(f"There is no profile for the brand {key!r}")
    text = (_FOLDER / f"{key}.json").read_text(encoding="utf-8")
    return _profile(key, json.loads(text))


def map_series(
    profile: Profile,
    series: Mapping[str, str],
    units: Mapping[str, str] | None = None,
    former: Mapping[str, tuple[str, Sequence[str]]] | None = None,
) -> Profile:
    """Return the profile with metrics (keys) taken from series chosen by hand.

    `units`: those of the series, by metric, where they are others than the metric's
    own. `former`: what a series was called when it was chosen, and the names under
    which it is to be read, too, the oldest first. Raises ValueError for a metric that
    does not exist, or cannot have its unit.
    """
    if unknown := sorted(set(series) - set(METRICS)):
        raise ValueError(f"No such metric: {', '.join(unknown)}")
    chosen = {
        metric: _metric(
            metric,
            [
                _mapped(metric, name, (units or {}).get(metric))
                | _named_before(*(former or {}).get(name, ("", ())))
            ],
            {},
        )
        for metric, name in series.items()
    }
    wanted = {
        name: unit
        for metric, rule in chosen.items()
        if (unit := _wanted(metric, (units or {}).get(metric)))
        for name in rule.candidates[0].names
    }
    return replace(
        profile,
        metrics=MappingProxyType({**profile.metrics, **chosen}),
        units=MappingProxyType({**profile.units, **wanted}),
    )


def _wanted(metric: str, unit: str | None) -> str | None:
    """Return the unit in which a metric's values are wanted, None for as they are.

    What is on or off has one where that is told by a power or a flow.
    """
    if own := METRICS[metric].unit:
        return unit or own
    told = conversion(metric, unit)
    return unit if told is not None and told.amount else None


def _mapped(metric: str, name: str, unit: str | None) -> dict[str, Any]:
    """Return the sensor of a series that is told in a unit, as a file would have it."""
    converted = conversion(metric, unit)
    if converted is None:
        raise ValueError(f"{metric} cannot be told in {unit}")
    return {"name": name, **asdict(converted)}


def _named_before(chosen_as: str, names: Sequence[str]) -> dict[str, Any]:
    """Return what was called otherwise, as a file would have it."""
    return {"aliases": names[::-1], "chosen_as": chosen_as}


def _profile(key: str, data: dict[str, Any]) -> Profile:
    """Build a profile from its JSON object (its form: schema.json)."""
    metrics = {
        metric: _metric(metric, series, data["digits"])
        for metric, series in data["metrics"].items()
    }
    modes = {int(value): mode for value, mode in data["operating_modes"].items()}
    alarms = {
        int(code): _alarm(int(code), data["alarms"][code]) for code in data["alarms"]
    }
    return Profile(
        key=key,
        name=data["name"],
        models=tuple(data["models"]),
        heat_pump_type=data["heat_pump_type"],
        metrics=MappingProxyType(metrics),
        missing=tuple(data["missing"]),
        other_series=tuple(data["other_series"]),
        auxiliary=_auxiliary(data["auxiliary"]),
        power_includes_auxiliary=data["power_includes_auxiliary"],
        hot_water_estimated=data["hot_water_estimated"],
        operating_modes=MappingProxyType(modes),
        alarm_rule=data["alarm_rule"],
        alarms=MappingProxyType(alarms),
    )


def _preset(key: str, data: dict[str, Any]) -> Profile:
    """Build the profile of an integration: a brand without a collector's series."""
    like = load(data.get("like", GENERIC))
    known = data["entities"].items()
    return replace(
        like,
        key=key,
        name=data["name"],
        models=(),
        heat_pump_type=data["heat_pump_type"],
        metrics=MappingProxyType({}),
        missing=(),
        other_series=(),
        entities=MappingProxyType({metric: tuple(tails) for metric, tails in known}),
        platform=data.get("platform", key),
    )


def _metric(
    metric: str, series: list[dict[str, Any]], digits: Mapping[str, int]
) -> MetricRule:
    """Build the rule of a metric from the sensors it may come from."""
    kind = METRICS[metric].kind
    decimals = digits.get(metric, digits.get(kind, METRICS[metric].digits))
    return MetricRule(
        metric=metric,
        candidates=tuple(_series(metric, sensor, decimals) for sensor in series),
        unit=METRICS[metric].unit,
        kind=kind,
    )


def _series(metric: str, sensor: dict[str, Any], digits: int) -> SeriesRule:
    """Build the rule of a series: what the file leaves out is the metric's own."""
    usual = METRICS[metric]
    eras = (
        (datetime.fromisoformat(until).timestamp(), float(scale))
        for until, scale in sensor.get("until", {}).items()
    )
    stored = sensor.get("replace", {}).items()
    return SeriesRule(
        name=sensor["name"],
        aliases=tuple(sensor.get("aliases", ())),
        scale=float(sensor.get("scale", 1.0)),
        offset=sensor.get("offset", 0.0),
        eras=tuple(sorted(eras)),
        replace=tuple((float(value), float(means)) for value, means in stored),
        minimum=sensor.get("minimum", usual.minimum),
        maximum=sensor.get("maximum", usual.maximum),
        signed=usual.signed,
        speed=sensor.get("speed", False),
        amount=sensor.get("amount", ""),
        digits=digits,
        chosen_as=sensor.get("chosen_as", ""),
    )


def _auxiliary(data: dict[str, Any]) -> AuxiliaryHeater:
    return AuxiliaryHeater(
        max_kw=float(data["max_kw"]),
        step_kw=tuple(float(step) for step in data["step_kw"]),
        heats_supply=data["heats_supply"],
    )


def _alarm(code: int, data: dict[str, Any]) -> Alarm:
    return Alarm(
        code=code,
        texts={language: data[language] for language in LANGUAGES},
        severity=data["severity"],
        sure=data.get("sure", True),
    )
