"""Reads which part of the component imports which, and draws it into the document.

script/imports          draws the picture in docs/development.md anew
script/imports --check  fails where it is not what the code says
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
import sys

ROOT = Path(__file__).resolve().parents[1]
COMPONENT = ROOT / "custom_components" / "heatpump_dashboard"
DOCUMENT = ROOT / "docs" / "development.md"
BEGIN, END = "<!-- imports -->", "<!-- end of imports -->"

# From the bottom up: a part imports only what stands before it. Modules that lie beside
# the folders are parts of their own.
ORDER = (
    "const",
    "languages",
    "units",
    "identity",
    "worker",
    "profiles",
    "analysis",
    "pump",
    "insights",
    "view",
    "sources",
    "history",
    "availability",
    "ended_entities",
    "mapped_entities",
    "numerals",
    "issues",
    "weekly",
    "calibration",
    "replaced",
    "background",
    "new_readings",
    "coordinator",
    "loading",
    "price",
    "totals",
    "entity",
    "sensor",
    "binary_sensor",
    "event",
    "setup_flow",
    "config_flow",
    "repairs",
    "panel",
    "websocket",
    "services",
    "diagnostics",
    "system_health",
    "__init__",
)
# These know nothing of Home Assistant, but for what makes sources, and one of them.
BELOW = (
    "const",
    "languages",
    "units",
    "profiles",
    "analysis",
    "pump",
    "insights",
    "view",
    "sources",
)
MAY_KNOW_HOME_ASSISTANT = {
    "sources.factory",
    "sources.recorder",
    "sources.recorder.live",
    "sources.recorder.states",
    "sources.recorder.statistics",
    "sources.recorder.units",
    "sources.recorder.values",
}


@cache
def modules() -> dict[str, Path]:
    """Return the files of the component by their dotted names; a package by its own."""
    found = {}
    for path in sorted(COMPONENT.rglob("*.py")):
        parts = list(path.relative_to(COMPONENT).with_suffix("").parts)
        if parts[-1] == "__init__" and len(parts) > 1:
            parts.pop()
        found[".".join(parts)] = path
    return found


def imports(name: str, path: Path, *, typing: bool = False) -> Iterator[str]:
    """Yield what a module imports: our own by dotted name, others as they are.

    What is imported for annotations alone is left out unless `typing` says otherwise:
    it is not there when the code runs.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = set() if typing else _only_typing(tree)
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    if name == "__init__":
        package = []
    for node in ast.walk(tree):
        if node in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _from(node, package)


def _only_typing(tree: ast.Module) -> set[ast.AST]:
    """Return all nodes of the parts that only a type checker reads."""
    parts = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return {inner for part in parts for node in part.body for inner in ast.walk(node)}


def _from(node: ast.ImportFrom, package: list[str]) -> Iterator[str]:
    if not node.level:
        yield node.module or ""
        return
    base = package[: len(package) - node.level + 1]
    target = ".".join([*base, *([node.module] if node.module else [])])
    known = modules()
    for alias in node.names:
        inner = f"{target}.{alias.name}".lstrip(".")
        yield inner if inner in known else target or "__init__"


def part(name: str) -> str:
    """Return the part of the component that a module belongs to."""
    return name.split(".", maxsplit=1)[0]


@cache
def graph() -> dict[str, set[str]]:
    """Return for each part the parts that it imports."""
    edges: dict[str, set[str]] = defaultdict(set)
    known = modules()
    for name, path in known.items():
        for target in imports(name, path):
            if target in known and part(target) != part(name):
                edges[part(name)].add(part(target))
    return edges


def picture() -> str:
    """Return the graph of the folders as Mermaid draws it, with no edge twice."""
    edges = graph()
    lines = ["```mermaid", "flowchart BT"]
    drawn = [name for name in ORDER if name != "const"]
    for name in drawn:
        if name in BELOW:
            lines.append(f"  {_id(name)}([{_label(name)}])")
        else:
            lines.append(f"  {_id(name)}[{_label(name)}]")
    for name in drawn:
        direct = edges[name] - {"const"}
        implied = {far for near in direct for far in _reach(edges, near)}
        lines += [
            f"  {_id(name)} --> {_id(target)}"
            for target in ORDER
            if target in direct - implied
        ]
    return "\n".join([*lines, "```"])


def _reach(edges: dict[str, set[str]], name: str) -> set[str]:
    """Return all that a part imports, near and far."""
    found: set[str] = set()
    todo = list(edges[name])
    while todo:
        target = todo.pop()
        if target not in found:
            found.add(target)
            todo += edges[target]
    return found


def _id(name: str) -> str:
    return name.strip("_")


def _label(name: str) -> str:
    folder = (COMPONENT / name).is_dir()
    return f'"{name}/"' if folder else f'"{name}.py"'


def drawn() -> str:
    """Return the document with the picture of now."""
    text = DOCUMENT.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{picture()}\n{END}{tail}"


def main() -> int:
    """Draw, or check what is drawn."""
    new = drawn()
    if "--check" in sys.argv[1:]:
        return int(new != DOCUMENT.read_text(encoding="utf-8"))
    DOCUMENT.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
