//! Mistakes that show in the running application: in the document that it publishes, in what it
//! does, and in whom it lets through.

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::{self, Contract, Smoke};

use super::{Files, Mutation, first, replace, replace_span, row};

pub(super) const ALL: &[Mutation] = &[
    contract("bound off by one in a schema", "maxLength", |files| {
        let (path, text) = first(files, "app/schemas/", "max_length=")?;
        let start = text.find("max_length=")? + "max_length=".len();
        let digits = |c: char| c.is_ascii_digit() || c == '_';
        let end = start + text[start..].find(|c| !digits(c))?;
        let bound: u64 = text[start..end].replace('_', "").parse().ok()?;
        text.replace_range(start..end, &(bound + 1).to_string());
        Some(path)
    }),
    contract("member missing in answers", "is missing", |files| {
        replace(files, "app/schemas/", "    created_at: UtcDatetime\n", "")
    }),
    contract("member that nobody declared", "phantom", |files| {
        let old = "    created_at: UtcDatetime\n";
        replace(files, "app/schemas/", old, &format!("{old}    phantom: int = 0\n"))
    }),
    contract("member that may be left out", "required", |files| {
        let (path, text) = first(files, "app/schemas/", "Base(InputModel):")?;
        let start = text.find("Base(InputModel):")?;
        let required =
            |line: &&str| line.starts_with("    ") && line.contains(": ") && !line.contains(" = ");
        let line = text[start..].lines().find(required)?.to_owned();
        *text = text.replacen(&line, &format!("{line} | None = None"), 1);
        Some(path)
    }),
    contract("status of a create", "201", |files| {
        let (old, new) = ("status_code=HTTPStatus.CREATED", "status_code=HTTPStatus.ACCEPTED");
        replace(files, "app/routers/", old, new)
    }),
    contract("status of a delete", "204", |files| {
        let (old, new) = ("status_code=HTTPStatus.NO_CONTENT", "status_code=HTTPStatus.OK");
        replace(files, "app/routers/", old, new)
    }),
    contract("wrong method", "patch", |files| {
        replace(files, "app/routers/", "@router.patch(", "@router.post(")
    }),
    contract("wrong path", "", |files| {
        replace(files, "app/routers/", "APIRouter(prefix=\"/", "APIRouter(prefix=\"/x")
    }),
    contract("wrong version of the API", "", |files| {
        replace(files, "app/routers/__init__.py", "prefix=\"/api/v1\"", "prefix=\"/api/v2\"")
    }),
    contract("problem that nobody documents", "404", |files| {
        let (path, text) = first(files, "app/routers/", ", 404)")?;
        *text = text.replacen(", 404)", ")", 1);
        Some(path)
    }),
    contract("pages without a limit", "maximum", |files| {
        replace(files, "app/schemas/base.py", "MAX_PAGE_SIZE = 100\n", "MAX_PAGE_SIZE = 10_000\n")
    }),
    smoke("the application does not start", Code::J0501, "", |files| {
        let new = "app = make_app()";
        replace(files, "app/main.py", "app = create_app()", new)
    }),
    smoke("never ready", Code::J0501, "/health/ready", |files| {
        let (old, new) = ("None if await is_at_head", "None if not await is_at_head");
        replace(files, "app/routers/health.py", old, new)
    }),
    smoke("no metrics", Code::J0501, "/metrics", |files| {
        replace(
            files,
            "app/routers/health.py",
            "@router.get(\"/metrics\"",
            "@router.get(\"/metric\"",
        )
    }),
    smoke("nobody can sign in", Code::J0501, "sign in", |files| {
        let (old, new) = ("account is None or not valid", "account is None or valid");
        replace(files, "app/services/auth_service.py", old, new)
    }),
    smoke("DELETE deletes nothing", Code::J0502, "404", |files| {
        let (old, new) = ("self.session.delete(entity)", "self.session.refresh(entity)");
        replace(files, "app/repositories/base.py", old, new)
    }),
    smoke("nothing is stored", Code::J0501, "nobody can sign in", |files| {
        files.get("app/services/auth_service.py")?;
        unstored(files)
    }),
    Mutation {
        least: 2,
        ..smoke("nothing is stored where nobody signs in", Code::J0502, "", |files| {
            let signs_in = files.contains_key("app/services/auth_service.py");
            (!signs_in).then(|| unstored(files))?
        })
    },
    smoke("changes are forgotten", Code::J0502, "not", |files| {
        let span = ("changes of ``entity`` to the database now.\"\"\"\n", "await self._flush()");
        let new = "changes.\"\"\"\n        await self.session.refresh(entity)";
        replace_span(files, "app/repositories/base.py", span, new)
    }),
    smoke("lists show nothing", Code::J0502, "rows are wanted", |files| {
        replace(files, "app/repositories/base.py", "return rows.all(), total", "return [], total")
    }),
    smoke("Location of nothing", Code::J0502, "Location", |files| {
        let (old, new) = ("[\"Location\"] = f\"/api/v1", "[\"Location\"] = f\"/api/v0");
        replace(files, "app/routers/", old, new)
    }),
    smoke("everybody owns everything", Code::J0503, "", |files| {
        let of_caller =
            |line: &&str| line.trim_start().starts_with("return") && line.contains("caller.id");
        let found = files.iter().find_map(|(path, text)| {
            let (_, rest) = text.split_once("\ndef _may_")?;
            let line = rest.split("\ndef ").next()?.lines().find(of_caller)?;
            path.starts_with("app/").then(|| (path.clone(), line.to_owned()))
        });
        let (path, line) = found?;
        let indent = &line[..line.len() - line.trim_start().len()];
        replace(files, &path, &line, &format!("{indent}return caller is not None"))
    }),
    Mutation {
        least: 1,
        ..smoke("any role will do", Code::J0503, "403", |files| {
            let (old, new) =
                ("if user.role is not UserRole.", "if user.role is None and UserRole.");
            replace(files, "app/dependencies.py", old, new)
        })
    },
    smoke("rows are not hidden", Code::J0503, "", |files| {
        let (path, text) = first(files, "app/repositories/", ".where(_visible_to(caller))")?;
        let (_, rest) = text.split_once("(Repository[")?;
        let (class, _) = rest.split_once("])")?;
        let new = format!(".where(_visible_to(caller) | {class}.id.is_not(None))");
        *text = text.replacen(".where(_visible_to(caller))", &new, 1);
        Some(path)
    }),
];

const fn contract(
    id: &'static str,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    row(id, Contract, Code::J0401, says, make)
}

const fn smoke(
    id: &'static str,
    code: Code,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    let layer: Layer = Smoke;
    row(id, layer, code, says, make)
}

/// Ends every transaction without its changes.
fn unstored(files: &mut Files) -> Option<String> {
    let (old, new) = (
        "raise\n            await session.commit()",
        "raise\n            await session.rollback()",
    );
    replace(files, "app/core/database.py", old, new)
}
