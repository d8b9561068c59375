//! Mistakes about attributes that not everybody may read or write.

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::Tools;

use super::behaviour::few;
use super::{Files, Mutation, line, replace, row};

const SERVICES: &str = "app/services/";

pub(super) const ALL: &[Mutation] = &[
    few(1, "rule of reading an attribute dropped", Code::J0503, "is shown", |files| {
        line(files, SERVICES, |line| {
            let (before, _) = line.split_once("if not _reads_")?;
            Some(format!("{before}if shown is None:"))
        })
    }),
    few(1, "list that shows an attribute to everybody", Code::J0503, "is shown", |files| {
        line(files, "app/routers/", |line| {
            let (before, rest) = line.split_once("items=[")?;
            let (entity, rest) = rest.split_once("Service.represent(row, caller)")?;
            Some(format!("{before}items=[{entity}Read.model_validate(row){rest}"))
        })
    }),
    few(1, "attribute that nobody may read", Code::J0502, "left out", |files| {
        line(files, SERVICES, |line| {
            let (before, _) = line.split_once("if not _reads_")?;
            Some(format!("{before}if shown is not None:"))
        })
    }),
    few(1, "rule of writing an attribute dropped", Code::J0503, "may not write", |files| {
        let (old, new) = ("if refused:", "if refused is None:");
        replace(files, "app/core/writable.py", old, new)
    }),
    // Only the project's own tests know who may create a row, but not say all of it.
    Mutation {
        least: 1,
        ..row("attribute that everybody may write on create", Tools, Code::J0610, "", |files| {
            let (path, (from, to)) = files
                .iter()
                .filter(|(path, _)| path.starts_with(SERVICES))
                .find_map(|(path, text)| Some((path.clone(), asked_on_create(text)?)))?;
            files.get_mut(&path)?.replace_range(from..=to, "");
            Some(path)
        })
    },
    few(
        1,
        "registration that takes what others say",
        Code::J0506,
        "not 403",
        |files: &mut Files| {
            let old = "    accounts.check_registration(data)\n";
            replace(files, "app/routers/auth.py", old, "")
        },
    ),
];

/// Where `create` asks for the right to write what was sent.
fn asked_on_create(text: &str) -> Option<(usize, usize)> {
    let start = text.find("    async def create(")?;
    let from = start + text[start..].find("        require_writable(data, ")?;
    let to = from + text[from..].find('\n')?;
    (!text[start..from].contains("    async def update(")).then_some((from, to))
}
