"""The form of a profile's JSON file, for whoever writes one."""

from datetime import datetime

import voluptuous as vol

from custom_components.heatpump_dashboard.profiles import METRICS

NAME = vol.Match(r"^[a-z][A-Za-z0-9_]*$")
NUMBER = vol.Any(int, float)
DIGITS = vol.All(int, vol.Range(min=0, max=2))
CODE = vol.Match(r"^[1-9][0-9]*$")


def a_number(value: str) -> str:
    """Accept the text of a number: JSON knows no other keys."""
    float(value)
    return value


def a_moment(value: str) -> str:
    """Accept an ISO 8601 time that says its zone."""
    if datetime.fromisoformat(value).tzinfo is None:
        raise vol.Invalid("a time needs its zone")
    return value


SERIES = vol.Schema(
    {
        vol.Required("name"): NAME,
        "aliases": vol.All([NAME], vol.Length(min=1)),
        "scale": NUMBER,
        "until": {a_moment: NUMBER},
        "replace": {a_number: NUMBER},
        "minimum": NUMBER,
        "maximum": NUMBER,
    }
)

ALARM = vol.Schema(
    {
        vol.Required("severity"): vol.In(["info", "warning", "error", "critical"]),
        vol.Required("en"): vol.All(str, vol.Length(min=3)),
        vol.Required("sv"): vol.All(str, vol.Length(min=3)),
        "sure": False,
    }
)

PROFILE = vol.Schema(
    {
        "name": vol.All(str, vol.Length(min=1)),
        "models": [str],
        "heat_pump_type": vol.In(["ground", "air"]),
        "digits": vol.Schema({vol.In([*METRICS, "temperature"]): DIGITS}),
        "hot_water_estimated": bool,
        "auxiliary": vol.Schema(
            {"max_kw": NUMBER, "step_kw": [NUMBER], "heats_supply": bool}, required=True
        ),
        "power_includes_auxiliary": bool,
        "metrics": vol.Schema({vol.In(METRICS): vol.All([SERIES], vol.Length(min=1))}),
        "missing": [vol.In(METRICS)],
        "other_series": [NAME],
        "operating_modes": vol.Schema({a_number: NAME}),
        "alarm_rule": vol.In(["latched", "bitmask", "code"]),
        "alarms": vol.Schema({CODE: ALARM}),
    },
    required=True,
)
