"""The address of InfluxDB, however it was copied."""

import pytest
from yarl import URL

from custom_components.heatpump_dashboard.sources.influx.address import (
    normalise_url,
    shown,
)

ID = "0123456789abcdef"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        (" HTTP://Influx.Local:8086/ ", "http://influx.local:8086"),
        ("192.168.1.20:8086", "http://192.168.1.20:8086"),
        ("influx.local:8086", "http://influx.local:8086"),
        ("http://influx.local:80", "http://influx.local"),
        ("https://home.example/influx/?x=1#y", "https://home.example/influx"),
        ("http://[::1]:8086", "http://[::1]:8086"),
        ("", None),
        ("http://", None),
        ("ftp://influx.local", None),
        ("http://influx.local:port", None),
        ("http://influx.local:99999", None),
        ("http://xn--", None),
        ("xn--a..b:8086", None),
        ("http://user:secret@influx.local:8086", None),
    ],
)
def test_address_has_one_spelling(typed: str, normal: str | None) -> None:
    assert normalise_url(typed) == normal


@pytest.mark.parametrize("folder", ["", "/influxdb", "/a/orgs", "/db%20one"])
@pytest.mark.parametrize(
    "page",
    [
        f"/orgs/{ID}",
        f"/orgs/{ID}/load-data/buckets?sort=name",
        f"/orgs/{ID.upper()}/data-explorer#here",
        "/signin",
        "/signin?returnTo=/orgs/1",
        "/onboarding/0",
        "/me/tokens",
        "/api/v2",
        "/api/v2/query?org=home",
        "/health",
        "/ping/",
        "/metrics",
        "?a=b",
        "#top",
    ],
)
def test_a_page_of_influxdb_is_not_part_of_its_address(folder: str, page: str) -> None:
    wanted = f"https://home.example{folder}"
    assert normalise_url(f"{wanted}{page}") == wanted


@pytest.mark.parametrize("path", ["/orgs", "/apiary/v2", "/my/signing", "/healthy"])
def test_a_folder_that_only_looks_like_a_page_is_kept(path: str) -> None:
    assert normalise_url(f"http://h:8086{path}") == f"http://h:8086{path}"


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("https://db.example/api/v2/query?org=home", "https://db.example"),
        ("/influxdb/api/v2/query", "http://h:8086/influxdb"),
        ("https://me:secret@db.example/login?to=x", "https://db.example/login"),
        ("", ""),
        ("http://h:port/", ""),
        ("mailto:me@db.example", ""),
    ],
)
def test_a_redirect_is_told_as_an_address_without_secrets(
    location: str, told: str
) -> None:
    assert shown(location, URL("http://h:8086")) == told
