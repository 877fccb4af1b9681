"""What Home Assistant itself has logged."""

from logging import WARNING

import pytest


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return its warnings and errors since the log was cleared, without those of ours."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= WARNING and record.name.startswith("homeassistant")
    ]
