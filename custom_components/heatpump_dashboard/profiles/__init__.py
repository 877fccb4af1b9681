"""Heat pump brands as data: one JSON file each, and what reads them."""

from .alarms import SEVERITIES, alarm_severity, alarm_text
from .loader import brands, load, map_series
from .metrics import METRICS, Kind, Metric
from .model import Alarm, AlarmRule, AuxiliaryHeater, MetricRule, Profile, SeriesRule
from .recognition import recognise

__all__ = [
    "METRICS",
    "SEVERITIES",
    "Alarm",
    "AlarmRule",
    "AuxiliaryHeater",
    "Kind",
    "Metric",
    "MetricRule",
    "Profile",
    "SeriesRule",
    "alarm_severity",
    "alarm_text",
    "brands",
    "load",
    "map_series",
    "recognise",
]
