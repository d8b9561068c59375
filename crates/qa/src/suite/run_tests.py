"""Run the tests that the compiler wrote on the code of the project of the current folder.

One JSON object comes in on the standard input, one goes out behind a line of its own. The project is copied without
its own tests and settings of pytest: what they do to themselves makes no difference.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from ctypes import CDLL
from pathlib import Path
from typing import Any

LONGEST = 4_000
PR_SET_DUMPABLE = 4
LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "*.db", "conftest.py", "pytest.ini", "pytest.toml", "setup.cfg", "tox.ini", "venv"
)
REPORTER = '''
"""Write down how each test ended."""

import json
import os

import pytest

_results = open(os.environ["JUDGE_RESULTS"], "a", encoding="utf-8")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write down a stage of a test: a skip, a failure, or that the test itself passed."""
    if report.when == "call" or report.outcome != "passed":
        expected = hasattr(report, "wasxfail")
        line = [report.nodeid, "xfailed" if expected else report.outcome, report.longreprtext[-2000:]]
        _results.write(json.dumps(line) + "\\n")
        _results.flush()


def pytest_sessionfinish(exitstatus: int) -> None:
    """Write down that the run came to its end."""
    _results.write(json.dumps(["", "finished", str(int(exitstatus))]) + "\\n")
    _results.close()
'''


def main() -> None:
    """Answer what was asked, behind the line that the asker named."""
    if sys.platform == "linux":
        # The tested code runs as the same user, and must not get at this process.
        CDLL(None).prctl(PR_SET_DUMPABLE, 0)
    asked = json.loads(sys.stdin.buffer.readline())
    with tempfile.TemporaryDirectory() as folder:
        answer = run(asked, Path(folder))
    print(f"\n{asked['mark']}\n{json.dumps(answer)}")


def copy(source: Path, target: Path) -> None:
    """Copy a folder but for what is left out, and but for times and modes, which not every sandbox lets us set."""
    target.mkdir()
    entries = sorted(source.iterdir())
    left_out = LEFT_OUT(str(source), [entry.name for entry in entries])
    for entry in entries:
        if entry.name in left_out:
            continue
        if entry.is_symlink():
            (target / entry.name).symlink_to(entry.readlink())
        elif entry.is_dir():
            copy(entry, target / entry.name)
        else:
            shutil.copyfile(entry, target / entry.name)


def run(asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Copy the project, put the tests into it, and run them."""
    project, plugins, results = folder / "project", folder / "plugins", folder / "results"
    copy(Path.cwd(), project)
    shutil.rmtree(project / "tests", ignore_errors=True)
    for path, text in asked["files"].items():
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    plugins.mkdir()
    (plugins / "judge_reporter.py").write_text(REPORTER, encoding="utf-8")
    environment = os.environ | asked["environment"] | {
        "JUDGE_RESULTS": str(results),
        "PYTHONPATH": str(plugins),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "judge_reporter", "-p", "no:cacheprovider", "--tb=short"]
    with tempfile.TemporaryFile(dir=folder) as output:
        done = subprocess.run(
            [*command, *asked["arguments"]],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        size = output.seek(0, os.SEEK_END)
        output.seek(max(0, size - LONGEST))
        said = output.read().decode(errors="replace")
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    return {"code": done.returncode, "said": said, "results": [json.loads(line) for line in lines]}


if __name__ == "__main__":
    main()
