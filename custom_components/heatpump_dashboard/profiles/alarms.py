"""What an alarm says, and how serious it is."""

from ..languages import ENGLISH, LANGUAGES, spoken
from .model import Profile

SEVERITIES = ("info", "warning", "error", "critical")


def alarm_text(
    profile: Profile, code: float | None, active: bool, language: str = ENGLISH
) -> str | None:
    """Return the text of the current alarm, None if none is active.

    Its number is beside every text: that is what a manual and an installer go by, and
    some lists are not certain.
    """
    if not active:
        return None
    own = spoken(language)
    word = LANGUAGES[own].alarm
    if not code:
        return word
    parts = _parts(profile, code)
    if not any(part in profile.alarms for part in parts):
        return f"{word} {code:g}"
    return ", ".join(_text(profile, part, own) for part in parts)


def alarm_severity(profile: Profile, code: float) -> str | None:
    """Return how serious an alarm is, the worst of its parts; None if unknown."""
    known = [profile.alarms.get(part) for part in _parts(profile, code)]
    found = [alarm.severity for alarm in known if alarm is not None]
    return max(found, key=SEVERITIES.index, default=None)


def _text(profile: Profile, part: int, language: str) -> str:
    """Return what one alarm says, with its own number."""
    alarm = profile.alarms.get(part)
    if alarm is None:
        return f"{LANGUAGES[language].alarm} {part}"
    return f"{alarm.texts[language]} ({part})"


def _parts(profile: Profile, code: float) -> list[int]:
    """Return the alarms a code stands for: itself, or its bits."""
    if code < 0 or not code.is_integer():
        return []
    number = int(code)
    if profile.alarm_rule != "bitmask":
        return [number]
    return [1 << bit for bit in range(number.bit_length()) if number >> bit & 1]
