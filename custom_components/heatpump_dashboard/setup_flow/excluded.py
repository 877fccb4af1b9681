"""What a name says that is measured of something else: words that must not be there.

Of all languages that heat pumps are named in, as also what they are is alike in many.
"""

from typing import Final

NO_WATER: Final = (
    "primar primair brine source ground loop koldbar kb sole hot dhw tank hw varmvatten"
    " warmwasser brauchwasser gas air luft room outdoor outside condensing evap"
    " compressor pool solar buffer valve discharge suction rate"
    " boiler kessel panna ketel chaudiere kattila kedel kjel"
)
NO_HEAT: Final = (
    "output produc product produkt yield generat thermal thermic therm warmemenge"
    " warmeleistung delivered suppl solar pv battery batteri grid export feed car"
    " charger nominal termisk ausgang abgegeben abgabe energieabgabe warmeabgabe"
    " leistungsabgabe erzeug energieerzeug ertrag energieertrag ausbeute"
    " energieausbeute geliefert avgiven avgivet avgett utgang levere leveran tillford"
    " geleverd afgegeven opgewekt opbrengst fourni produi restitu afgivet afgiven"
    " avgitt tuotto tuotett tuotanto luovutett netzbezug netzein elnat energiexport"
    " verkosta verkkoon reseau solcell solel zonne batterie"
)
# A counter of one use only is no counter of all,
ONE_USE: Final = (
    "heating dhw hot hotwater hw cool cooling defrost standby heizen chauffage"
    " uppvarmning opvarmning oppvarming verwarming lammitys ww vv"
    " varmvatten warmwasser brauchwasser heizung pool booster recovery tww"
    " kyla kylen kylning kuhl varmtvand varmtvann warmwater tapwater kayttovesi ecs"
)
# nor is one of a part.
ONE_PART: Final = (
    "aux auxiliary additional heater elpatron tillsats zusatzheiz heizstab immersion"
    " compressor kompressor verdichter cpr fan pump"
)
# What Swedish and German make one word with the compressor.
_OF_COMPRESSOR: Final = (
    *("effekt", "leistung", "energi", "temp", "strom", "tryck", "druck", "larm"),
    "alarm",
    *("storung", "fel", "heizung", "varmare", "sperr", "sparr", "block", "tid"),
    *("timm", "stunden", "zeit", "skydd", "schutz"),
)
NO_COMPRESSOR: Final = (
    "alarm fault error blocked temp power energy current pressure time heater"
    " heating crankcase inverter effekt leistung larm storung "
    + " ".join(
        f"{compressor}{word}"
        for compressor in ("kompressor", "verdichter")
        for word in _OF_COMPRESSOR
    )
)
