"""The connection to InfluxDB: what was typed, and what tells it from all others."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from yarl import URL

from ..const import CONF_ORGANIZATION, CONF_SOURCE, SOURCE_INFLUXDB
from ..sources.influx.address import normalise_url, without_pages

# However many of its folders are called like a page.
_MOST_ADDRESSES = 4


def addresses(typed: str) -> list[str]:
    """Return what the address may be that was typed, none where it is none.

    As it is; and where it may have been copied from a page of InfluxDB, without that.
    """
    if (address := normalise_url(typed)) is None:
        return []
    return [address, *without_pages(address)][:_MOST_ADDRESSES]


def connection(typed: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Return the data of an entry for what was typed, at this address."""
    return {
        CONF_SOURCE: SOURCE_INFLUXDB,
        CONF_URL: address,
        CONF_TOKEN: typed[CONF_TOKEN].strip(),
        CONF_ORGANIZATION: typed[CONF_ORGANIZATION].strip(),
        CONF_VERIFY_SSL: typed[CONF_VERIFY_SSL],
    }


def unique_id(
    data: Mapping[str, Any], organization_id: str | None = None
) -> str | None:
    """Return what tells a source from all others, None of one without an address.

    With the organisation's ID where that is known: it may be given by name or by ID.
    """
    if (url := data.get(CONF_URL)) is None:
        return None
    organization = organization_id or data.get(CONF_ORGANIZATION, "").strip()
    return f"{normalise_url(url) or url} {organization}"


def title(data: Mapping[str, Any]) -> str:
    """Return the name of an entry."""
    return f"InfluxDB {URL(data[CONF_URL]).host} ({data[CONF_ORGANIZATION]})"
