"""One question that cannot be answered costs only itself."""

from collections.abc import Callable, Mapping
from traceback import format_exc
from typing import Final

from .result import Check, Insight, unknown

# What it says then: an odd day, or an error of ours. Others are answered all the same.
FAILED: Final = "failed"


class Guard:
    """Asks questions, and keeps what went wrong.

    `failures`: tracebacks, by what was asked. They are for the log: who asks for the
    answers decides whether that is known already.
    """

    def __init__(self, failures: Mapping[str, str] | None = None) -> None:
        """Begin with what went wrong before and is not asked again."""
        self.failures = dict(failures or {})

    def insight(self, name: str, question: Callable[[], Insight]) -> Insight:
        """Return the answer to a question, or that it cannot be told."""
        return self._asked(name, question) or unknown(name, FAILED)

    def check(self, name: str, question: Callable[[], Check]) -> Check:
        """Return the answer of a check, or that it cannot be made."""
        failed = Check(id=name, state="unknown", code=FAILED)
        return self._asked(f"check_{name}", question) or failed

    def _asked[Answer](
        self, name: str, question: Callable[[], Answer]
    ) -> Answer | None:
        """Return the answer, None of a question that raised anything."""
        self.failures.pop(name, None)
        try:
            return question()
        except Exception:  # noqa: BLE001 - all others can be answered
            self.failures[name] = format_exc()
            return None
