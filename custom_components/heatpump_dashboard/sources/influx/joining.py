"""Puts the pieces of an answer together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def join(frames: Sequence[pd.DataFrame], series: Sequence[str]) -> pd.DataFrame:
    """Put pieces together. Slow, as it imports pandas: for the executor."""
    from .frames import join

    return join(frames, series)
