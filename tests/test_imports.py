"""The parts of the component stand on one another, and nothing steps back."""

import pytest

from script.imports import (
    BELOW,
    DOCUMENT,
    MAY_KNOW_HOME_ASSISTANT,
    ORDER,
    drawn,
    graph,
    imports,
    modules,
    part,
)

MODULES = modules()


def test_every_part_has_its_place() -> None:
    assert {part(name) for name in MODULES} == set(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_a_part_imports_only_what_it_stands_on(name: str) -> None:
    above = set(ORDER[ORDER.index(name) :])
    assert graph()[name] & above == set()


@pytest.mark.parametrize("name", [m for m in MODULES if part(m) in BELOW])
def test_below_the_line_nothing_knows_home_assistant(name: str) -> None:
    if name in MAY_KNOW_HOME_ASSISTANT:
        pytest.skip("it makes the sources for Home Assistant")
    found = {
        module.split(".")[0] for module in imports(name, MODULES[name], typing=True)
    }
    assert not found & {"homeassistant", "probatio", "voluptuous"}


def test_no_module_imports_itself_in_a_circle() -> None:
    """Not even by a module of its own folder."""
    edges = {
        name: {target for target in imports(name, path) if target in MODULES}
        for name, path in MODULES.items()
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path[path.index(name) :], name))
        if name not in done:
            for target in sorted(edges[name]):
                # A package's own names come from its modules.
                if target != name and not name.startswith(f"{target}."):
                    visit(target, (*path, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())


def test_the_picture_is_what_the_code_says() -> None:
    assert drawn() == DOCUMENT.read_text(encoding="utf-8"), "run script/imports"
