"""Gives memory back that was needed only for a while."""

import ctypes


def give_back() -> None:
    """Return what was freed to the system, where the C library can be told to. Slow.

    Reading a month leaves some 20 MB of gaps in the heaps of the threads that took
    part, which glibc would keep for a next time that does not come. Other libraries
    have no such function, and no such habit.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
