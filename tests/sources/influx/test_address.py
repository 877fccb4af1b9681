"""The address of InfluxDB, however it was copied."""

import pytest
from yarl import URL

from custom_components.heatpump_dashboard.sources.influx.address import (
    normalise_id,
    normalise_url,
    shown,
    without_pages,
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
    copied = normalise_url(f"{wanted}{page}")
    assert copied is not None
    assert [copied, *without_pages(copied)][-1] == wanted


@pytest.mark.parametrize("path", ["/orgs", "/apiary/v2", "/my/signing", "/healthy"])
def test_a_folder_that_only_looks_like_a_page_is_kept(path: str) -> None:
    assert without_pages(f"http://h:8086{path}") == []


@pytest.mark.parametrize("path", ["/debug/influx", "/metrics", f"/orgs/{ID}/x"])
def test_a_folder_called_like_a_page_is_part_of_the_address(path: str) -> None:
    assert normalise_url(f"http://h:8086{path}/") == f"http://h:8086{path}"


def test_a_page_may_begin_behind_a_folder_called_like_one() -> None:
    assert without_pages("http://h/a/debug/influx/api/v2/query") == [
        "http://h/a/debug/influx/api/v2",
        "http://h/a/debug/influx",
        "http://h/a",
    ]


@pytest.mark.parametrize(
    ("given", "known"),
    [(ID, ID), (ID.upper(), ID), ("home", None), (ID[1:], None), (f"{ID}0", None)],
)
def test_an_organizations_id_has_one_spelling(given: str, known: str | None) -> None:
    assert normalise_id(given) == known


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("https://db.example/api/v2/query?org=home", "https://db.example"),
        ("/influxdb/api/v2/query", "http://h:8086/influxdb"),
        ("/debug/influx/api/v2/buckets?org=x", "http://h:8086/debug/influx"),
        ("https://h/signin?returnTo=x", "https://h/signin"),
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
