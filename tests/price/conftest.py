"""What tests of an entry with a price begin with."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from tests.support.pump_entry import NOW


@pytest.fixture
def recorder(recorder_mock: object, freezer: FrozenDateTimeFactory) -> None:
    """Have a recorder before there is a Home Assistant, at a moment of the past."""
    freezer.move_to(NOW)
