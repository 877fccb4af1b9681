"""The one spelling of InfluxDB's address, whatever was copied to the form."""

import re

from yarl import URL

# Where a browser or a program may have been when its address was copied: none of
# this belongs to the address of the server. A proxy's folder before it does.
_PAGES = re.compile(
    r"/(?:orgs/[0-9a-f]{16}|signin|logout|onboarding|me|api/v2|health|ping|ready|metrics"
    r"|debug|docs|query|write)(?:/.*)?$",
    re.IGNORECASE,
)


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
        return f"{url.origin()}{without_page(url.raw_path)}"
    except ValueError:
        return None


def without_page(path: str) -> str:
    """Return a path up to where InfluxDB's own pages begin."""
    return _PAGES.sub("", path).rstrip("/")


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
    return normalise_url(str(url)) or ""
