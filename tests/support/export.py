"""Writes to InfluxDB the way Home Assistant's own export does (seen of 2026.10.4)."""

from collections.abc import Mapping
from datetime import datetime

from tests.support.collector import escaped

_STATES = {"on": 1.0, "off": 0.0, "home": 1.0, "not_home": 0.0}


def point(
    entity: str,
    state: float | str,
    time: datetime,
    *,
    measurement: str = "",
    attributes: Mapping[str, float | str] | None = None,
) -> str:
    """Return the line protocol of one change of state.

    `measurement`: the unit, or what its owner has chosen; without, the entity's name.
    """
    domain, entity_id = entity.split(".")
    fields: dict[str, float | str] = {}
    if isinstance(state, str):
        fields["state"] = state
        if state in _STATES:
            fields["value"] = _STATES[state]
    else:
        fields["value"] = float(state)
    for name, value in (attributes or {}).items():
        fields[f"{name}_str" if isinstance(value, str) else name] = value
    told = ",".join(f"{name}={_field(value)}" for name, value in fields.items())
    name = escaped(measurement or entity)
    nanoseconds = int(time.timestamp()) * 10**9 + time.microsecond * 1000
    return f"{name},domain={domain},entity_id={entity_id} {told} {nanoseconds}"


def _field(value: float | str) -> str:
    """Return a value as line protocol wants it in a field."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(float(value))
