"""What Home Assistant and HACS ask of the repository, and what must not be in it."""

from collections.abc import Iterator, Mapping
import hashlib
import importlib.util
import json
from pathlib import Path
import re
import subprocess
from types import ModuleType
from typing import Any
import zipfile

import pytest

ROOT = Path(__file__).parents[1]
COMPONENT = ROOT / "custom_components" / "heatpump_dashboard"
TRANSLATIONS = sorted((COMPONENT / "translations").glob("*.json"))

MANIFEST_REQUIRED = {
    "codeowners",
    "documentation",
    "domain",
    "iot_class",
    "issue_tracker",
    "name",
    "version",
}
MANIFEST_ALLOWED = MANIFEST_REQUIRED | {
    "after_dependencies",
    "config_flow",
    "dependencies",
    "import_executor",
    "integration_type",
    "loggers",
    "requirements",
    "single_config_entry",
}
HACS_ALLOWED = {
    "content_in_root",
    "country",
    "filename",
    "hacs",
    "hide_default_branch",
    "homeassistant",
    "name",
    "persistent_directory",
    "render_readme",
    "zip_release",
}
TRANSLATION_SECTIONS = {
    "common",
    "config",
    "config_panel",
    "config_subentries",
    "device",
    "entity",
    "entity_component",
    "exceptions",
    "issues",
    "options",
    "selector",
    "services",
    "system_health",
    "title",
}
# Put together from pieces, or this file would be the first to be found.
REGISTRIES = [
    ".".join(name)
    for name in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
        ("docker", "io"),
    )
]
MACHINE_PATHS = [f"/{name}/" for name in ("work", "root", "farm")] + ["/tmp" + "/hpd"]


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def strings(content: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from strings(value, f"{path}.{key}".lstrip("."))
    else:
        yield path, content


def forms(content: Any) -> Iterator[Mapping[str, Any]]:
    """Yield whatever has fields: steps, and sections inside steps."""
    if isinstance(content, Mapping):
        if "data" in content or "data_description" in content:
            yield content
        for value in content.values():
            yield from forms(value)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in files if path.is_file()]


@pytest.fixture(scope="module")
def packer() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "package", ROOT / "script" / "package.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def archive() -> Iterator[zipfile.ZipFile]:
    made = subprocess.run(
        [ROOT / "script" / "package"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    with zipfile.ZipFile(made.stdout.strip()) as opened:
        yield opened


def component(folder: Path) -> Path:
    """Make a small integration with what tools and editors leave lying about."""
    for name in (
        "__init__.py",
        "__pycache__/__init__.cpython-314.pyc",
        ".DS_Store",
        ".cache/entry.json",
        "frontend/manifest.json",
        "sensor.py.orig",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    (folder / "manifest.json").write_text('{"domain": "x", "version": "0.0.0"}')
    return folder


def test_manifest_has_the_keys_hassfest_and_hacs_want() -> None:
    manifest = read(COMPONENT / "manifest.json")
    assert manifest.keys() >= MANIFEST_REQUIRED
    assert manifest.keys() <= MANIFEST_ALLOWED
    assert manifest["domain"] == COMPONENT.name
    assert manifest["iot_class"] == "local_polling"
    assert manifest["documentation"].startswith("https://")
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"])
    assert all(owner.startswith("@") for owner in manifest["codeowners"])


def test_manifest_keys_are_sorted_after_domain_and_name() -> None:
    keys = list(read(COMPONENT / "manifest.json"))
    assert keys == ["domain", "name", *sorted(set(keys) - {"domain", "name"})]


def test_manifest_requirements_are_pinned_as_the_environment_is() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    requirements = read(COMPONENT / "manifest.json")["requirements"]
    assert requirements
    for requirement in requirements:
        assert re.fullmatch(r"[a-z-]+==[\d.]+", requirement)
        assert project.count(f'"{requirement}"') >= 1, requirement


def test_hacs_installs_the_released_zip() -> None:
    hacs = read(ROOT / "hacs.json")
    assert hacs.keys() <= HACS_ALLOWED
    assert hacs["name"]
    assert hacs["zip_release"] is True
    assert hacs["hide_default_branch"] is True
    assert hacs["filename"] == f"{COMPONENT.name}.zip"
    assert re.fullmatch(r"20\d\d\.\d+\.\d+", hacs["homeassistant"])


def test_there_is_english() -> None:
    assert COMPONENT / "translations" / "en.json" in TRANSLATIONS


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_translations_are_plain_text(path: Path) -> None:
    for key, text in strings(read(path)):
        assert isinstance(text, str), key
        assert text == text.strip(), key
        assert "://" not in text, key
        assert not re.search(r"<[a-zA-Z/!]", text), key
        assert not re.search(r"'\{|\}'", text), key
        assert "[%key:" not in text, key


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_translations_describe_fields_that_exist(path: Path) -> None:
    content = read(path)
    assert content.keys() <= TRANSLATION_SECTIONS
    found = list(forms(content))
    assert found
    for form in found:
        described = form.get("data_description", {})
        assert described.keys() <= form.get("data", {}).keys()


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_translations_say_what_english_says(path: Path) -> None:
    english = dict(strings(read(COMPONENT / "translations" / "en.json")))
    for key, text in strings(read(path)):
        assert key in english
        assert placeholders(text) == placeholders(english[key]), key


def test_icons_are_material_and_tell_states_apart() -> None:
    def check(node: Mapping[str, Any]) -> None:
        for key, value in node.items():
            if isinstance(value, Mapping):
                check(value)
                if "default" in value:
                    states = value.get("state", {}).values()
                    assert value["default"] not in states, key
            else:
                assert re.fullmatch(r"mdi:[a-z0-9-]+", value), key

    icons = read(COMPONENT / "icons.json")
    check(icons)
    named = read(COMPONENT / "translations" / "en.json")["entity"]
    for platform, entities in icons["entity"].items():
        assert entities.keys() <= named[platform].keys()


def test_no_tracked_file_names_a_registry_or_a_path_of_a_machine(
    tracked: list[Path],
) -> None:
    forbidden = re.compile("|".join(map(re.escape, REGISTRIES + MACHINE_PATHS)))
    hits = []
    for path in tracked:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        hits += [f"{path.name}: {match[0]}" for match in forbidden.finditer(text)]
    assert hits == []


def test_nothing_built_is_tracked(tracked: list[Path]) -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked]
    built = re.compile(
        r"(^|/)(node_modules|__pycache__|dist)/|\.(pyc|zip|whl|br|gz)$"
        r"|^custom_components/heatpump_dashboard/frontend/"
    )
    assert [name for name in names if built.search(name)] == []


def test_npm_lock_holds_no_address() -> None:
    lock = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved": "http' not in lock


def test_zip_holds_the_whole_integration(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    assert archive.testzip() is None
    assert {
        "__init__.py",
        "manifest.json",
        "frontend/manifest.json",
        "translations/en.json",
        "profiles/thermia.json",
        "profiles/ivt.json",
        "profiles/nibe.json",
        "profiles/generic.json",
        "brand/icon.png",
        "icons.json",
    } <= names
    modules = {
        path.relative_to(COMPONENT).as_posix() for path in COMPONENT.rglob("*.py")
    }
    assert modules <= names


def test_zip_holds_each_file_of_the_bundle_and_its_compressed_siblings(
    archive: zipfile.ZipFile,
) -> None:
    bundle = json.loads(archive.read("frontend/manifest.json"))
    assert bundle["panel"] in bundle["files"]
    wanted = {
        f"frontend/{name}{suffix}"
        for name in bundle["files"] + bundle["languages"]
        for suffix in ("", ".br", ".gz")
    }
    packed = {name for name in archive.namelist() if name.startswith("frontend/")}
    assert wanted == packed - {"frontend/manifest.json"}


@pytest.mark.parametrize(
    ("load", "module", "budget_kb"),
    [("now", "panel", 240), ("cards_loader", "cards", 3), ("every_page", "cards", 8)],
)
def test_what_is_loaded_at_once_is_within_its_budget(
    archive: zipfile.ZipFile, load: str, module: str, budget_kb: int
) -> None:
    bundle = json.loads(archive.read("frontend/manifest.json"))
    files = bundle["loads"][load]
    assert bundle[module] in files
    sizes = [archive.getinfo(f"frontend/{name}.br").file_size for name in files]
    assert sum(sizes) <= budget_kb * 1000


def test_what_is_fetched_on_request_is_no_part_of_the_page(
    archive: zipfile.ZipFile,
) -> None:
    loads = json.loads(archive.read("frontend/manifest.json"))["loads"]
    assert loads["on_request"]
    assert set(loads["on_request"]).isdisjoint(loads["now"])


@pytest.mark.parametrize(
    "load", ["on_request", "history", "insights", "verdict", "paper", "every_page"]
)
def test_a_load_leaves_out_nothing_that_its_files_import(
    archive: zipfile.ZipFile, load: str
) -> None:
    loads = json.loads(archive.read("frontend/manifest.json"))["loads"]
    scripts = [archive.read(f"frontend/{name}").decode() for name in loads[load]]
    imported = re.findall(
        r"""(?:from|import)\s*["']\./([^"']+)["']""", "\n".join(scripts)
    )
    assert imported
    assert set(imported) <= {*loads["now"], *loads[load]}


def test_every_page_of_home_assistant_loads_no_chart(archive: zipfile.ZipFile) -> None:
    loads = json.loads(archive.read("frontend/manifest.json"))["loads"]
    charts = {name for name in loads["now"] if name.startswith("echarts")}
    assert charts
    assert charts.isdisjoint(loads["every_page"])


def test_zip_holds_no_junk(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        assert not re.search(r"(^|/)(\.|__pycache__)|\.(pyc|orig|map|partial)$", name)
        assert not Path(name).is_absolute()


def test_packing_leaves_out_what_tools_left_behind(
    tmp_path: Path, packer: ModuleType
) -> None:
    target = tmp_path / "made.zip"
    packer.pack(component(tmp_path / "component"), target, None)
    with zipfile.ZipFile(target) as made:
        assert made.namelist() == [
            "__init__.py",
            "frontend/manifest.json",
            "manifest.json",
        ]


def test_packing_twice_gives_the_same_bytes(tmp_path: Path, packer: ModuleType) -> None:
    hashes = set()
    for name in ("first", "second"):
        target = tmp_path / f"{name}.zip"
        packer.pack(component(tmp_path / name), target, "1.2.3")
        hashes.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(hashes) == 1


def test_packing_writes_the_version_of_the_release(
    tmp_path: Path, packer: ModuleType
) -> None:
    target = tmp_path / "made.zip"
    packer.pack(component(tmp_path / "component"), target, packer.version("v1.2.3"))
    with zipfile.ZipFile(target) as made:
        manifest = json.loads(made.read("manifest.json"))
    assert manifest == {"domain": "x", "version": "1.2.3"}


@pytest.mark.parametrize("tag", ["", "main", "1.2", "1.2.3; true", "../1.2.3"])
def test_packing_refuses_what_is_no_version(tag: str, packer: ModuleType) -> None:
    with pytest.raises(Exception, match="is no version"):
        packer.version(tag)
