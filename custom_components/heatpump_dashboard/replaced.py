"""Answers for a module of the frontend that an update has replaced: restart."""

import json
from pathlib import Path
from typing import Final

from aiohttp import web
from homeassistant.components.http import HomeAssistantView
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.loader import async_get_integration

from .const import DOMAIN
from .languages import LANGUAGES

ISSUE_RESTART: Final = "restart_required"
CARD_ELEMENTS: Final = tuple(
    f"heatpump-dashboard-{kind}-card"
    for kind in ("kpi", "schematic", "status", "view", "history", "insight")
)

_MANIFEST: Final = Path(__file__).parent / "manifest.json"
_CACHED: Final = {"Cache-Control": f"public, max-age={31 * 86400}"}
_NOT_CACHED: Final = {"Cache-Control": "no-store"}
# It stands here, as the frontend's own files are those that are gone. Elements may
# land in a registry that is replaced before Home Assistant's own is defined.
_SCRIPT: Final = """
const TEXTS = %(texts)s;
const textFor = (hass) =>
  TEXTS[(hass?.locale?.language ?? hass?.language ?? "en").split("-")[0]] ?? TEXTS.en;

class Replaced extends HTMLElement {
  set hass(hass) {
    this._hass = hass;
    this._show();
  }
  set narrow(narrow) {
    this._narrow = narrow;
    this._show();
  }
  connectedCallback() {
    this._show();
  }
  setConfig() {}
  getCardSize() {
    return 1;
  }
  _show() {
    if (!this.isConnected) return;
    if (!this._text) {
      this.style.cssText = "display: block; color: var(--primary-text-color)";
      if (this.localName === "%(panel)s") {
        this._menu = document.createElement("ha-menu-button");
        this.append(this._menu);
      }
      this._text = document.createElement("p");
      this._text.style.cssText = "margin: 0; padding: 16px; font-size: 16px";
      this._text.setAttribute("role", "alert");
      this.append(this._text);
    }
    if (this._menu) Object.assign(this._menu, { hass: this._hass, narrow: this._narrow });
    const text = textFor(this._hass);
    if (this._text.textContent !== text) this._text.textContent = text;
  }
}

class Dashboard extends HTMLElement {
  static async generate(_config, hass) {
    const content = textFor(hass);
    return { views: [{ cards: [{ type: "markdown", content }] }] };
  }
}

const define = (name, element) => {
  if (!customElements.get(name)) customElements.define(name, element);
};
define("%(panel)s", class extends Replaced {});
void customElements.whenDefined("home-assistant").then(() => {
  for (const name of %(cards)s) define(name, class extends Replaced {});
  define("ll-strategy-dashboard-heatpump-dashboard", Dashboard);
});
"""


class ModuleView(HomeAssistantView):
    """A module that Home Assistant names from its start to its end.

    Its name holds a hash: when the files are replaced under a running Home Assistant
    it is gone, and what stands in for it says what to do.
    """

    requires_auth = False

    def __init__(self, hass: HomeAssistant, url: str, file: Path, panel: str) -> None:
        """Serve a file at a URL. `panel`: the name of the panel's element."""
        self.url = url
        self.name = f"{DOMAIN}:{file.name}"
        self._hass = hass
        self._file = file
        self._panel = panel

    async def get(self, request: web.Request) -> web.StreamResponse:
        """Return the module, or what says that it was replaced."""
        if await self._is_there():
            return web.FileResponse(self._file, headers=_CACHED)
        async_report_restart(self._hass)
        return web.Response(
            text=_script(self._panel),
            content_type="text/javascript",
            headers=_NOT_CACHED,
        )

    async def head(self, request: web.Request) -> web.StreamResponse:
        """Say truly whether the module is there: an open page asks for that."""
        if await self._is_there():
            return web.FileResponse(self._file, headers=_CACHED)
        raise web.HTTPNotFound

    async def _is_there(self) -> bool:
        return await self._hass.async_add_executor_job(self._file.is_file)


async def async_check_version(hass: HomeAssistant) -> None:
    """Ask for a restart where the files are of another version than what runs."""
    integration = await async_get_integration(hass, DOMAIN)
    stored = await hass.async_add_executor_job(_stored_version)
    if stored is not None and stored != str(integration.version):
        async_report_restart(hass)


@callback
def async_report_restart(hass: HomeAssistant) -> None:
    """Raise the issue that says so; it goes with the restart."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        ISSUE_RESTART,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key=ISSUE_RESTART,
    )


def _stored_version() -> str | None:
    """Return the version of the files, None while they are being replaced."""
    try:
        return str(json.loads(_MANIFEST.read_text("utf-8"))["version"])
    except OSError, ValueError, KeyError, TypeError:
        return None


def _script(panel: str) -> str:
    texts = {language: own.replaced for language, own in LANGUAGES.items()}
    return _SCRIPT % {
        "texts": json.dumps(texts, ensure_ascii=False),
        "cards": json.dumps(CARD_ELEMENTS),
        "panel": panel,
    }
