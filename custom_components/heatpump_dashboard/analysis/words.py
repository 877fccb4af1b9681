"""The words for what a heat pump does: in the ledger, for viewers and in entities."""

from typing import Final

# Their places are on disk.
MODES: Final = ("heating", "hot_water", "auxiliary", "idle", "cooling", "defrost")
# The columns of the ledger that have the seconds of each mode; cooling and defrost are
# told beside, as a part of heating.
MODE_SECONDS: Final = tuple(f"{mode}_s" for mode in MODES[:4])

# What becomes of an alarm with a change that begins, changes or ends it.
ALARM_CHANGES: Final = {"begin": "raised", "change": "changed", "end": "cleared"}

# What events are told of.
EVENT_KINDS: Final = (
    "alarm",
    "compressor",
    "brine_pump",
    "circulation_pump",
    "hot_water",
    "auxiliary",
    "setting",
)

# Each of both may be known alone: of that time nothing is said of the other one.
OTHER_ENERGY: Final = {"heat": "electricity", "electricity": "heat"}
