"""What guesses need."""

import pytest

from custom_components.heatpump_dashboard.profiles import Profile, brands, load


@pytest.fixture(scope="module")
def profiles() -> dict[str, Profile]:
    return {brand: load(brand) for brand in brands()}
