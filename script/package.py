"""Pack the integration's folder into a zip, the same bytes for the same content."""

import argparse
import json
import os
from pathlib import Path
import re
import zipfile

# The earliest moment a zip can hold: file times say nothing about the content.
EPOCH = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Read the command line, write the zip, print where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", type=version)
    parser.add_argument("component", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    if not (arguments.component / "frontend" / "manifest.json").is_file():
        parser.error("the panel is not built; run script/setup frontend")
    arguments.target.parent.mkdir(parents=True, exist_ok=True)
    pack(arguments.component, arguments.target, arguments.version)
    print(arguments.target)


def version(text: str) -> str:
    """Return a release's version without the v of its tag; refuse anything else."""
    if not (
        match := re.fullmatch(r"v?(\d+\.\d+\.\d+(?:-?(?:a|b|rc|beta)\.?\d+)?)", text)
    ):
        raise argparse.ArgumentTypeError(f"{text!r} is no version such as 1.2.3")
    return match[1]


def pack(component: Path, target: Path, release: str | None) -> None:
    """Write all files of the component, in order and without what tools leave behind."""
    # A name of its own: two may pack at once.
    partial = target.with_suffix(f".{os.getpid()}.partial")
    with zipfile.ZipFile(partial, "w") as archive:
        for path in sorted(component.rglob("*")):
            name = path.relative_to(component)
            if path.is_file() and not is_junk(name):
                data = path.read_bytes()
                if release and name.as_posix() == "manifest.json":
                    data = with_version(data, release)
                archive.writestr(entry(name), data, zipfile.ZIP_DEFLATED, 9)
    partial.replace(target)


def entry(name: Path) -> zipfile.ZipInfo:
    """Return the zip's line about a file: its name, and nothing of this machine."""
    info = zipfile.ZipInfo(name.as_posix(), EPOCH)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info


def is_junk(name: Path) -> bool:
    """Return whether a file belongs to tools or editors instead of the integration."""
    hidden = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
    return hidden or name.suffix in {".pyc", ".pyo", ".orig", ".partial"}


def with_version(manifest: bytes, release: str) -> bytes:
    """Return the manifest with the release's version; order of keys as it was."""
    content = json.loads(manifest) | {"version": release}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


if __name__ == "__main__":
    main()
