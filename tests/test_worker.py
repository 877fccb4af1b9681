"""The thread in which all is computed."""

import asyncio
import threading

from homeassistant.core import HomeAssistant
import pytest

from custom_components.heatpump_dashboard.worker import async_compute


async def test_all_is_computed_in_one_thread_that_ends_with_home_assistant(
    hass: HomeAssistant,
) -> None:
    jobs = [async_compute(hass, threading.current_thread) for _ in range(8)]
    (worker,) = set(await asyncio.gather(*jobs))

    assert worker is not threading.current_thread()
    await hass.async_stop(force=True)
    assert not worker.is_alive()


async def test_what_a_job_raises_costs_no_other_job(hass: HomeAssistant) -> None:
    with pytest.raises(ZeroDivisionError):
        await async_compute(hass, divmod, 1, 0)
    assert await async_compute(hass, divmod, 7, 2) == (3, 1)
