"""The sidebar panel and the cards: serves the built bundle, says when there is none."""

import asyncio
from dataclasses import dataclass, field
import json
from pathlib import Path
from typing import Final, NamedTuple

from homeassistant.components import frontend, panel_custom
from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util.hass_dict import HassKey

from .const import DOCUMENTATION_URL, DOMAIN
from .languages import spoken
from .replaced import ModuleView, async_check_version, async_report_restart

PANEL_URL_PATH: Final = "heatpump-dashboard"
PANEL_ELEMENT: Final = "heatpump-dashboard-panel"
PANEL_ICON: Final = "mdi:heat-pump"
STATIC_URL: Final = f"/{DOMAIN}/frontend"
ISSUE_BUNDLE_MISSING: Final = "bundle_missing"
ISSUE_PATH_TAKEN: Final = "panel_path_taken"

BUNDLE_FOLDER = Path(__file__).parent / "frontend"


class _Bundle(NamedTuple):
    """The modules Home Assistant is told of."""

    panel: str
    cards: str


@dataclass(slots=True)
class _Panel:
    """What outlives the entries: a static path cannot be taken away again."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    # The bundle that Home Assistant was told of first: it keeps its names.
    served: _Bundle | None = None
    module: str | None = None
    cards_url: str | None = None
    # What is in the sidebar at the panel's path is the panel.
    shown: bool = False


_PANEL: HassKey[_Panel] = HassKey(f"{DOMAIN}_panel")


async def async_add_panel(hass: HomeAssistant) -> None:
    """Show the panel in the sidebar, offer the cards; raise an issue if not built.

    May be called by every entry: the first one adds it.
    """
    panel = hass.data.setdefault(_PANEL, _Panel())
    # Entries are set up at the same time, and looking for the bundle takes a while.
    async with panel.lock:
        bundle = await hass.async_add_executor_job(_find_bundle)
        await async_check_version(hass)
        panel.module = bundle.panel if bundle else None
        if bundle is None:
            _async_report_missing(hass)
            return
        ir.async_delete_issue(hass, DOMAIN, ISSUE_BUNDLE_MISSING)
        if panel.served is None:
            await _async_serve(hass, bundle)
            panel.served = bundle
        elif bundle != panel.served:
            # Replaced under a running Home Assistant, whose pages go on asking for
            # the old one: to load them anew would not help.
            async_report_restart(hass)
            bundle = panel.served
            panel.module = bundle.panel
        await _async_show(hass, panel, f"{STATIC_URL}/{bundle.panel}")
        if panel.cards_url is None:
            panel.cards_url = f"{STATIC_URL}/{bundle.cards}"
            frontend.add_extra_js_url(hass, panel.cards_url)


@callback
def async_bundle(hass: HomeAssistant) -> str | None:
    """Return the name of the panel's module, by which an open page finds itself old."""
    return panel.module if (panel := hass.data.get(_PANEL)) else None


@callback
def async_remove_panel(hass: HomeAssistant) -> None:
    """Take the panel out of the sidebar, and the cards; for when no entry is left."""
    ir.async_delete_issue(hass, DOMAIN, ISSUE_BUNDLE_MISSING)
    ir.async_delete_issue(hass, DOMAIN, ISSUE_PATH_TAKEN)
    if (panel := hass.data.get(_PANEL)) is None:
        return
    if panel.cards_url:
        frontend.remove_extra_js_url(hass, panel.cards_url)
        panel.cards_url = None
    if panel.shown:
        panel.shown = False
        frontend.async_remove_panel(hass, PANEL_URL_PATH, warn_if_unknown=False)


def _find_bundle() -> _Bundle | None:
    """Return the bundle's modules, None if the bundle is not whole."""
    try:
        manifest = json.loads((BUNDLE_FOLDER / "manifest.json").read_text("utf-8"))
        bundle = _Bundle(str(manifest["panel"]), str(manifest["cards"]))
    except OSError, ValueError, KeyError, TypeError:
        return None
    whole = all((BUNDLE_FOLDER / module).is_file() for module in bundle)
    return bundle if whole else None


async def _async_serve(hass: HomeAssistant, bundle: _Bundle) -> None:
    """Serve the bundle; its names hold a hash, so browsers may keep the files."""
    for module in bundle:
        url, file = f"{STATIC_URL}/{module}", BUNDLE_FOLDER / module
        hass.http.register_view(ModuleView(hass, url, file, PANEL_ELEMENT))
    await hass.http.async_register_static_paths(
        [StaticPathConfig(STATIC_URL, str(BUNDLE_FOLDER), cache_headers=True)]
    )


async def _async_show(hass: HomeAssistant, panel: _Panel, module_url: str) -> None:
    """Put the panel into the sidebar, unless a dashboard of the user has its path."""
    there = frontend.async_panel_exists(hass, PANEL_URL_PATH)
    if there and not panel.shown:
        _async_report_taken(hass)
        return
    ir.async_delete_issue(hass, DOMAIN, ISSUE_PATH_TAKEN)
    if not there:
        await _async_register(hass, module_url)
        panel.shown = True


async def _async_register(hass: HomeAssistant, module_url: str) -> None:
    await panel_custom.async_register_panel(
        hass,
        frontend_url_path=PANEL_URL_PATH,
        webcomponent_name=PANEL_ELEMENT,
        sidebar_title=await _async_title(hass),
        sidebar_icon=PANEL_ICON,
        module_url=module_url,
        # The panel fills the screen itself and keeps clear of notches itself.
        handle_safe_area=True,
    )


async def _async_title(hass: HomeAssistant) -> str:
    """Return what the panel is called in the language of the home."""
    language = spoken(hass.config.language)
    texts = await async_get_translations(hass, language, "common", {DOMAIN})
    return texts[f"component.{DOMAIN}.common.panel_title"]


@callback
def _async_report_missing(hass: HomeAssistant) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        ISSUE_BUNDLE_MISSING,
        is_fixable=False,
        learn_more_url=DOCUMENTATION_URL,
        severity=ir.IssueSeverity.WARNING,
        translation_key=ISSUE_BUNDLE_MISSING,
        translation_placeholders={"command": "script/setup"},
    )


@callback
def _async_report_taken(hass: HomeAssistant) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        ISSUE_PATH_TAKEN,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key=ISSUE_PATH_TAKEN,
        translation_placeholders={"path": f"/{PANEL_URL_PATH}"},
    )
