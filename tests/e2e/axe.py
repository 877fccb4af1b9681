"""What axe-core finds on a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (
    Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
)

# Of what Home Assistant puts around ours it is not for us to judge.
RUN = """async selector => {
  const { violations } = await axe.run(
    { include: [{ fromShadowDom: selector }] },
    { resultTypes: ['violations'] });
  const isOurs = ({ target }) => /heatpump-dashboard|hp-/.test(target.flat().join(' '));
  return violations.map(({ id, impact, nodes }) => ({ id, impact,
    nodes: nodes.filter(isOurs).map(({ target, failureSummary }) =>
      `${target.flat().slice(-2).join(' ')}: ${failureSummary}`) }));
}"""

PANEL = (
    "home-assistant",
    "home-assistant-main",
    "heatpump-dashboard-panel",
)
DASHBOARD = (
    "home-assistant",
    "home-assistant-main",
    "ha-panel-lovelace",
    "hui-root",
    "hui-view",
)
BAD = ("serious", "critical")


def findings(page: Page, where: Sequence[str] = PANEL) -> list[dict[str, Any]]:
    """Return what is seriously wrong with ours for those who see or move less.

    `where` leads there: each element is in the shadow of the one before.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, list(where))
    return [each for each in found if each["impact"] in BAD and each["nodes"]]
