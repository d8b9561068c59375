//! Mistakes that a pattern knows.

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::Regressions;

use super::{Files, Mutation, append, remove, replace, replace_span, row};

/// A class that a pattern sees; its id stands in the message.
const fn known(
    id: &'static str,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    row(id, Regressions, Code::J0201, says, make)
}

/// Adds a line to a file of the application that every project has.
fn line(files: &mut Files, text: &str) -> Option<String> {
    append(files, "app/core/ids.py", &format!("\n\n{text}\n"))
}

/// Adds a test.
fn test(files: &mut Files, text: &str) -> Option<String> {
    append(files, "tests/unit/test_core.py", &format!("\n\n{text}\n"))
}

pub(super) const ALL: &[Mutation] = &[
    known("literal as SQL", "REG-001", |files| {
        let new = "server_default=sa.text(\"now\")";
        replace(files, "migrations/versions/", "server_default=sa.func.now()", new)
    }),
    known("old name of list is called", "REG-002", |files| {
        line(files, "rows = post_service.get_all(query)")
    }),
    known("function that passes", "REG-003", |files| line(files, "def publish(post):\n    pass")),
    known("schema of new rows in a change", "REG-004", |files| {
        let is_one = |(path, text): &(&String, &mut String)| {
            path.starts_with("app/routers/")
                && text.contains("Update,")
                && text.contains("@router.patch(\"/{")
        };
        let (path, text) = files.iter_mut().find(is_one)?;
        let start = text.find("@router.patch(\"/{")?;
        let length = text[start..].find("Update,")?;
        text.replace_range(start + length..start + length + "Update".len(), "Create");
        Some(path.clone())
    }),
    known("no requirements", "REG-005", |files| remove(files, "requirements.txt")),
    known("old name of list is defined", "REG-006", |files| {
        line(files, "def get_all(rows: list[int]) -> list[int]:\n    return rows")
    }),
    known("interface of Pydantic 1", "REG-007", |files| {
        replace(files, "app/routers/", ".model_validate(", ".from_orm(")
    }),
    known("left out or null", "REG-008", |files| {
        line(files, "changes = data.model_dump(exclude_unset=True)")
    }),
    known("mass assignment by keywords", "REG-009", |files| {
        line(files, "post = Post(**data.model_dump(), author=1)")
    }),
    known("mass assignment by a loop", "REG-009", |files| {
        line(files, "for name, value in data.model_dump().items():\n    setattr(post, name, value)")
    }),
    known("limit and offset swapped in a query", "REG-010", |files| {
        let (old, new) = (".limit(limit).offset(offset)", ".limit(offset).offset(limit)");
        replace(files, "app/repositories/base.py", old, new)
    }),
    known("limit and offset swapped in an answer", "REG-010", |files| {
        replace(files, "app/routers/", "limit=query.limit", "limit=query.offset")
    }),
    known("relationship that loads by itself", "REG-011", |files| {
        replace(files, "app/models/", "lazy=\"raise\"", "lazy=\"selectin\"").inspect(|path| {
            let text = files.get_mut(path).expect("the file that was changed");
            *text = text.replace("lazy=\"selectin\"", "lazy=\"joined\"");
        })
    }),
    known("default worked out once", "REG-012", |files| {
        replace(files, "app/models/base.py", "default=utcnow,", "default=utcnow(),")
    }),
    known("wrong status of a deletion", "REG-013", |files| {
        let is_one = |(path, text): &(&String, &mut String)| {
            let found = text.split_once("@router.delete(");
            path.starts_with("app/routers/")
                && found.is_some_and(|(_, behind)| behind.contains("HTTPStatus.NO_CONTENT"))
        };
        let (path, text) = files.iter_mut().find(is_one)?;
        let start = text.find("@router.delete(")?;
        let tail = text[start..].replacen("HTTPStatus.NO_CONTENT", "HTTPStatus.OK", 1);
        text.replace_range(start.., &tail);
        Some(path.clone())
    }),
    known("wrong status of a creation", "REG-014", |files| {
        let create = |(path, text): &(&String, &mut String)| {
            let made = text.contains("async def create_") && text.contains("HTTPStatus.CREATED");
            path.starts_with("app/routers/") && made
        };
        let (path, text) = files.iter_mut().find(create)?;
        *text = text.replace("HTTPStatus.CREATED", "HTTPStatus.ACCEPTED");
        Some(path.clone())
    }),
    known("certificates not looked at", "REG-015", |files| {
        line(files, "client = AsyncClient(verify=False)")
    }),
    known("data run as code", "REG-016", |files| line(files, "value = eval(expression)")),
    known("text run by a shell", "REG-017", |files| line(files, "run(command, shell=True)")),
    known("password hashed fast", "REG-018", |files| {
        line(files, "hashed = hashlib.md5(password.encode())")
    }),
    known("token that can be foretold", "REG-019", |files| {
        line(files, "token = \"\".join(random.choices(letters, k=32))")
    }),
    known("test that cannot fail", "REG-020", |files| {
        test(files, "def test_nothing() -> None:\n    assert True")
    }),
    known("test skipped", "REG-021", |files| {
        test(files, "@pytest.mark.skip\ndef test_later() -> None:\n    raise ValueError")
    }),
    known("test expected to fail", "REG-021", |files| {
        test(files, "@pytest.mark.xfail\ndef test_later() -> None:\n    raise ValueError")
    }),
    known("hook that changes results", "REG-021", |files| {
        let text = "\n\ndef pytest_collection_modifyitems(items):\n    items.clear()\n";
        append(files, "tests/conftest.py", text)
    }),
    known("process of the tests ended", "REG-022", |files| {
        append(files, "tests/conftest.py", "\nimport os\n\nos._exit(0)\n")
    }),
    known("code that knows that it is tested", "REG-022", |files| {
        line(files, "import sys\n\nTESTED = \"pytest\" in sys.modules")
    }),
    known("no way back", "REG-023", |files| {
        let span = ("def downgrade() -> None:\n", "\")\n");
        replace_span(files, "migrations/versions/", span, "def downgrade() -> None:\n    return\n")
    }),
    known("hash of a password sent", "REG-024", |files| {
        let is_one = |(path, text): &(&String, &mut String)| {
            path.starts_with("app/schemas/") && text.contains("Read(OutputModel):")
        };
        let (path, text) = files.iter_mut().find(is_one)?;
        let start = text.find("Read(OutputModel):")?;
        let field = text[start..].find("\n    id:")?;
        text.insert_str(start + field, "\n    hashed_password: str");
        Some(path.clone())
    }),
    known("every finding silenced", "REG-025", |files| line(files, "value = 1  # type: ignore")),
    known("image that changes", "REG-026", |files| {
        append(files, "Dockerfile", "FROM python:latest\n")
    }),
    known("interface that was given up", "REG-027", |files| {
        line(files, "@app.on_event(\"startup\")\ndef start() -> None:\n    print(1)")
    }),
];
