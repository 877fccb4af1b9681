"""What a series is called that is an entity of Home Assistant."""

import re
from typing import Final

# The entity, one of its attributes, and the word that is asked for.
NAME: Final = re.compile(
    r"(?P<domain>[a-z0-9_]+)\.(?P<entity_id>[a-z0-9_]+)"
    r"(?:#(?P<attribute>[^=#]+))?(?:=(?P<text>.+))?",
    re.DOTALL,
)


def is_entity(name: str) -> bool:
    """Return whether a series is an entity of Home Assistant, and not the collector's."""
    return NAME.fullmatch(name) is not None
