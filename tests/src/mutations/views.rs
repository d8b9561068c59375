//! Mistakes about what views show.

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::{Contract, Tools};

use super::behaviour::few;
use super::{Mutation, line, replace, replace_span, row};

const VIEWS: &str = "app/schemas/views.py";
const REPOSITORIES: &str = "app/repositories/";

pub(super) const ALL: &[Mutation] = &[
    Mutation {
        least: 1,
        ..row("view that shows more than was declared", Contract, Code::J0401, "", |files| {
            let new = "    \"\"\"A person in short.\"\"\"\n\n    email: str\n";
            replace(files, VIEWS, "    \"\"\"A person in short.\"\"\"\n\n", new)
        })
    },
    few(1, "view whose rows are not loaded", Code::J0502, "500", |files| {
        let span = ("_SHOWN = (selectinload(", ",)\n");
        replace_span(files, REPOSITORIES, span, "_SHOWN = ()\n")
    }),
    few(1, "view of a write whose rows are not loaded", Code::J0502, "500", |files| {
        let load = "        await self._articles.load_shown(article, caller)\n";
        replace(
            files,
            "app/services/article_service.py",
            &format!("{load}        return"),
            "        return",
        )
    }),
    // Only the project's own tests know what stands in a row that is shown along.
    Mutation {
        least: 1,
        ..row("view that shows another attribute", Tools, Code::J0610, "", |files| {
            let (old, new) = ("validation_alias=\"name\"", "validation_alias=\"email\"");
            replace(files, VIEWS, old, new)
        })
    },
    Mutation {
        least: 1,
        ..row("what holds for the caller told to everybody", Tools, Code::J0610, "", |files| {
            let (old, new) = ("        return false()\n", "        return true()\n");
            let path = replace(files, "app/repositories/viewer.py", old, new)?;
            let all = "Person.id == caller.id)";
            replace(files, &path, all, "Person.id != caller.id)")?;
            Some(path)
        })
    },
    Mutation {
        least: 1,
        ..row("view that shows what was deleted", Tools, Code::J0610, "", |files| {
            line(files, REPOSITORIES, |line| {
                let (before, rest) = line.split_once(".and_(")?;
                let (_, rest) = rest.split_once(".is_active)")?;
                line.contains("selectinload(").then(|| format!("{before}{rest}"))
            })
        })
    },
];
