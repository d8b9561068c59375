"""Resolve the stack: ``python stack/lock.py`` writes ``templates/requirements{,-dev}.txt.j2``.

Needs uv and a package index. Run it after a change of a ``.in`` file, then bless and run the gate.
"""

import re
import subprocess
import sys
from pathlib import Path

STACK = Path(__file__).resolve().parent
TEMPLATES = STACK.parents[2] / "templates"
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==.*(?:\n +--hash=.*)*", re.MULTILINE)
Entries = dict[str, str]


def resolve(names: list[str], constraints: str = "") -> tuple[Entries, str]:
    """Return each pinned package of the transitive closure with its hashes, and all as one text."""
    pins = STACK / "pins.tmp"
    pins.write_text(re.sub(r" \\\n.*|\n +--hash.*", "", constraints))
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-annotate", "--no-header", "--constraints", str(pins)]
    command += [str(STACK / f"{name}.in") for name in names]
    try:
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    finally:
        pins.unlink()
    entries: Entries = {}
    for match in ENTRY.finditer(text):
        # A package has several entries where Python versions need different ones.
        known = entries.get(match["name"])
        entries[match["name"]] = f"{known}\n{match[0]}" if known else match[0]
    return entries, text


def template(base: Entries, passwords: Entries, full: Entries) -> str:
    """Merge the closures without sign-in, with stored passwords, and with sign-in."""
    lines: list[str] = []
    for name in sorted(base | full):
        with_auth, without = full.get(name), base.get(name)
        if with_auth == without and with_auth is not None:
            lines.append(with_auth)
            continue
        flag = "passwords" if passwords.get(name) == with_auth else "auth"
        if with_auth is not None:
            lines += [f"{{% if is.{flag} %}}", with_auth, "{% endif %}"]
        if without is not None:
            lines += ["{% if not is.auth %}", without, "{% endif %}"]
    merged = "\n".join(lines) + "\n"
    for flag in ("auth", "passwords"):
        both = f"(?<={{% if is.{flag} %}}\n)((?:[^{{].*\n)+){{% endif %}}\n{{% if is.{flag} %}}\n"
        while (shorter := re.sub(both, r"\1", merged)) != merged:
            merged = shorter
    return merged


def beyond(entries: Entries, known: Entries) -> Entries:
    """Return what ``known`` does not pin already."""
    return {name: entry for name, entry in entries.items() if known.get(name) != entry}


def main() -> int:
    """Write both files."""
    full_dev, pins = resolve(["runtime", "passwords", "auth", "lint", "test"])
    base_dev, _ = resolve(["runtime", "lint", "test"], pins)
    full, _ = resolve(["runtime", "passwords", "auth"], pins)
    passwords, _ = resolve(["runtime", "passwords"], pins)
    base, _ = resolve(["runtime"], pins)
    runtime = template(base, passwords, full)
    dev = template(beyond(base_dev, base), {}, beyond(full_dev, full))
    note = "# Exact versions of everything that {}, with hashes. Made from pyproject.toml's ranges.\n"
    (TEMPLATES / "requirements.txt.j2").write_text(note.format("runs") + runtime)
    (TEMPLATES / "requirements-dev.txt.j2").write_text(
        note.format("checks and tests") + "-r requirements.txt\n" + dev
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
