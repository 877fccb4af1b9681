"""The one spelling of InfluxDB's address and of an organisation's ID, however copied."""

import re

from yarl import URL

# Where a browser or a program may have been when its address was copied. A proxy's
# folder may be called like one.
_PAGE = re.compile(
    r"/(?:orgs/[0-9a-f]{16}|signin|logout|onboarding|me|api/v2|health|ping|ready|metrics"
    r"|debug|docs|query|write)(?=/|$)",
    re.IGNORECASE,
)
# What our own requests add to the address.
_REQUEST = re.compile(r"/(?:api/v2/(?:query|buckets)|query)/?$")
_ID = re.compile(r"[0-9a-f]{16}", re.IGNORECASE)


def normalise_url(text: str) -> str | None:
    """Return the one spelling of an address, None if it is none.

    Without a scheme it is http. A user or a password in it is refused: InfluxDB
    takes a token, and the address is shown in places where a secret must not be.
    """
    text = text.strip()
    try:
        url = URL(text if "://" in text else f"http://{text}")
        # A host that cannot be one is found out when it is asked for.
        is_address = url.scheme in ("http", "https") and url.host
        if not is_address or url.user or url.password:
            return None
        return f"{url.origin()}{url.raw_path.rstrip('/')}"
    except ValueError:
        return None


def without_pages(address: str) -> list[str]:
    """Return an address of one spelling up to where a page of InfluxDB may begin.

    Longest first; none where it cannot have been copied from a page.
    """
    url = URL(address)
    path = url.raw_path
    starts = sorted((page.start() for page in _PAGE.finditer(path)), reverse=True)
    return [f"{url.origin()}{path[:start].rstrip('/')}" for start in starts]


def normalise_id(organization: str) -> str | None:
    """Return the one spelling of an organisation's ID, None if it is a name."""
    return organization.lower() if _ID.fullmatch(organization) else None


def shown(location: str, asked: URL) -> str:
    """Return where a redirect leads as an address to give, without secrets.

    Empty where it says nothing that could be one.
    """
    if not location:
        return ""
    try:
        url = asked.join(URL(location)).with_user(None)
    except ValueError:
        return ""
    return _REQUEST.sub("", normalise_url(str(url)) or "")
