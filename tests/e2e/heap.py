"""What a page keeps in memory, after its garbage was collected."""

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Page


@dataclass(frozen=True)
class Heap:
    """Bytes of script, nodes and listeners."""

    bytes: int
    nodes: int
    listeners: int

    def is_within(self, before: Self, slack: float) -> bool:
        """Return whether nothing is as much as `slack` times what it was."""
        return (
            self.bytes < before.bytes * slack
            and self.nodes < before.nodes * slack
            and self.listeners < before.listeners * slack
        )

    @classmethod
    def of(cls, page: Page) -> Self:
        """Collect the garbage of a page and measure what is left."""
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        for _ in range(3):  # what one round frees, frees more
            session.send("HeapProfiler.collectGarbage")
            page.wait_for_timeout(100)
        answer = session.send("Performance.getMetrics")["metrics"]
        metrics = {metric["name"]: round(metric["value"]) for metric in answer}
        session.detach()
        return cls(
            metrics["JSHeapUsedSize"], metrics["Nodes"], metrics["JSEventListeners"]
        )
