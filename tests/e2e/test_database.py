"""A database that stops: what is known stays, what is the matter is said, and all comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
import re

from playwright.sync_api import expect
import pytest

from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx

from .conftest import Open
from .looks import Look
from .test_states import assert_accessible, expect_states, open_panel
from .watched import HASS, Watched

PUMP = "thermia"
QUERY = f"pump={PUMP}&range=24h"
CAUSE = re.compile("The database does not answer[^.]*refused. Is the database running?")
TRY_NOW = "hp-view-card hp-notice button.action"
RELOAD = f"""() => {HASS}.callApi(
  'POST', 'config/config_entries/entry/influxdb/reload').catch(() => null)"""
# Every 30 s it would poll by itself.
POLL = f"""pump => {HASS}.callService('homeassistant', 'update_entity',
  {{ entity_id: [`sensor.${{pump}}_cop`] }}).catch(() => null)"""


@contextmanager
def stopped(influx: Influx) -> Iterator[None]:
    """Let the database be away for a while."""
    if not influx.ours:
        pytest.skip("the server at HEATPUMP_INFLUXDB_URL is not ours to stop")
    influx.stop()
    try:
        yield
    finally:
        influx.start()


def expect_cause(window: Watched) -> None:
    """Wait until the page says on top what is the matter."""
    trouble = window.page.locator("heatpump-dashboard-panel main > .trouble")
    expect(trouble).to_contain_text(CAUSE)


def test_what_is_known_stays_while_the_database_is_away(
    home: HomeAssistant, influx: Influx, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel(f"?{QUERY}")
    page = window.page
    with stopped(influx):
        page.evaluate(POLL, PUMP)
        expect_cause(window)
        for _ in window.pictures("state-database-away"):
            expect_cause(window)
            expect_states(window, "ready")
    page.evaluate(POLL, PUMP)
    expect(page.locator("main > .trouble")).to_have_count(0)
    window.wait_for_views()


def test_a_database_that_is_away_from_the_start_is_said_until_it_is_back(
    home: HomeAssistant, influx: Influx, open_page: Open
) -> None:
    window = open_page(home)
    window.open_home()
    with stopped(influx):
        window.page.evaluate(RELOAD)
        open_panel(window, QUERY)
        expect_cause(window)
        for look in window.pictures("state-error"):
            expect_error(window, look)
    window.page.evaluate(RELOAD)
    # It may have tried again by itself meanwhile.
    window.page.locator(TRY_NOW).evaluate_all("all => all[0]?.click()")
    window.wait_for_views()
    expect(window.page.locator("hp-notice")).to_have_count(0)


def expect_error(window: Watched, look: Look) -> None:
    """Expect that each view says what is the matter and offers to try again."""
    expect_cause(window)
    folded = 3 if look.phone else 0
    notices = window.page.locator("hp-view-card hp-notice [role=alert]")
    expect(notices).to_have_count(7 - folded)
    expect(notices.first).to_contain_text(CAUSE)
    expect(window.page.locator(TRY_NOW).first).to_have_text("Try now")
    expect_states(window, "error")
    assert_accessible(window, look)
