"""Resolve the stack: ``python stack/lock.py`` writes ``templates/requirements{,-dev}.txt.j2``.

Needs uv and a package index. Run it after a change of a ``.in`` file, then bless and run the gate. What is
pinned already stays as it is; ``--upgrade`` takes what is newest.
"""

import re
import subprocess
import sys
from pathlib import Path

STACK = Path(__file__).resolve().parent
TEMPLATES = STACK.parents[2] / "templates"
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==.*(?:\n +--hash=.*)*", re.MULTILINE)
Entries = dict[str, str]


def pinned() -> str:
    """Return what both files pin."""
    files = (TEMPLATES / name for name in ("requirements.txt.j2", "requirements-dev.txt.j2"))
    return "\n".join(match[0] for file in files for match in ENTRY.finditer(file.read_text()))


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


def runtime(  # noqa: PLR0913
    base: Entries,
    passwords: Entries,
    full: Entries,
    limits: Entries,
    events: Entries,
    schedules: Entries,
) -> str:
    """Merge the closures without anything, with stored passwords, sign-in, limits and so on.

    Where people sign in requests are counted, so that what limits need is there as well.
    """
    lines: list[str] = []
    for name in sorted(base | full | limits | events | schedules):
        closures = (base, passwords, full, limits, events, schedules)
        known = {found[name] for found in closures if name in found}
        if len(known) > 1:
            message = f"{name} is pinned in several ways"
            raise SystemExit(message)
        (entry,) = known
        auth = full.keys() - passwords.keys() - limits.keys()
        flagged = [("auth", auth), ("passwords", passwords), ("limited", limits)]
        flagged += [("events", events), ("schedules", schedules)]
        flags = [flag for flag, found in flagged if name in found]
        if name in base:
            lines.append(entry)
            continue
        for word, flag in zip(("if", "elif"), flags, strict=False):
            lines += [f"{{% {word} is.{flag} %}}", entry]
        lines.append("{% endif %}")
    merged = "\n".join(lines) + "\n"
    for flag in ("auth", "passwords", "limited", "events", "schedules"):
        both = f"(?<={{% if is.{flag} %}}\n)((?:[^{{].*\n)+){{% endif %}}\n{{% if is.{flag} %}}\n"
        while (shorter := re.sub(both, r"\1", merged)) != merged:
            merged = shorter
    return merged


def beyond(
    entries: Entries, base: Entries, full: Entries, limits: Entries, events: Entries
) -> str:
    """Print what tests and checks need, but for what runs already."""
    lines: list[str] = []
    for name in sorted(entries.keys() - base.keys()):
        closures = (("auth", full.keys() - limits.keys()), ("limited", limits), ("events", events))
        flags = [flag for flag, known in closures if name in known]
        lines += [f"{{% if not is.{flag} %}}" for flag in flags]
        lines.append(entries[name])
        lines += ["{% endif %}" for _ in flags]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write both files."""
    known = "" if "--upgrade" in sys.argv else pinned()
    extras = ["passwords", "auth", "limits", "events", "schedules"]
    _, pins = resolve(["runtime", *extras, "lint", "test"], known)
    dev, _ = resolve(["runtime", "lint", "test"], pins)
    full, _ = resolve(["runtime", "passwords", "auth"], pins)
    limits, _ = resolve(["runtime", "limits"], pins)
    passwords, _ = resolve(["runtime", "passwords"], pins)
    events, _ = resolve(["runtime", "events"], pins)
    schedules, _ = resolve(["runtime", "schedules"], pins)
    base, _ = resolve(["runtime"], pins)
    note = "# Exact versions of everything that {}, with hashes. Made from pyproject.toml's ranges.\n"
    (TEMPLATES / "requirements.txt.j2").write_text(
        note.format("runs") + runtime(base, passwords, full, limits, events, schedules)
    )
    (TEMPLATES / "requirements-dev.txt.j2").write_text(
        note.format("checks and tests")
        + "-r requirements.txt\n"
        + beyond(dev, base, full, limits, events)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
