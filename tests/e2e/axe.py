"""What axe-core finds on a page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (
    Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
)

RUN = """async selector => {
  const { violations } = await axe.run(
    { include: [{ fromShadowDom: selector }] },
    { resultTypes: ['violations'] });
  return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(
    ({ target, failureSummary }) => `${target.flat().slice(-2).join(' ')}: ${failureSummary}`) }));
}"""

PANEL = [
    "home-assistant",
    "home-assistant-main",
    "heatpump-dashboard-panel",
]
BAD = ("serious", "critical")


def findings(page: Page) -> list[dict[str, Any]]:
    """Return what is seriously wrong with the panel for those who see or move less."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, PANEL)
    return [finding for finding in found if finding["impact"] in BAD]
