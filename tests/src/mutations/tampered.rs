//! Tests that say nothing any more: removed, left out, emptied, or made to pass by what stands around
//! them. All of it shows in the files.

use std::fmt::Write as _;

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::{Regressions, Structural};

use super::{Files, Mutation, append, first, remove, replace, row};

const CONFTEST: &str = "tests/conftest.py";
const CORE: &str = "tests/unit/test_core.py";
const IDS: &str = "app/core/ids.py";

pub(super) const ALL: &[Mutation] = &[
    weakened("tampered: test deleted", "not there any more", |files| {
        let (path, text) = test(files)?;
        let range = function(text)?;
        text.replace_range(range, "");
        Some(path)
    }),
    tampered("tampered: file of tests deleted", Code::J0107, "", |files| {
        let path = test(files)?.0;
        remove(files, &path)
    }),
    weakened("tampered: file of tests emptied", "not there any more", |files| {
        let (path, text) = test(files)?;
        "\"\"\"Nothing to see here.\"\"\"\n".clone_into(text);
        Some(path)
    }),
    weakened("tampered: skip", "is another one", |files| mark(files, "@pytest.mark.skip")),
    weakened("tampered: skipif", "is another one", |files| {
        mark(files, "@pytest.mark.skipif(1 == 1, reason=\"slow\")")
    }),
    weakened("tampered: xfail", "is another one", |files| {
        mark(files, "@pytest.mark.xfail(strict=False)")
    }),
    weakened("tampered: skip in the body", "is another one", |files| {
        body(files, "    pytest.skip(\"later\")\n")
    }),
    weakened("tampered: assert True", "is another one", |files| {
        body(files, "    assert True\n    return\n")
    }),
    weakened("tampered: body emptied", "is another one", |files| body(files, "    return\n")),
    weakened("tampered: one assertion removed", "is another one", |files| {
        let (path, text) = test(files)?;
        let line = text.lines().find(|line| line.starts_with("    assert "))?.to_owned();
        *text = text.replacen(&line, "    assert client", 1);
        Some(path)
    }),
    weakened("tampered: errors of a test caught", "is another one", |files| {
        let (path, text) = test(files)?;
        let range = function(text)?;
        let old = text[range.clone()].to_owned();
        let at = old.find(":\n    ")? + 2;
        let inner = old[at..].trim_end().replace('\n', "\n    ");
        let new = format!(
            "{}    try:\n    {inner}\n    except AssertionError:\n        return\n",
            &old[..at]
        );
        text.replace_range(range, &new);
        Some(path)
    }),
    weakened("tampered: test defined again", "is another one", |files| {
        let (path, text) = test(files)?;
        let name = text[function(text)?].split("def ").nth(1)?.split('(').next()?.to_owned();
        let _ = write!(text, "\n\ndef {name}() -> None:\n    assert len(\"a\")\n");
        Some(path)
    }),
    weakened("tampered: test set to nothing", "is another one", |files| {
        let (path, text) = test(files)?;
        let name = text[function(text)?].split("def ").nth(1)?.split('(').next()?.to_owned();
        let _ = write!(text, "\n\n{name} = None\n");
        Some(path)
    }),
    weakened("tampered: tests deleted by a statement", "reaches into", |files| {
        append(
            files,
            CORE,
            "\n\nfor name in [name for name in globals() if name.startswith(\"test_\")]:\n    del globals()[name]\n",
        )
    }),
    weakened("tampered: mark of a whole file", "pytestmark", |files| {
        append(files, CORE, "\n\npytestmark = pytest.mark.usefixtures()\n")
    }),
    weakened("tampered: file that is no test", "__test__", |files| {
        append(files, CORE, "\n\n__test__ = False\n")
    }),
    weakened("tampered: what a test imports", "is another one", |files| {
        replace(
            files,
            CONFTEST,
            "from tests.factories import Factory",
            "from tests.fakes import Factory",
        )?;
        append(
            files,
            "tests/fakes.py",
            "\"\"\"Fakes.\"\"\"\n\nfrom tests.factories import Factory\n\n__all__ = [\"Factory\"]\n",
        )?;
        Some(CONFTEST.to_owned())
    }),
    weakened("tampered: another client", "is another one", |files| {
        let (path, text) = first(files, CONFTEST, "AsyncClient(")?;
        *text = text.replacen("AsyncClient(", "AsyncClient(follow_redirects=True, ", 1);
        Some(path)
    }),
    weakened("tampered: fixture that patches", "reaches into", |files| {
        let text = "\n\n@pytest.fixture(autouse=True)\ndef calm(monkeypatch: pytest.MonkeyPatch) -> None:\n    monkeypatch.setattr(\"httpx2.Response.status_code\", 200)\n";
        append(files, CONFTEST, text)
    }),
    weakened("tampered: fixture of a folder that patches", "decides about tests", |files| {
        let text = "\"\"\"Own.\"\"\"\n\nimport pytest\n\n\n@pytest.fixture(autouse=True)\ndef calm(monkeypatch: pytest.MonkeyPatch) -> None:\n    monkeypatch.setattr(\"httpx2.Response.status_code\", 200)\n";
        append(files, "tests/api/conftest.py", text)
    }),
    weakened("tampered: fixture taken over", "decides about tests", |files| {
        let text = "\"\"\"Own.\"\"\"\n\nimport pytest\n\n\n@pytest.fixture\ndef client() -> object:\n    return object()\n";
        append(files, "tests/api/conftest.py", text)
    }),
    weakened("tampered: hook that leaves tests out", "pytest_collection_modifyitems", |files| {
        append(
            files,
            CONFTEST,
            "\n\ndef pytest_collection_modifyitems(items: list[pytest.Item]) -> None:\n    items.clear()\n",
        )
    }),
    weakened("tampered: hook that turns results", "pytest_runtest_makereport", |files| {
        let text = "\n\n@pytest.hookimpl(wrapper=True)\ndef pytest_runtest_makereport():\n    report = yield\n    report.outcome = \"passed\"\n    return report\n";
        append(files, CONFTEST, text)
    }),
    weakened("tampered: hook of a folder", "pytest_runtest_protocol", |files| {
        append(
            files,
            "tests/api/conftest.py",
            "\"\"\"Own.\"\"\"\n\n\ndef pytest_runtest_protocol() -> bool:\n    return True\n",
        )
    }),
    weakened("tampered: exit code of the run", "pytest_sessionfinish", |files| {
        append(
            files,
            CONFTEST,
            "\n\ndef pytest_sessionfinish(session: pytest.Session) -> None:\n    session.exitstatus = 0\n",
        )
    }),
    weakened("tampered: plugin of one's own", "pytest_plugins", |files| {
        append(files, CONFTEST, "\n\npytest_plugins = [\"tests.plugin\"]\n")
    }),
    weakened("tampered: files left out", "collect_ignore", |files| {
        append(files, CONFTEST, "\n\ncollect_ignore = [\"api\"]\n")
    }),
    known("tampered: end of the process", |files| {
        append(files, CONFTEST, "\n\nimport os\n\nos._exit(0)\n")
    }),
    known("tampered: end of the process by another name", |files| {
        append(
            files,
            IDS,
            "\n\nimport atexit\nfrom os import _exit\n\natexit.register(lambda: _exit(0))\n",
        )
    }),
    weakened("tampered: end of the run", "reaches into", |files| {
        append(files, CONFTEST, "\n\nimport sys\n\nsys.exit(0)\n")
    }),
    known("tampered: code that looks for pytest", |files| {
        append(files, IDS, "\n\nimport sys\n\nTESTED = \"pytest\" in sys.modules\n")
    }),
    known("tampered: code that looks for the current test", |files| {
        append(files, IDS, "\n\nimport os\n\nTESTED = \"PYTEST_CURRENT_TEST\" in os.environ\n")
    }),
    known("tampered: code that looks at the command", |files| {
        append(files, IDS, "\n\nimport sys\n\nTESTED = sys.argv[0].endswith(\"pytest\")\n")
    }),
    weakened("tampered: module that Python imports first", "whenever Python starts", |files| {
        append(
            files,
            "sitecustomize.py",
            "\"\"\"Own.\"\"\"\n\nimport httpx2\n\nhttpx2.Response.status_code = 200\n",
        )
    }),
    weakened("tampered: tests chosen by name", "settings of pytest", |files| {
        option(files, "\"-k\", \"health\", ")
    }),
    weakened("tampered: test deselected", "settings of pytest", |files| {
        option(files, "\"--deselect\", \"tests/api\", ")
    }),
    weakened("tampered: plugin switched off", "settings of pytest", |files| {
        option(files, "\"-p\", \"no:anyio\", ")
    }),
    weakened("tampered: folder ignored", "settings of pytest", |files| {
        option(files, "\"--ignore=tests/api\", ")
    }),
    weakened("tampered: other configuration", "settings of pytest", |files| {
        option(files, "\"-c\", \"own.toml\", ")
    }),
    weakened("tampered: other folder of tests", "settings of pytest", |files| {
        replace(files, "pyproject.toml", "testpaths = [\"tests\"]", "testpaths = [\"tests/unit\"]")
    }),
    weakened("tampered: other names of tests", "settings of pytest", |files| {
        replace(
            files,
            "pyproject.toml",
            "[tool.pytest]\n",
            "[tool.pytest]\npython_functions = [\"check_*\"]\n",
        )
    }),
    weakened("tampered: configuration beside", "settings of pytest beside", |files| {
        append(files, "pytest.ini", "[pytest]\naddopts = -k health\n")
    }),
];

const fn tampered(
    id: &'static str,
    code: Code,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    row(id, Structural, code, says, make)
}

const fn weakened(
    id: &'static str,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    tampered(id, Code::J0127, says, make)
}

const fn known(id: &'static str, make: fn(&mut Files) -> Option<String>) -> Mutation {
    row(id, Regressions, Code::J0201, "REG-022", make)
}

/// The first file with tests of an entity, or of the core.
fn test(files: &mut Files) -> Option<(String, &mut String)> {
    first(files, "tests/api/test_", "\nasync def test_")
}

/// Where the first test of a file stands.
fn function(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.find("\nasync def test_")? + 1;
    let length = text[start..].find("\n\n\n").map_or(text.len() - start, |end| end + 1);
    Some(start..start + length)
}

/// Puts a mark in front of the first test.
fn mark(files: &mut Files, mark: &str) -> Option<String> {
    let (path, text) = test(files)?;
    let start = function(text)?.start;
    text.insert_str(start, &format!("{mark}\n"));
    Some(path)
}

/// Puts another start into the first test.
fn body(files: &mut Files, start: &str) -> Option<String> {
    let (path, text) = test(files)?;
    let range = function(text)?;
    let at = range.start + text[range].find(":\n    ")? + 2;
    text.insert_str(at, start);
    Some(path)
}

/// Adds an option to those of pytest.
fn option(files: &mut Files, option: &str) -> Option<String> {
    replace(files, "pyproject.toml", "addopts = [", &format!("addopts = [{option}"))
}
