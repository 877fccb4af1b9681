"""The one thread in which all is computed."""

from collections.abc import Callable

from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import Event, HomeAssistant
from homeassistant.util.executor import InterruptibleThreadPoolExecutor
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN

DATA_WORKER: HassKey[InterruptibleThreadPoolExecutor] = HassKey(f"{DOMAIN}_worker")


async def async_compute[*Ts, T](
    hass: HomeAssistant, job: Callable[[*Ts], T], *args: *Ts
) -> T:
    """Return what a job returns that computes, and waits for nothing.

    One job at a time, for all heat pumps: Python computes one thing at a time anyway,
    and each thread keeps the memory that its largest job once needed. In the many
    threads of Home Assistant's executor, where what waits for a disk belongs, the same
    jobs take tens of megabytes more.
    """
    return await hass.loop.run_in_executor(_worker(hass), job, *args)


def _worker(hass: HomeAssistant) -> InterruptibleThreadPoolExecutor:
    """Return the thread of this Home Assistant, which ends with it."""
    if (worker := hass.data.get(DATA_WORKER)) is None:
        worker = hass.data[DATA_WORKER] = InterruptibleThreadPoolExecutor(
            max_workers=1, thread_name_prefix=DOMAIN
        )

        async def async_end(_: Event) -> None:
            await hass.async_add_executor_job(worker.shutdown)

        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, async_end)
    return worker
