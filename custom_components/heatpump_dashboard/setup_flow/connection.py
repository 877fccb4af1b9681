"""The connection to InfluxDB: what was typed, and what tells it from all others."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import (
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
    CONF_VERIFY_SSL,
)
from yarl import URL

from ..const import (
    CONF_ORGANIZATION,
    CONF_SOURCE,
    SOURCE_INFLUXDB,
    SOURCE_INFLUXQL,
    SOURCE_RECORDER,
)
from ..sources.influx.address import normalise_url, without_pages

# What is never sent to the browser.
SECRETS = {SOURCE_INFLUXDB: CONF_TOKEN, SOURCE_INFLUXQL: CONF_PASSWORD}
# However many of its folders are called like a page.
_MOST_ADDRESSES = 4


def addresses(typed: str) -> list[str]:
    """Return what the address may be that was typed, none where it is none.

    As it is; and where it may have been copied from a page of InfluxDB, without that.
    """
    if (address := normalise_url(typed)) is None:
        return []
    return [address, *without_pages(address)][:_MOST_ADDRESSES]


def connection(source: str, typed: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Return the data of an entry for what was typed, at this address."""
    data = {
        CONF_SOURCE: source,
        CONF_URL: address,
        CONF_VERIFY_SSL: typed[CONF_VERIFY_SSL],
        **login(source, typed),
    }
    if source == SOURCE_INFLUXDB:
        data[CONF_ORGANIZATION] = typed[CONF_ORGANIZATION].strip()
    return data


def login(source: str, typed: Mapping[str, Any]) -> dict[str, str]:
    """Return what lets us in, as it was typed. A password may begin with a blank."""
    if source == SOURCE_INFLUXDB:
        return {CONF_TOKEN: typed[CONF_TOKEN].strip()}
    return {
        CONF_USERNAME: typed.get(CONF_USERNAME, "").strip(),
        CONF_PASSWORD: typed.get(CONF_PASSWORD, ""),
    }


def kept_secret(
    stored: Mapping[str, Any], typed: Mapping[str, Any], before: str | None
) -> dict[str, str]:
    """Return the secret in force where a connection is changed.

    What is typed, or was `before`, or is stored. A user that is emptied takes the
    password along.
    """
    key = SECRETS[stored[CONF_SOURCE]]
    secret = typed.get(key) or before
    if secret is None and stored.get(CONF_USERNAME) and not typed.get(CONF_USERNAME):
        secret = ""
    return {key: stored[key] if secret is None else secret}


def unique_id(
    data: Mapping[str, Any], organization_id: str | None = None
) -> str | None:
    """Return what tells a source from all others, None of one without an address.

    With the organisation's ID where that is known: it may be given by name or by ID.
    Who asks InfluxDB 1 does not matter.
    """
    if (url := data.get(CONF_URL)) is None:
        return None
    if data.get(CONF_SOURCE) == SOURCE_INFLUXQL:
        return f"{normalise_url(url) or url} {SOURCE_INFLUXQL}"
    organization = organization_id or data.get(CONF_ORGANIZATION, "").strip()
    return f"{normalise_url(url) or url} {organization}"


def title(data: Mapping[str, Any]) -> str:
    """Return the name of an entry."""
    if data[CONF_SOURCE] == SOURCE_RECORDER:
        return "Home Assistant"
    if data[CONF_SOURCE] == SOURCE_INFLUXQL:
        return f"InfluxDB 1 {URL(data[CONF_URL]).host}"
    if data[CONF_SOURCE] == SOURCE_INFLUXDB:
        return f"InfluxDB {URL(data[CONF_URL]).host} ({data[CONF_ORGANIZATION]})"
    raise ValueError(f"No connection is called {data[CONF_SOURCE]!r}")
