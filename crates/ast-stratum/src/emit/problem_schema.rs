//! `app/core/problem_schema.py`: what is answered to a request that fails.

use stratapi_plan::{Artifact, Plan, PlannedFile, ProblemForm, ProblemPart};

use super::layer::envelope::ITEM;
use crate::python::build::{annotated, class, from, kw, name, none, text};
use crate::python::{Argument, Expr, Module, Stmt, artifact};
use crate::types;

/// What stands around a problem, or the problem itself.
pub(super) const WHOLE: &str = "Problem";
/// A problem that stands in an envelope.
pub(super) const INNER: &str = "ProblemBody";
/// One invalid value.
pub(super) const ERROR: &str = "ProblemError";

/// What is said of an invalid value.
pub(super) const ERROR_DOC: &str = "One invalid input value.";
/// What is said of a problem in an envelope.
pub(super) const INNER_DOC: &str = "What went wrong.";
/// What is said of the place of an invalid value.
pub(super) const POINTER: &str = "JSON Pointer (body) or `#location/name` of the value.";

/// Declares the form of problems.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let form = &plan.app.problem;
    let mut classes = Vec::new();
    if form.shows(ProblemPart::List) {
        classes.push(class(ERROR).base(base()).doc(ERROR_DOC).body(error()).stmt());
    }
    let members = form.members.iter().map(|(part, wire)| member(form, *part, wire));
    let doc = whole_doc(form);
    if let Some(one) = &form.one {
        classes.push(class(INNER).base(base()).doc(INNER_DOC).body(members).stmt());
        let inner = annotated(ITEM, name(INNER), Some(types::field([alias(one)])));
        classes.push(class(WHOLE).base(base()).doc(doc).body([inner]).stmt());
    } else {
        classes.push(class(WHOLE).base(base()).doc(doc).body(members).stmt());
    }
    let doc = if *form == ProblemForm::usual() {
        "RFC 9457 problem details."
    } else {
        "What is answered to a request that fails."
    };
    artifact(file, &Module::new(doc).body(classes))
}

/// What is said of the whole.
pub(super) fn whole_doc(form: &ProblemForm) -> String {
    format!("An error, as `{}`.", form.media_type)
}

/// What is said of a member that its name does not say.
pub(super) fn description(form: &ProblemForm, part: ProblemPart) -> Option<String> {
    let said = match part {
        ProblemPart::Type => "A URI that identifies the problem type.",
        ProblemPart::Instance => "The path of the request.",
        ProblemPart::Code => "A stable, machine-readable identifier.",
        ProblemPart::Keyed => {
            let general = &form.general;
            return Some(format!("Texts by the names of members; `{general}` is the request."));
        }
        _ => return None,
    };
    Some(said.to_owned())
}

fn base() -> Expr {
    from("pydantic", "BaseModel")
}

fn alias(wire: &str) -> Argument {
    kw("serialization_alias", text(wire))
}

fn error() -> [Stmt; 3] {
    let pointer = types::field([kw("description", text(POINTER))]);
    [
        annotated("pointer", name("str"), Some(pointer)),
        annotated("message", name("str"), None),
        annotated("code", name("str"), None),
    ]
}

/// `detail: str = Field(serialization_alias="message")`
fn member(form: &ProblemForm, part: ProblemPart, wire: &str) -> Stmt {
    let listed = || name("list").index([name(ERROR)]);
    let keyed = || name("dict").index([name("str"), name("list").index([name("str")])]);
    let null = || Some(("default", none()));
    let (ty, default) = match part {
        ProblemPart::Type => (name("str"), Some(("default", text("about:blank")))),
        ProblemPart::Title | ProblemPart::Detail | ProblemPart::Code => (name("str"), None),
        ProblemPart::Status => (name("int"), None),
        ProblemPart::Instance | ProblemPart::RequestId => (name("str").or_none(), null()),
        ProblemPart::List => (listed(), Some(("default_factory", listed()))),
        ProblemPart::Keyed if form.always_tells(part) => (keyed(), None),
        ProblemPart::Keyed => (keyed().or_none(), null()),
    };
    let renamed = (wire != part.name()).then(|| alias(wire));
    let described = description(form, part).map(|said| kw("description", text(said)));
    let about: Vec<Argument> = renamed.into_iter().chain(described).collect();
    let value = match default {
        None if about.is_empty() => None,
        Some(("default", value)) if about.is_empty() => Some(value),
        default => {
            let default = default.map(|(key, value)| kw(key, value));
            Some(types::field(default.into_iter().chain(about)))
        }
    };
    annotated(part.name(), ty, value)
}
