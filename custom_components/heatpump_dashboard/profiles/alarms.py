"""Whether an alarm is active, and what it says."""

from .model import Profile

_WORD = {"en": "Alarm", "sv": "Larm"}


def alarm_active(profile: Profile, status: float | None, code: float | None) -> bool:
    """Return whether the pump has an alarm now.

    `status` is the metric `alarm`, `code` the metric `alarm_code`, either None
    where it is not known. A latched code says which alarm was the last one and
    stays for ever: there only the status counts.
    """
    if status is not None and status > 0:
        return True
    return profile.alarm_rule != "latched" and code is not None and code != 0


def alarm_text(
    profile: Profile, code: float | None, active: bool, language: str = "en"
) -> str | None:
    """Return the text of the current alarm, None if none is active.

    The number is always in it: that is what a manual and an installer go by, and
    some lists are not certain. Languages other than Swedish get English.
    """
    if not active:
        return None
    lang = "sv" if language.startswith("sv") else "en"
    word = _WORD[lang]
    if not code:
        return word
    texts = _texts(profile, code, lang)
    if not texts:
        return f"{word} {code:g}"
    return f"{', '.join(texts)} ({code:g})"


def _texts(profile: Profile, code: float, language: str) -> list[str]:
    """Return the known texts of a code, empty if any part of it is unknown to us."""
    parts = _parts(profile, code)
    known = [profile.alarms[part] for part in parts if part in profile.alarms]
    texts = [alarm.sv if language == "sv" else alarm.en for alarm in known]
    unknown = [
        f"{_WORD[language]} {part}" for part in parts if part not in profile.alarms
    ]
    return texts + unknown if texts else []


def _parts(profile: Profile, code: float) -> list[int]:
    """Return the alarms a code stands for: itself, or its bits."""
    if code < 0 or not code.is_integer():
        return []
    number = int(code)
    if profile.alarm_rule != "bitmask":
        return [number]
    return [1 << bit for bit in range(number.bit_length()) if number >> bit & 1]
