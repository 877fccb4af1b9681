"""The words by which people and integrations name what a heat pump measures.

In English, Swedish and German, without accents. A word of up to three letters is the
whole word, a longer one its beginning, a long one any part of a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .excluded import NO_COMPRESSOR, NO_HEAT, NO_WATER, ONE_PART, ONE_USE

# What stands for "heat pump" in a name: no name has this one.
APPLIANCE: Final = "@"


@dataclass(frozen=True, slots=True)
class Way:
    """Words that all have to be in a name, and words none of which may be."""

    words: tuple[str, ...]
    without: tuple[str, ...] = ()


def _ways(*ways: str, without: str = "") -> tuple[Way, ...]:
    """Return ways from texts; a word after a minus, or in `without`, must not be there."""
    split = [way.split() for way in ways]
    return tuple(
        Way(
            tuple(word for word in way if not word.startswith("-")),
            (*without.split(), *(w.removeprefix("-") for w in way if w[0] == "-")),
        )
        for way in split
    )


# So the water that comes, or goes, is called whoever looks at it.
ONE_WAY: Final = (
    *("supply", "forward", "feed", "framledning", "vorlauf"),
    *("return", "retur", "rucklauf", "ruecklauf"),
)
# And so by where one stands.
EITHER_WAY: Final = ("in", "out", "inlet", "outlet", "flow", "entering", "leaving")

# Ways by metric, the surest first. What one metric takes no later one gets.
WORDS: Final[Mapping[str, tuple[Way, ...]]] = {
    "alarm_code": _ways(
        *("alarm code", "larmkod", "error code", "fault code", "45001"),
        *("larmnummer", "alarm number", "alarmnummer"),
    ),
    "alarm": _ways(
        "alarm global", "alarm", "larm", "storung", "fault", without="reset code"
    ),
    "compressor_speed": _ways(
        "compressor speed",
        "compressor percentage",
        "compressor usage",
        "compressor modulation",
        "kompressor varvtal",
        "verdichter drehzahl",
        without="fan",
    ),
    "compressor": _ways(
        *("compressor", "kompressor", "verdichter"),
        # What turns so fast is called like the whole.
        *(
            f"{APPLIANCE} {word} -fan -pump -flakt -lufter -grid -mains -netz"
            for word in ("frequency", "frekvens", "frequenz")
        ),
        without=NO_COMPRESSOR,
    ),
    "brine_pump": _ways(
        "brine pump",
        "source pump",
        "primary pump",
        "koldbararpump",
        "kb pump",
        "solepump",
        without="temp alarm",
    ),
    "circulation_pump": _ways(
        "circulation pump",
        "radiator pump",
        "heating pump",
        "heizungspumpe",
        "heizkreispumpe",
        "cirkulationspump",
        without="temp alarm dhw hot varmvatten warmwasser flow brine source"
        " durchfluss flode",
    ),
    "hot_water_valve": _ways(
        "three way valve",
        "threeway valve",
        *("3 way", "3way", "3 wege", "dreiwege", "drei wege", "trevag", "3 vag"),
        "diverter valve",
        "switch valve",
        "dhw valve",
        "valve -2 -two",
        "vaxelventil",
        "umschaltventil",
        "dhw charging",
        "prio",
        without="four position expansion open alarm mixing shunt",
    ),
    "auxiliary_step_1": _ways(
        "aux 1", "additional 1", "add 1", "heater step 1", "tillsats 1"
    ),
    "auxiliary_step_2": _ways(
        "aux 2", "additional 2", "add 2", "heater step 2", "tillsats 2"
    ),
    "auxiliary_percent": _ways(
        "aux", "additional", "tillsats", "elpatron", "backup heater", "zusatzheiz"
    ),
    "auxiliary_power": _ways(
        "aux",
        "additional",
        "tillsats",
        "elpatron",
        "add power",
        "backup heater",
        "heater power",
        "zusatzheiz",
        "heizstab",
        "zh",
    ),
    "hot_gas_temp": _ways(
        "bt14",
        "hot gas",
        "hotgas",
        "hetgas",
        "heissgas",
        "heißgas",
        "discharge",
        "pressure tube",
        "compressor outlet",
        without="pressuresensor",
    ),
    "hot_water_temp": _ways(
        "bt7",
        "hw top",
        "dhw top",
        "hot water top",
        "dhw storage",
        "hot water",
        "warm water",
        "hotwater",
        "dhw",
        "tank",
        "varmvatten",
        "warmwasser",
        "brauchwasser",
        "bt6",
        without="gas flow return circulation heater valve out bottom",
    ),
    "brine_in_temp": _ways(
        "bt10",
        "brine in",
        "source in",
        "source input",
        "source temperature -out -output",
        "primary supply",
        *("primar vorlauf", "primar framledning", "primar fremlob"),
        "koldbarare in",
        "koldbarer in",
        "kb in",
        "sole eintritt",
        "sole ein",
        "entering loop",
    ),
    "brine_out_temp": _ways(
        "bt11",
        "brine out",
        "source out",
        "source output",
        "primary return",
        *("primar rucklauf", "primar retur"),
        "koldbarare ut",
        "koldbarare out",
        "koldbarer ut",
        "kb ut",
        "sole austritt",
        "sole aus",
        "leaving loop",
    ),
    "supply_temp": _ways(
        "bt12",
        "condenser out",
        "condensor out",
        "bt2",
        "supply secondary",
        *("sekundar vorlauf", "sekundar framledning"),
        "flow out",
        "water outlet",
        "outlet",
        "leaving water",
        "supply",
        "forward",
        "feed temp",
        "flow temp -in",
        "current flow",
        "framledning",
        "vorlauf",
        without=f"return retur rucklauf inlet {NO_WATER}",
    ),
    "return_temp": _ways(
        "bt3",
        "return secondary",
        *("sekundar rucklauf", "sekundar retur"),
        "return",
        "retur",
        "flow in",
        "water inlet",
        "inlet",
        "entering water",
        "condenser in",
        "rucklauf",
        "ruecklauf",
        without=NO_WATER,
    ),
    "outdoor_temp": _ways(
        "bt1",
        "outdoor",
        "outside",
        "ambient",
        "utetemp",
        "utomhus",
        "ute",
        "aussen",
        "außen",
        # What else has a temperature out there.
        without="water coil brine compressor kompressor verdichter unit pipe surface"
        " yttemp utedel utomhusdel utomhusenhet enhet aussengerat ausseneinheit",
    ),
    "indoor_temp": _ways(
        "bt50",
        "indoor",
        "inside",
        "room",
        "inomhus",
        "rumstemp",
        "inne",
        "raumtemp",
        without="outdoor water",
    ),
    "degree_minutes": _ways("degree minute", "gradminut", "integral", "dm"),
    "operating_mode": _ways("operating mode", "driftlage", "betriebsart"),
    "heat_energy": _ways(
        "heat meter",
        "energy thermic",
        "total thermal",
        "energy output",
        "thermal energy",
        "heat energy",
        "heat amount",
        "heat quantity",
        "heat produced",
        "produced",
        "varmeenergi",
        "warmemenge",
        without="consum electric input used solar pv el forbruk verbrauch"
        f" water {ONE_USE} {ONE_PART}",
    ),
    "energy": _ways(
        "electric total",
        "electric",
        "energy consum",
        "energy input",
        "consumed",
        "consumption",
        "energy -heat -varm",
        "forbrukning",
        "stromverbrauch",
        "energieverbrauch",
        "elenergi",
        "energi -varme",
        without=f"{NO_HEAT} {ONE_USE} {ONE_PART} heat water varme warme",
    ),
    "power": _ways(
        "power input",
        "input power",
        "unit power",
        "total power -heat -add -aux -additional",
        "power consum -heat -dhw",
        "electric power",
        "power electric",
        "power -heat -add -aux -additional -compressor -pump -fan",
        "eleffekt",
        "ingangseffekt",
        "effekt -varme -tillsats -kompressor -flakt -slingpump",
        "leistungsaufnahme",
        "eingangsleistung",
        "leistung -warme -heiz -kompressor -verdichter -lufter -wechselrichter",
        # That of a part, where that of all is not told.
        "power compressor -heat -add -aux -additional",
        "power -heat -add -aux -additional",
        without=f"{NO_HEAT} {ONE_USE} zh zusatzheiz elpatron heizstab",
    ),
    "flow": _ways(
        "flow rate",
        "pump flow",
        "volumetric flow",
        "flow",
        "flode",
        "durchfluss",
        without="pvt source brine dhw air brauchwasser warmwasser varmvatten ww vv"
        " ventilat",
    ),
    "defrost": _ways(
        "defrost", "avfrost", "abtau", without="temp alarm fail fault block need"
    ),
    "cooling": _ways(
        "cooling active",
        "active cooling",
        "is cooling",
        "cooling running",
        "cooling status",
        "cooling state",
        "kyldrift",
        "kyla aktiv",
        "kuhlung aktiv",
        "kuhlbetrieb",
        without="temp alarm block mode allowed permit release",
    ),
}
# What a heat pump says that it does, among other things, whatever that is called.
SAID: Final = frozenset(("cooling", "defrost"))
# So begin other things that it does.
DOES: Final = ("heat", "varm", "warm", "heiz", "uppvarm")
# Who sets a mode does not say that it does so now.
SET_BY_HAND: Final = frozenset(("mode", "driftlage", "betriebsart"))
# Words that mean yes, where it is told in words.
ON_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "compressor": (
        *("running", "runs", "run", "on", "active", "till", "ein", "betrieb"),
        *("kor", "gar", "drift", "lauft", "laeuft"),
    ),
    "hot_water_valve": (
        *("hot", "dhw", "varmvatten", "warmwasser", "brauchwasser", "hotwater"),
    ),
    "cooling": ("cooling", "kyla", "kyler", "kylning", "kyldrift", "kuhl"),
    "defrost": ("defrost", "avfrost", "abtau"),
}
# With one of these words it is not so, whatever else is said.
NEGATIONS: Final = frozenset(
    (
        *("not", "no", "non", "never", "without", "off", "inactive", "stopped"),
        *("inte", "ej", "icke", "ingen", "inget", "utan"),
        *("nicht", "kein", "keine", "ohne", "ikke", "niet", "ei"),
    )
)
# As the last word these say "off", and before others "of" and "from": "av varmvatten".
OFF_AT_LAST: Final = frozenset(("av", "aus", "af"))
# Of these every house has some, with or without a heat pump.
HOUSE_WIDE: Final = frozenset(
    (
        *("power", "energy", "flow", "outdoor_temp", "indoor_temp", "operating_mode"),
        *("alarm", "alarm_code", "hot_water_temp", "hot_water_valve", "heat_energy"),
        *("cooling", "defrost"),
    )
)
