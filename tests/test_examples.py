"""The examples that properties are tried with: new ones in every run, and once more."""

from pathlib import Path

from hypothesis import core, settings
from hypothesis.database import DirectoryBasedExampleDatabase
import pytest

ROOT = Path(__file__).parents[1]


def test_no_run_has_the_examples_of_another_unless_it_asks_for_them() -> None:
    """Also where CI is set, for which Hypothesis would choose the same every time."""
    assert settings.get_current_profile_name() == "new examples"
    assert not settings.default.derandomize
    assert settings.default.deadline is None
    assert settings.default.print_blob


def test_the_seed_is_the_one_that_is_printed(pytestconfig: pytest.Config) -> None:
    seed = pytestconfig.option.hypothesis_seed
    assert seed is not None
    assert str(core.global_force_seed) == seed


def test_failing_examples_are_kept_outside_the_repository() -> None:
    database = settings.default.database
    assert isinstance(database, DirectoryBasedExampleDatabase)
    assert ROOT not in Path(database.path).parents
