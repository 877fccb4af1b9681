"""Cases that stand in files of their own: long tables, and what two languages test."""

import json
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parents[1] / "cases"


def read_cases(name: str) -> Any:
    """Return what a file of `tests/cases` holds."""
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
