"""One source is one entry, however its address and its organisation are given."""

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult
from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import CONF_ORGANIZATION, DOMAIN
from custom_components.heatpump_dashboard.sources import CannotConnect
from tests.support.fake_source import FakeSource

from .common import CONNECTION, DATA, UNIQUE_ID, start, submit
from .test_recorder import record

ID = "0123456789abcdef"
BY_ID = f"{CONNECTION[CONF_URL]} {ID}"
KNOWN = {k: v for k, v in CONNECTION.items() if k != CONF_TOKEN}


@pytest.fixture
def told_id(source: FakeSource) -> FakeSource:
    """Return a source that tells its organisation's ID."""
    source.organization_ids = {"thermia": ID, ID: ID, ID.upper(): ID, "home": "f" * 16}
    return source


async def typed(hass: HomeAssistant, **values: object) -> ConfigFlowResult:
    """Return what follows the form of the connection with these values."""
    form = await start(hass, "influxdb")
    return await submit(hass, form, {**CONNECTION, **values})


async def made(hass: HomeAssistant, **values: object) -> ConfigEntry:
    """Return the entry that is made with these values."""
    result = await submit(hass, await typed(hass, **values), {"bucket": "thermia"})
    result = await submit(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    entry: ConfigEntry = result["result"]
    return entry


def is_known(result: ConfigFlowResult) -> bool:
    """Return whether a flow ended because there is such an entry."""
    return (result["type"], result.get("reason")) == (
        FlowResultType.ABORT,
        "already_configured",
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://influx.local:8086/",
        "HTTP://INFLUX.LOCAL:8086",
        "influx.local:8086",
        "Influx.local:8086/",
        " http://Influx.Local:8086// ",
        "http://influx.local:8086/?a=b#c",
    ],
)
async def test_another_spelling_is_the_same_source(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry, address: str
) -> None:
    assert is_known(await typed(hass, url=address))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://influx.local", "http://influx.local:80/"),
        ("https://influx.local:443", "https://INFLUX.local"),
        ("https://home.example/influx", "home.example/influx"),
        ("https://home.example/influx", "https://home.example:443/influx//"),
        ("https://home.example/influx", "https://home.example/a/../influx/"),
    ],
)
async def test_the_usual_port_and_a_folder_are_the_same_source(
    hass: HomeAssistant, source: FakeSource, one: str, other: str
) -> None:
    await made(hass, url=one)
    # Without a scheme it is another one.
    same = other.startswith(one.partition(":")[0])
    assert is_known(await typed(hass, url=other)) is same


@pytest.mark.parametrize("page", ["/orgs/0123456789abcdef/load-data", "/signin", "/me"])
async def test_a_page_of_influxdb_is_not_part_of_its_address(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry, page: str
) -> None:
    copied = f"http://new.local:8086{page}"
    source.elsewhere = {copied, f"{CONNECTION[CONF_URL]}{page}"}
    assert is_known(await typed(hass, url=f"{CONNECTION[CONF_URL]}{page}"))
    assert (await made(hass, url=copied)).data[CONF_URL] == "http://new.local:8086"
    result = await entry.start_reconfigure_flow(hass)
    other = {**KNOWN, CONF_URL: f"https://moved.local{page}/"}
    source.elsewhere = {f"https://moved.local{page}"}
    result = await submit(hass, result, other)
    assert result["reason"] == "reconfigure_successful"
    assert entry.data[CONF_URL] == "https://moved.local"


@pytest.mark.parametrize("folder", ["/debug/influx", "/metrics", "/me/docs"])
async def test_a_folder_called_like_a_page_is_kept_where_influxdb_answers(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry, folder: str
) -> None:
    """It is another source than one that answers before it."""
    address = f"{CONNECTION[CONF_URL]}{folder}"
    made_entry = await made(hass, url=f"{address}/")
    assert made_entry.data[CONF_URL] == address
    assert is_known(await typed(hass, url=address))


async def test_an_address_that_answers_nowhere_says_why(
    hass: HomeAssistant, source: FakeSource
) -> None:
    source.elsewhere = {"http://new.local/signin", "http://new.local"}
    result = await typed(hass, url="http://new.local/signin")
    assert result["errors"] == {"base": "not_influxdb"}
    assert [data[CONF_URL] for data in source.asked_with] == [
        "http://new.local/signin",
        "http://new.local",
    ]


async def test_a_server_that_is_down_is_asked_once(
    hass: HomeAssistant, source: FakeSource
) -> None:
    source.fail("timeout", CannotConnect)
    result = await typed(hass, url="http://new.local/signin")
    assert result["errors"] == {"base": "timeout"}
    assert len(source.asked_with) == 1


async def test_an_entry_of_an_older_spelling_is_recognised(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """What an earlier version stored as it was typed."""
    old = {**DATA, CONF_URL: "http://Influx.local:8086/"}
    MockConfigEntry(domain=DOMAIN, data=old, unique_id="old").add_to_hass(hass)
    assert is_known(await typed(hass))


async def test_other_organization_of_the_same_server_is_another_entry(
    hass: HomeAssistant, told_id: FakeSource, entry: MockConfigEntry
) -> None:
    result = await typed(hass, **{CONF_ORGANIZATION: "home"})
    assert result["step_id"] == "heat_pump"


@pytest.mark.parametrize("other", ["thermia", ID, ID.upper()])
@pytest.mark.parametrize("one", ["thermia", ID, ID.upper()])
async def test_an_organization_by_name_and_by_id_is_one_source(
    hass: HomeAssistant, told_id: FakeSource, one: str, other: str
) -> None:
    entry = await made(hass, **{CONF_ORGANIZATION: one})
    assert entry.unique_id == BY_ID
    assert entry.data == {**DATA, CONF_ORGANIZATION: one}
    assert is_known(await typed(hass, **{CONF_ORGANIZATION: other}))


@pytest.mark.parametrize("other", [ID, ID.upper()])
async def test_an_entry_made_before_by_name_is_recognised_by_its_id(
    hass: HomeAssistant, told_id: FakeSource, entry: MockConfigEntry, other: str
) -> None:
    assert entry.unique_id == UNIQUE_ID
    assert is_known(await typed(hass, **{CONF_ORGANIZATION: other}))


async def test_an_entry_cannot_become_one_that_there_is(
    hass: HomeAssistant, told_id: FakeSource, entry: MockConfigEntry
) -> None:
    data = {**DATA, CONF_ORGANIZATION: "home"}
    home = MockConfigEntry(domain=DOMAIN, data=data, unique_id="its own")
    home.add_to_hass(hass)
    result = await home.start_reconfigure_flow(hass)
    result = await submit(hass, result, {**KNOWN, CONF_ORGANIZATION: ID})
    assert is_known(result)
    assert home.data[CONF_ORGANIZATION] == "home"


async def test_two_entries_of_one_source_that_exist_go_on(
    hass: HomeAssistant, told_id: FakeSource, entry: MockConfigEntry
) -> None:
    """Made by an earlier version, which took them for two."""
    by_id = MockConfigEntry(
        domain=DOMAIN, data={**DATA, CONF_ORGANIZATION: ID}, unique_id=BY_ID
    )
    by_id.add_to_hass(hass)
    for known in (entry, by_id):
        told_by = known.unique_id
        organization = known.data[CONF_ORGANIZATION]
        result = await known.start_reconfigure_flow(hass)
        changed = {**KNOWN, CONF_ORGANIZATION: organization, CONF_VERIFY_SSL: False}
        result = await submit(hass, result, changed)
        assert result["reason"] == "reconfigure_successful"
        result = await known.start_reauth_flow(hass)
        result = await submit(hass, result, {CONF_TOKEN: "fresh"})
        assert result["reason"] == "reauth_successful"
        assert known.data == {**DATA, **changed, CONF_TOKEN: "fresh"}
        assert known.unique_id == told_by


async def test_an_entry_may_be_given_its_organization_by_id(
    hass: HomeAssistant, told_id: FakeSource, entry: MockConfigEntry
) -> None:
    result = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, result, {**KNOWN, CONF_ORGANIZATION: ID})
    assert result["reason"] == "reconfigure_successful"
    assert (entry.data[CONF_ORGANIZATION], entry.unique_id) == (ID, BY_ID)


async def test_a_set_up_that_was_left_can_be_begun_again(
    hass: HomeAssistant, told_id: FakeSource
) -> None:
    """The browser was closed in the middle: nobody can finish the first."""
    left = await typed(hass)
    assert left["step_id"] == "heat_pump"
    await made(hass)

    assert not hass.config_entries.flow.async_progress()


@pytest.mark.usefixtures("recorder_mock")
@pytest.mark.parametrize(("step", "form"), [("recorder", "brand"), ("demo", "demo")])
async def test_so_can_one_without_an_address(
    hass: HomeAssistant, step: str, form: str
) -> None:
    await record(hass)
    for _ in range(2):
        assert (await start(hass, step))["step_id"] == form
