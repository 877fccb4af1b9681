"""The cards on dashboards: a fresh profile, storage and YAML, the pickers, the strategy."""

from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any

from playwright.sync_api import Locator, expect
import pytest
import pytest_socket

from custom_components.heatpump_dashboard.const import DOMAIN
from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx, free_port

from .axe import DASHBOARD, findings
from .conftest import BRANDS, Open, influxdb_entry
from .watched import NO_PICTURE, VIEWS, Watched

PUMP = BRANDS[0]
NOT_OURS = re.compile(r"^(?!.*heatpump)", re.DOTALL)
PICTURES = re.compile(r"https://demo\.home-assistant\.io/stub_config/")
KINDS = ("kpi", "schematic", "status", "view", "history", "insight")
PARTS = {"bars": "energy", "table": "table", "map": "map"}


def card(kind: str, **more: Any) -> dict[str, Any]:
    """Return a card's configuration."""
    return {"type": f"custom:heatpump-dashboard-{kind}-card", "pump": PUMP, **more}


EVERY_CARD = [
    card("status"),
    card("schematic"),
    card("kpi", range="24h"),
    *(card("view", view=view, range="24h") for view in (*VIEWS, "events")),
    *(card("history", show=show, period="month") for show in PARTS),
    card("insight"),
]
FIGURES = ("cop", "heat", "electricity", "compressor", "auxiliary", "temperatures")
TALL = {"runtime": 7, "temperature": 7}
SMALLEST = [
    card("status", title="Villa", grid_options={"columns": 9}),
    card("schematic", grid_options={"columns": 12}),
    *(card("kpi", figures=[each], grid_options={"columns": 6}) for each in FIGURES),
    *(
        card("view", view=view, grid_options={"columns": 12, "rows": rows})
        for view, rows in (dict.fromkeys(VIEWS, 6) | TALL).items()
    ),
]
# Words of ours that have less room than they need.
CUT = """() => {
  const cut = [];
  const read = root => root.querySelectorAll('*').forEach(each => {
    if (each.shadowRoot) read(each.shadowRoot);
    if (!/^hp-(kpi-card|pills|legend|schematic)$/.test(root.host?.localName)) return;
    if (!each.textContent.trim() || each.clientWidth < 2 || getComputedStyle(each).overflow === 'visible') return;
    if (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
      cut.push(`${root.host.localName}: ${each.textContent.trim()}`);
  });
  read(document);
  return cut;
}"""
# Where sections that begin at the same height end, px.
ENDS = """sections => {
  const rows = {};
  for (const each of sections) {
    const { top } = each.getBoundingClientRect();
    const cards = [...each.shadowRoot.querySelectorAll('.card')];
    const ends = cards.map(card => Math.round(card.getBoundingClientRect().bottom));
    (rows[Math.round(top)] ??= []).push(Math.max(...ends));
  }
  return Object.values(rows);
}"""
DASHBOARDS = {
    "pump-storage": {
        "views": [
            {
                "path": "all",
                "type": "sections",
                "sections": [{"type": "grid", "cards": [each]} for each in EVERY_CARD],
            }
        ]
    },
    "pump-strategy": {"strategy": {"type": "custom:heatpump-dashboard", "range": "6h"}},
    "pump-small": {
        "views": [
            {
                "path": "all",
                "type": "sections",
                "sections": [{"type": "grid", "cards": [each]} for each in SMALLEST],
            }
        ]
    },
    "pump-empty": {"views": [{"path": "all", "cards": []}]},
}
YAML = """\
lovelace:
  dashboards:
    pump-yaml:
      mode: yaml
      title: YAML
      filename: pump.yaml
"""


@pytest.fixture(scope="module")
def home(
    component: Path, influx: Influx, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HomeAssistant]:
    """Run a Home Assistant with dashboards of ours, in its storage and in YAML."""
    pytest_socket.enable_socket()
    home = HomeAssistant(tmp_path_factory.mktemp("cards"), free_port())
    home.seed([influxdb_entry(influx)], component)
    seed_dashboards(home.folder)
    home.start()
    yield home
    home.stop()


def seed_dashboards(folder: Path) -> None:
    """Write the dashboards as Home Assistant's own editor and a person would."""
    items = [
        {
            "id": path.replace("-", "_"),
            "url_path": path,
            "title": path,
            "mode": "storage",
            "require_admin": False,
            "show_in_sidebar": True,
        }
        for path in DASHBOARDS
    ]
    store(folder, "lovelace_dashboards", {"items": items})
    for path, config in DASHBOARDS.items():
        store(folder, f"lovelace.{path.replace('-', '_')}", {"config": config})
    with (folder / "configuration.yaml").open("a", encoding="utf-8") as configuration:
        configuration.write(YAML)
    # JSON is YAML, too.
    page = {"views": [{"path": "all", "cards": EVERY_CARD}]}
    (folder / "pump.yaml").write_text(json.dumps(page), encoding="utf-8")


def store(folder: Path, key: str, data: dict[str, Any]) -> None:
    """Write one of Home Assistant's stores."""
    content = {"version": 1, "minor_version": 1, "key": key, "data": data}
    (folder / ".storage" / key).write_text(json.dumps(content), encoding="utf-8")


def open_dashboard(window: Watched, path: str) -> None:
    """Open a view of a dashboard."""
    window.page.goto(f"{window.url}/{path}")


def of_kind(window: Watched, kind: str) -> Locator:
    """Return the cards of a kind."""
    return window.page.locator(f"heatpump-dashboard-{kind}-card")


def expect_views(window: Watched) -> None:
    """Wait until all seven views are painted."""
    for view in VIEWS:
        window.wait_for_state(view, "ready")


def expect_every_card(window: Watched) -> None:
    """Wait until every card shows what it is for."""
    expect_views(window)
    for kind in KINDS:
        expect(of_kind(window, kind).first).to_be_visible()
    expect(of_kind(window, "view")).to_have_count(len(VIEWS) + 1)
    expect(of_kind(window, "kpi").locator("hp-kpi-card").first).to_contain_text("COP")
    for part in PARTS.values():
        window.wait_for_state(f"history-{part}", "ready")
    window.wait_for_state("verdict", "ready")
    expect(window.page.locator("hui-error-card")).to_have_count(0)


@pytest.mark.parametrize("dashboard", ["pump-storage", "pump-yaml"])
def test_every_card_is_there_on_a_fresh_profile(
    home: HomeAssistant, open_page: Open, dashboard: str
) -> None:
    window = open_page(home)
    open_dashboard(window, f"{dashboard}/all")
    expect_every_card(window)


def test_every_card_fits_every_width_in_both_themes(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    open_dashboard(window, "pump-storage/all")
    expect_every_card(window)
    for look in window.pictures("cards"):
        for view in VIEWS:
            expect(window.view(view)).to_have_attribute("data-state", "ready")
            assert window.colours(view) > 3, (view, str(look))
        if look.telling:
            assert findings(window.page, DASHBOARD) == [], str(look)


@pytest.mark.parametrize("width", [1440, 390])
def test_no_card_loses_a_value_at_its_smallest_size(
    home: HomeAssistant, open_page: Open, width: int
) -> None:
    window = open_page(home, width=width, height=6000)
    open_dashboard(window, "pump-small/all")
    expect_views(window)
    kpis = of_kind(window, "kpi").locator("hp-kpi-card article[data-kpi]")
    expect(kpis).to_have_count(len(FIGURES))
    smallest = window.page.evaluate(
        """() => ["kpi", "status", "schematic", "view", "history"].map(kind => {
          const card = document.createElement(`heatpump-dashboard-${kind}-card`);
          card.setConfig({ view: "cop", figures: ["cop"] });
          return card.getGridOptions().min_columns;
        })"""
    )
    assert smallest == [6, 9, 12, 12, 12]
    assert window.page.evaluate(CUT) == []
    window.picture(f"cards-smallest-{width}")


def test_the_strategy_makes_a_dashboard_of_every_pump(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    open_dashboard(window, "pump-strategy")
    expect_views(window)
    for kind in KINDS:
        expect(of_kind(window, kind).first).to_be_visible()
    title = window.page.locator("hui-root").get_by_role("tab")
    # The NIBE is there twice, once without a power.
    expect(title).to_have_count(len(BRANDS) + 1)
    # What stands side by side ends together.
    ends = window.page.locator("hui-grid-section").evaluate_all(ENDS)
    assert len(ends) > 3
    assert all(len(set(each)) == 1 for each in ends), ends
    window.picture("cards-strategy")


def test_cards_that_show_the_same_share_one_subscription(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    sent: list[str] = []
    window.page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))),
    )
    open_dashboard(window, "pump-storage/all")
    expect_every_card(window)
    asked = sum(frame.count(f"{DOMAIN}/subscribe") for frame in sent)
    assert asked == 1, asked
    window.page.evaluate(
        "() => { history.pushState(null, '', '/pump-empty');"
        " dispatchEvent(new CustomEvent('location-changed', { detail: {} })); }"
    )
    expect(of_kind(window, "view")).to_have_count(0)
    assert window.eventually(
        lambda: any("unsubscribe_events" in frame for frame in sent)
    ), sent[-5:]


def test_the_picker_lists_the_cards_and_their_form_opens(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    # Other cards show pictures of the internet, and ask for what nobody set up here.
    window.forgiven, window.welcome = NOT_OURS, PICTURES
    open_dashboard(window, "pump-empty/all?edit=1")
    page = window.page
    page.wait_for_function("() => window.customCards?.length >= 6")
    names = page.evaluate("() => window.customCards.map(({ name }) => name)")
    assert set(names) >= {
        "Heat pump figures",
        "Heat pump drawing",
        "Heat pump status",
        "Heat pump chart",
        "Heat pump history",
        "Heat pump insight",
    }
    page.route(PICTURES, lambda route: route.fulfill(**NO_PICTURE))
    page.locator("hui-root").get_by_role("button", name="Add card").first.click()
    page.locator("ha-tab-group-tab", has_text="By card").click()
    chart = page.locator("hui-card-picker").get_by_text("Heat pump chart", exact=True)
    chart.scroll_into_view_if_needed()
    expect(chart).to_be_visible()
    preview = page.locator("hui-card-picker heatpump-dashboard-view-card")
    preview.locator(".plot").scroll_into_view_if_needed()
    expect(preview.locator("[data-view]")).to_have_attribute("data-state", "ready")
    window.picture("cards-picker")
    # Over each preview lies what takes the click.
    chart.click(force=True)
    form = page.locator("hui-form-editor")
    expect(form).to_contain_text("Heat pump")
    expect(form).to_contain_text("Chart")
    expect(form).to_contain_text("Period")
    window.picture("cards-form")


def test_a_card_says_what_is_wrong_with_its_configuration(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    open_dashboard(window, "pump-empty/all")
    window.page.wait_for_function("() => window.customCards?.length >= 5")
    said = window.page.evaluate(
        """() => {
          const card = document.createElement("heatpump-dashboard-view-card");
          try { card.setConfig({ view: "weather" }); } catch (error) { return error.message; }
        }"""
    )
    assert "weather" in said
    assert "temperature" in said
