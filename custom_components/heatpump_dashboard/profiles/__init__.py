"""Heat pump brands as data: one JSON file each, and what reads them."""

from .alarms import SEVERITIES, alarm_severity, alarm_text
from .loader import brands, load, map_series, presets
from .metrics import METRICS, Kind, Metric
from .model import Alarm, AlarmRule, AuxiliaryHeater, MetricRule, Profile, SeriesRule
from .recognition import recognise
from .units import Conversion, conversion

__all__ = [
    "METRICS",
    "SEVERITIES",
    "Alarm",
    "AlarmRule",
    "AuxiliaryHeater",
    "Conversion",
    "Kind",
    "Metric",
    "MetricRule",
    "Profile",
    "SeriesRule",
    "alarm_severity",
    "alarm_text",
    "brands",
    "conversion",
    "load",
    "map_series",
    "presets",
    "recognise",
]
