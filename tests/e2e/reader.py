"""A second user, who may look but not manage."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any

import jwt

from tests.support.home_assistant import HomeAssistant

READER = "fedcba9876543210fedcba9876543210"
_TOKEN = "00000000000000000000000000000001"
_KEY = "a key that only the tests know, and long enough for a signature"
_LIFE = timedelta(days=30)


def add_reader(home: HomeAssistant) -> None:
    """Write the user and a token of his into a Home Assistant that does not run yet."""
    path = home.folder / ".storage" / "auth"
    store = json.loads(path.read_text(encoding="utf-8"))
    store["data"]["users"].append(
        {
            "group_ids": ["system-users"],
            "id": READER,
            "is_active": True,
            "is_owner": False,
            "local_only": False,
            "name": "Reader",
            "system_generated": False,
        }
    )
    store["data"]["refresh_tokens"].append(
        {
            "access_token_expiration": _LIFE.total_seconds(),
            "client_id": None,
            "client_name": "Tests",
            "created_at": datetime.now(UTC).isoformat(),
            "id": _TOKEN,
            "jwt_key": _KEY,
            "token": "a refresh token that only the tests know",
            "token_type": "long_lived_access_token",
            "user_id": READER,
        }
    )
    path.write_text(json.dumps(store), encoding="utf-8")


def logged_in(home: HomeAssistant) -> dict[str, Any]:
    """Return what the frontend would have stored of the reader's login."""
    now = datetime.now(UTC)
    claims = {"iss": _TOKEN, "iat": now, "exp": now + _LIFE}
    return {
        "access_token": jwt.encode(claims, _KEY, algorithm="HS256"),
        "clientId": None,
        "expires": int((now + _LIFE).timestamp() * 1000),
        "expires_in": int(_LIFE.total_seconds()),
        "hassUrl": home.url,
        "refresh_token": "",
        "token_type": "Bearer",
    }
