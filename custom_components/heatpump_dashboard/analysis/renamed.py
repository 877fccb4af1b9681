"""What counts of an entity that took another's place, while both are there."""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from ..profiles import Profile


class Renamed:
    """Knows from when on the newer names of entities have been told.

    From then on an older name counts no more, also in a piece in which the newer one
    says nothing: it tells only changes.
    """

    def __init__(self, profile: Profile) -> None:
        """Begin with nothing told."""
        rules = [
            candidate
            for rule in profile.metrics.values()
            for candidate in rule.candidates
        ]
        # An entity that has another metric now counts there.
        today = {rule.name for rule in rules}
        self._names = tuple(
            tuple(n for n in rule.names if n == rule.name or n not in today)
            for rule in rules
            if rule.is_entity and rule.aliases
        )
        self._begun: dict[str, pd.Timestamp] = {}

    def without_older(self, raw: pd.DataFrame) -> pd.DataFrame:
        """Return values without those of older names since a newer one has been told.

        `raw`: values as stored, UTC index, one column per series.
        """
        for names in self._names:
            begun: pd.Timestamp | None = None
            for name in names:
                if begun is not None and name in raw:
                    raw = raw.assign(**{name: raw[name].where(raw.index < begun)})
                if (told := self._told(raw, name)) is not None:
                    begun = told if begun is None else min(begun, told)
        return raw

    def _told(self, raw: pd.DataFrame, name: str) -> pd.Timestamp | None:
        """Return when a name was told first, as far as that is known."""
        if name in raw and (first := raw[name].dropna().index).size:
            known = self._begun.get(name, first.min())
            self._begun[name] = min(known, first.min())
        return self._begun.get(name)
