"""The sidebar panel, with and without a built bundle."""

import asyncio
from collections.abc import Iterator
import gzip
import json
from pathlib import Path
import re
from typing import Any
from unittest.mock import patch

from homeassistant.components.frontend import (
    DATA_EXTRA_MODULE_URL,
    DATA_PANELS,
    async_register_built_in_panel,
    async_remove_panel as remove_any_panel,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.panel import (
    async_add_panel,
    async_bundle,
    async_remove_panel,
)
from custom_components.heatpump_dashboard.replaced import CARD_ELEMENTS

URL_PATH = "heatpump-dashboard"
MODULE = "panel-0a1b2c3d.js"
CARDS = "cards-loader-4e5f6a7b.js"
CARDS_URL = f"/heatpump_dashboard/frontend/{CARDS}"


@pytest.fixture(autouse=True)
async def _frontend(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "frontend", {})
    assert await async_setup_component(hass, "panel_custom", {})


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return the folder of the bundle, empty."""
    with patch(
        "custom_components.heatpump_dashboard.panel.BUNDLE_FOLDER",
        tmp_path / "frontend",
    ):
        yield tmp_path / "frontend"


@pytest.fixture
def bundle(folder: Path) -> Path:
    """Return the folder with a bundle in it, as the build leaves it."""
    manifest = {"panel": MODULE, "cards": CARDS, "version": "1.2.3"}
    write(folder, json.dumps(manifest), MODULE, CARDS)
    return folder


def write(folder: Path, manifest: str, *modules: str) -> None:
    """Write a bundle."""
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(manifest)
    for module in modules:
        (folder / module).write_text("export const built = true;")


def panel(hass: HomeAssistant) -> dict[str, Any] | None:
    """Return the panel as the frontend sees it."""
    found = hass.data[DATA_PANELS].get(URL_PATH)
    return None if found is None else dict(found.to_response())


def extra_modules(hass: HomeAssistant) -> frozenset[str]:
    """Return what every page of Home Assistant loads beside its own."""
    urls: frozenset[str] = hass.data[DATA_EXTRA_MODULE_URL].urls
    return urls


def issues(hass: HomeAssistant) -> list[str]:
    """Return the ids of our repair issues."""
    return [issue for domain, issue in ir.async_get(hass).issues if domain == DOMAIN]


async def test_panel_is_in_the_sidebar_and_served(
    hass: HomeAssistant, bundle: Path, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await async_add_panel(hass)
    found = panel(hass)
    assert found is not None
    assert found["title"] == "Heat pump"
    assert found["icon"] == "mdi:heat-pump"
    assert found["require_admin"] is False
    custom = found["config"]["_panel_custom"]
    assert custom["name"] == "heatpump-dashboard-panel"
    assert custom["handle_safe_area"] is True
    assert custom["embed_iframe"] is False
    assert async_bundle(hass) == MODULE
    assert issues(hass) == []

    client = await hass_client_no_auth()
    response = await client.get(custom["module_url"])
    assert response.status == 200
    assert await response.text() == "export const built = true;"
    assert "max-age" in response.headers["Cache-Control"]
    assert "javascript" in response.headers["Content-Type"]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("sv", "Värmepump"),
        ("sv-SE", "Värmepump"),
        ("en-GB", "Heat pump"),
        ("de", "Heat pump"),
    ],
)
async def test_panel_is_named_in_the_language_of_the_home(
    hass: HomeAssistant, bundle: Path, language: str, title: str
) -> None:
    hass.config.language = language
    await async_add_panel(hass)
    found = panel(hass)
    assert found is not None
    assert found["title"] == title


async def test_compressed_sibling_is_sent_to_who_takes_it(
    hass: HomeAssistant, bundle: Path, hass_client_no_auth: ClientSessionGenerator
) -> None:
    (bundle / f"{MODULE}.gz").write_bytes(gzip.compress(b"squeezed"))
    await async_add_panel(hass)
    client = await hass_client_no_auth()
    response = await client.get(
        f"/heatpump_dashboard/frontend/{MODULE}", headers={"Accept-Encoding": "gzip"}
    )
    assert response.headers["Content-Encoding"] == "gzip"
    assert await response.read() == b"squeezed"


async def test_entries_set_up_together_share_one_panel(
    hass: HomeAssistant, bundle: Path
) -> None:
    await asyncio.gather(*(async_add_panel(hass) for _ in range(3)))
    assert panel(hass) is not None


async def test_every_page_loads_the_cards_while_there_is_an_entry(
    hass: HomeAssistant, bundle: Path, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await asyncio.gather(*(async_add_panel(hass) for _ in range(3)))
    assert CARDS_URL in extra_modules(hass)
    client = await hass_client_no_auth()
    response = await client.get(CARDS_URL)
    assert response.status == 200

    async_remove_panel(hass)
    assert CARDS_URL not in extra_modules(hass)
    async_remove_panel(hass)
    await async_add_panel(hass)
    assert CARDS_URL in extra_modules(hass)


async def test_panel_goes_and_comes_back(hass: HomeAssistant, bundle: Path) -> None:
    """As at a reload of the only entry."""
    await async_add_panel(hass)
    async_remove_panel(hass)
    assert panel(hass) is None
    async_remove_panel(hass)
    await async_add_panel(hass)
    assert panel(hass) is not None


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "",
        "[]",
        "null",
        "{}",
        '{"panel": "panel-not-there.js", "cards": "neither.js"}',
        '{"panel": "panel-0a1b2c3d.js"}',
        "{",
    ],
)
async def test_missing_bundle_raises_an_issue_until_it_is_there(
    hass: HomeAssistant, folder: Path, manifest: str | None
) -> None:
    if manifest is not None:
        write(folder, manifest)
    await async_add_panel(hass)
    assert panel(hass) is None
    assert not extra_modules(hass)
    assert issues(hass) == ["bundle_missing"]
    issue = ir.async_get(hass).async_get_issue(DOMAIN, "bundle_missing")
    assert issue is not None
    assert issue.translation_placeholders == {"command": "script/setup"}
    assert issue.is_fixable is False

    write(folder, json.dumps({"panel": MODULE, "cards": CARDS}), MODULE, CARDS)
    await async_add_panel(hass)
    assert panel(hass) is not None
    assert issues(hass) == []


async def test_issue_goes_with_the_last_entry(
    hass: HomeAssistant, folder: Path
) -> None:
    await async_add_panel(hass)
    async_remove_panel(hass)
    assert issues(hass) == []


NEW_MODULE = "panel-ffffffff.js"
NEW_CARDS = "cards-loader-ffffffff.js"


def replace(folder: Path) -> None:
    """Replace the files as HACS does: all of them, by others."""
    for file in folder.iterdir():
        file.unlink()
    manifest = {"panel": NEW_MODULE, "cards": NEW_CARDS, "version": "2.0.0"}
    write(folder, json.dumps(manifest), NEW_MODULE, NEW_CARDS)


@pytest.mark.parametrize("module", [MODULE, CARDS])
async def test_a_module_that_was_replaced_asks_for_a_restart(
    hass: HomeAssistant,
    bundle: Path,
    hass_client_no_auth: ClientSessionGenerator,
    module: str,
) -> None:
    await async_add_panel(hass)
    client = await hass_client_no_auth()
    url = f"/heatpump_dashboard/frontend/{module}"
    assert (await client.head(url)).status == 200
    replace(bundle)

    response = await client.get(url)
    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "javascript" in response.headers["Content-Type"]
    script = await response.text()
    assert "Restart Home Assistant" in script
    assert "Starta om Home Assistant" in script
    assert "heatpump-dashboard-panel" in script
    for element in CARD_ELEMENTS:
        assert element in script
    assert issues(hass) == ["restart_required"]
    # An open page asks whether the module is gone.
    assert (await client.head(url)).status == 404
    # What was never told of is not there either.
    gone = await client.get("/heatpump_dashboard/frontend/panel-00000000.js")
    assert gone.status == 404


async def test_a_reload_after_the_files_were_replaced_asks_for_a_restart(
    hass: HomeAssistant, bundle: Path
) -> None:
    await async_add_panel(hass)
    replace(bundle)
    await async_add_panel(hass)
    assert issues(hass) == ["restart_required"]
    # An open page is not told to load itself anew: it would come back as it is.
    assert async_bundle(hass) == MODULE
    async_remove_panel(hass)
    await async_add_panel(hass)
    found = panel(hass)
    assert found is not None
    assert found["config"]["_panel_custom"]["module_url"].endswith(MODULE)


@pytest.mark.parametrize(
    ("manifest", "asks"),
    [
        ('{"version": "999.0.0"}', True),
        (None, False),
        ("", False),
        ("[]", False),
        ("{}", False),
    ],
)
async def test_files_of_another_version_ask_for_a_restart(
    hass: HomeAssistant,
    bundle: Path,
    tmp_path: Path,
    manifest: str | None,
    asks: bool,
) -> None:
    file = tmp_path / "manifest.json"
    if manifest is not None:
        file.write_text(manifest)
    with patch("custom_components.heatpump_dashboard.replaced._MANIFEST", file):
        await async_add_panel(hass)
    assert issues(hass) == (["restart_required"] if asks else [])


def test_all_cards_are_known_to_what_stands_in_for_them() -> None:
    config = Path(__file__).parents[1] / "frontend" / "src" / "cards" / "config.ts"
    text = config.read_text("utf-8")
    listed = re.search(r"CARD_KINDS = \[(.*?)\]", text, re.DOTALL)
    assert listed is not None
    kinds = re.findall(r'"(\w+)"', listed[1])
    assert tuple(f"heatpump-dashboard-{kind}-card" for kind in kinds) == CARD_ELEMENTS


async def test_a_dashboard_of_the_user_at_its_path_stays(
    hass: HomeAssistant, bundle: Path
) -> None:
    async_register_built_in_panel(
        hass, "lovelace", sidebar_title="Mine", frontend_url_path=URL_PATH
    )
    await async_add_panel(hass)
    found = panel(hass)
    assert found is not None
    assert found["title"] == "Mine"
    assert issues(hass) == ["panel_path_taken"]
    assert CARDS_URL in extra_modules(hass)

    async_remove_panel(hass)
    assert panel(hass) is not None
    assert issues(hass) == []


async def test_the_panel_is_shown_once_its_path_is_free(
    hass: HomeAssistant, bundle: Path
) -> None:
    async_register_built_in_panel(hass, "lovelace", frontend_url_path=URL_PATH)
    await async_add_panel(hass)
    remove_any_panel(hass, URL_PATH)
    await async_add_panel(hass)
    found = panel(hass)
    assert found is not None
    assert found["title"] == "Heat pump"
    assert issues(hass) == []
