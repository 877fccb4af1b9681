"""Which fault a fallen COP looks like, by what moved with it at the same temperatures.

Compared at the same return and brine, a steady model says what each fault moves:

fault                              heat    COP index   brine flow
brine flow −20 %                    0        −1.5 %      −20 %
brine flow −40 %                    0        −4.0 %      −40 %
heating flow −20 %                +25 %      +25 %       +36 %
compressor −8 %                     0        −7.8 %        0
capacity −15 %, COP −8 %          −15 %      −7.0 %        0
ground 2 K colder                  −5 %      +0.7 %        0

Less heating flow is better than physics: the flow guard says so. A colder ground is in
what is expected. Of the others one is named where its row fits, else none.
"""

from typing import Literal, NamedTuple

from . import limits

type Fault = Literal["brine", "compressor", "refrigerant"]


class Moved(NamedTuple):
    """What is otherwise than expected, as shares; `hot_gas` in K. None = not known."""

    cop: float | None
    capacity: float | None
    brine: float | None = None
    hot_gas: float | None = None


def fault_of(moved: Moved, brine_fall: float) -> Fault | None:
    """Return the fault whose row fits, None where none does or more than one.

    `brine_fall`: by how much less brine is less beyond doubt.
    """
    has_less_brine = moved.brine is not None and moved.brine < -brine_fall
    heats_as_ever = (
        moved.capacity is not None and abs(moved.capacity) < limits.COP_WATCH
    )
    if moved.cop is not None and has_less_brine:
        assert moved.brine is not None
        rest = moved.cop - _by_brine(moved.brine)
        varies = moved.capacity is None
        explained = (heats_as_ever or varies) and rest > -limits.COP_WATCH
        return "brine" if explained else None
    if has_less_brine:
        return None
    if _is_like_refrigerant(moved):
        return "refrigerant"
    return "compressor" if moved.cop is not None and heats_as_ever else None


def _by_brine(change: float) -> float:
    """Return what less brine alone does to the COP: it comes back colder."""
    return -limits.BRINE_COP * (1 / (1 + change) - 1)


def _is_like_refrigerant(moved: Moved) -> bool:
    """Return whether both signs of too little refrigerant are there; no proof of it."""
    return (
        moved.capacity is not None
        and moved.capacity <= -limits.REFRIGERANT_CAPACITY
        and moved.hot_gas is not None
        and moved.hot_gas >= limits.REFRIGERANT_HOT_GAS_K
    )
