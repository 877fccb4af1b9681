"""What a figure depends on beside its readings: told as one short text that is stored.

Where it is another one than before, what was added up before was made otherwise, and
must not be mixed with what is added up now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from hashlib import sha256
import json
from typing import TYPE_CHECKING, Any, Final

from .equipment import Equipment

if TYPE_CHECKING:
    from ..profiles import MetricRule, Profile, SeriesRule
    from .basis import FigureBasis

# To be raised with every change of what is stored of a day of readings: of its energies
# and seconds, and also of what only insights read, as when a run is a short one.
CALCULATION: Final = 11

# What no energy depends on; the rule of a series says what becomes of its unit.
_TEXTS: Final = frozenset(
    (
        *("key", "name", "models", "missing", "other_series", "operating_modes"),
        *("alarms", "entities", "platform", "units"),
    )
)
# What energies are made of.
_METRICS: Final = (
    "compressor",
    "supply_temp",
    "return_temp",
    "flow",
    "heat_energy",
    "power",
    "energy",
    "auxiliary_power",
    "auxiliary_step_1",
    "auxiliary_step_2",
    "auxiliary_percent",
    "hot_water_valve",
    "circulation_pump",
    "cooling",
    "defrost",
)


def fingerprint(
    profile: Profile, equipment: Equipment, source: Iterable[str] = ()
) -> str:
    """Return a text that is the same as long as all that figures depend on is.

    The brand's data with the series that were chosen by hand, the settings, the
    version of the calculation, and what names the `source`; never what a class looks
    like, nor texts that only a screen shows.
    """
    brand = {f.name: getattr(profile, f.name) for f in fields(profile)}
    brand["metrics"] = {name: _rule(rule) for name, rule in profile.metrics.items()}
    brand["auxiliary"] = asdict(profile.auxiliary)
    made_of_it = asdict(equipment)
    # They say how sure the energies are, not how much they are.
    del made_of_it["calibration"], made_of_it["method_scale"]
    data = {
        "calculation": CALCULATION,
        "equipment": made_of_it,
        "profile": {name: brand[name] for name in brand.keys() - _TEXTS},
        "source": list(source),
    }
    text = json.dumps(data, sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:32]


def _rule(rule: MetricRule) -> dict[str, Any]:
    """Return what a metric is made of, as it was told before offsets and amounts.

    A sensor is the same whatever it is called since it was chosen.
    """
    told = asdict(rule)
    for candidate in told["candidates"]:
        if not candidate["offset"]:
            del candidate["offset"]
        if not candidate["amount"]:
            del candidate["amount"]
        if chosen_as := candidate.pop("chosen_as"):
            candidate |= {"name": chosen_as, "aliases": ()}
    return told


def made_of(
    rules: Mapping[str, SeriesRule], basis: FigureBasis
) -> dict[str, str | None]:
    """Return the series of each metric that energies are made of, and their sources.

    What was chosen among several, as far as it has been seen: a metric that has had
    no valid value yet is not in it.
    """
    series: dict[str, str | None] = {
        metric: rules[metric].first_name for metric in _METRICS if metric in rules
    }
    return series | {
        "heat": basis.heat,
        "electricity": basis.electricity,
        "auxiliary": basis.auxiliary,
    }
