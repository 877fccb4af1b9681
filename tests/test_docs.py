"""The documents: their links lead somewhere, their tables are those of the code."""

from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.helpers.entity import EntityDescription
import pytest

from custom_components.heatpump_dashboard import binary_sensor, event, sensor
from custom_components.heatpump_dashboard.profiles import METRICS, brands, load, presets

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
PLATFORMS = {
    "sensor": sensor.DESCRIPTIONS,
    "binary_sensor": binary_sensor.DESCRIPTIONS,
    "event": event.DESCRIPTIONS,
}
LARGEST_PICTURE = 400_000


def read_json(path: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((ROOT / path).read_text("utf-8"))
    return content


ENGLISH = read_json("custom_components/heatpump_dashboard/translations/en.json")
SCREEN = read_json("frontend/src/i18n/en.json")


def page(name: str) -> str:
    """Return a document with its lines joined, as a reader sees it."""
    return " ".join((DOCS / f"{name}.md").read_text("utf-8").split())


def links(path: Path) -> list[str]:
    return re.findall(r"\]\((?!https?:)([^)\s]+)\)", path.read_text("utf-8"))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_swedish_page_has_all_that_the_english_has() -> None:
    """As far as a test can see: headings, rows, points, their code and their numbers."""

    def shape(name: str) -> list[tuple[str, list[str]]]:
        text = (DOCS / f"{name}.md").read_text("utf-8")
        blocks = re.split(r"\n(?=[#|\n]|\* )", text)
        marked = r"`[^`]+`|\d+"
        shown = ((block.strip(), re.findall(marked, block)) for block in blocks)
        return [
            (block[0] if block[0] in "#|*" else "", sorted(code))
            for block, code in shown
            if block
        ]

    assert shape("sources.sv") == shape("sources")


def test_the_index_leads_to_every_document() -> None:
    named = set(links(DOCS / "README.md"))
    assert {p.name for p in DOCS.glob("*.md")} - {"README.md"} <= named


def test_pictures_are_small_and_all_are_shown() -> None:
    shown = {link for path in PAGES for link in links(path) if link.endswith(".png")}
    shown = {Path(link).name for link in shown}
    pictures = list((DOCS / "images").glob("*.png"))
    assert {picture.name for picture in pictures} == shown
    assert all(picture.stat().st_size < LARGEST_PICTURE for picture in pictures)


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for step in ("influxdb", "brand"):
        for name in ENGLISH["config"]["step"][step]["data"].values():
            assert f"| {name} |" in readme, name


def told_entity(platform: str, description: EntityDescription) -> list[str]:
    """Return what the table has to say of an entity."""
    texts = ENGLISH["entity"][platform][description.key]
    unit = getattr(description, "suggested_unit_of_measurement", None) or getattr(
        description, "native_unit_of_measurement", None
    )
    if getattr(description, "currency", False):
        unit = "currency"
    classes = [description.device_class, getattr(description, "state_class", None)]
    return [
        texts["name"],
        str(unit or texts.get("unit_of_measurement", "")),
        ", ".join(str(each) for each in classes if each),
        "" if description.entity_registry_enabled_default else "off",
    ]


def entity_rows() -> Iterator[list[str]]:
    """Yield name, unit, class and whether it starts disabled of the tables' rows."""
    for line in (DOCS / "entities.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| **") and len(cells) == 5:
            yield [cells[0].strip("*"), cells[1], cells[2], cells[4]]


def test_every_entity_is_told_as_it_is() -> None:
    told = list(entity_rows())
    expected = [
        told_entity(platform, description)
        for platform, descriptions in PLATFORMS.items()
        for description in descriptions
    ]
    assert sorted(told) == sorted(expected)


def test_every_attribute_of_an_entity_is_told() -> None:
    text = page("entities")
    for platform in ENGLISH["entity"].values():
        for texts in platform.values():
            for attribute in set(texts.get("state_attributes", {})) - {"event_type"}:
                assert f"`{attribute}`" in text, attribute
            events = texts.get("state_attributes", {}).get("event_type", {})
            for event_type in events.get("state", {}):
                assert f"`{event_type}`" in text, event_type


def problems() -> Iterator[str]:
    """Yield every text by which the integration says that something is wrong."""
    flows = (ENGLISH["config"], ENGLISH["config_subentries"]["heat_pump"])
    for flow in flows:
        yield from flow["error"].values()
        yield from flow["abort"].values()
    for exception in ENGLISH["exceptions"].values():
        yield exception["message"]
    for issue in ENGLISH["issues"].values():
        yield f"{issue['title']}."
    for error in SCREEN["error"].values():
        if isinstance(error, dict):
            yield f"{error['title']}."


@pytest.mark.parametrize("text", sorted(set(problems())))
def test_every_problem_is_in_the_troubleshooting(text: str) -> None:
    """By its first sentence, with … where it names something."""
    first = re.split(r"[.,;:] |[.]$", re.sub(r"\{\w+\}", "…", text))[0]
    first = first.removesuffix(" (…)")
    assert first in page("troubleshooting")


@pytest.mark.parametrize("view", list(SCREEN["missing"]))
def test_every_reason_for_a_missing_view_is_told(view: str) -> None:
    reason = SCREEN["missing"][view]
    if isinstance(reason, dict) and view != "other":
        assert reason["what"].replace("’", "'") in page("views")


def test_every_view_has_its_chapter() -> None:
    heads = anchors(DOCS / "views.md")
    for name, view in SCREEN["charts"].items():
        if "title" in view and name not in ("mode", "state"):
            assert view["title"].lower().replace(" ", "-") in heads, name


@pytest.mark.parametrize("key", brands())
def test_every_brand_and_what_it_reports_is_told(key: str) -> None:
    profile = load(key)
    text = (DOCS / "brands.md").read_text("utf-8")
    if not profile.models:
        assert "Another brand" in text
        return
    for model in profile.models:
        assert model in text, model
    head = re.search(r"^\| metric \|(.+)\|$", text, re.MULTILINE)
    assert head
    column = [cell.strip() for cell in head[1].split("|")].index(profile.name)
    for metric in METRICS:
        row = re.search(rf"^\| `{metric}` \|(.+)\|$", text, re.MULTILINE)
        assert row, metric
        reports = row[1].split("|")[column].strip()
        assert reports == ("yes" if metric in profile.metrics else "–"), metric


@pytest.mark.parametrize("key", presets())
def test_every_integration_is_told_by_its_domain(key: str) -> None:
    text = (DOCS / "brands.md").read_text("utf-8")
    assert f"\n| `{load(key).platform}` " in text
