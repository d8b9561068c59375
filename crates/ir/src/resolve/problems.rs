//! The form of errors: `api.shape.errors`.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::wire::{check_name, named};
use super::{Context, Source};
use crate::model::{ProblemForm, ProblemPart};
use crate::syntax::Node;

/// What tells people or programs what went wrong.
const TELLING: [ProblemPart; 4] =
    [ProblemPart::Title, ProblemPart::Detail, ProblemPart::Code, ProblemPart::Keyed];

/// The declared form of errors, or that of RFC 9457.
pub(super) fn form(declared: Option<&Node>, context: &mut Context) -> ProblemForm {
    let Some(declared) = declared else { return ProblemForm::usual() };
    let members = named(declared, &ProblemPart::ALL, ProblemPart::key, context);
    check_members(declared, &members, context);
    let one = declared.text("one");
    let general = declared.text("general");
    for name in [one, general].into_iter().flatten() {
        check_name(name, context);
    }
    let media_type = declared.text("media_type");
    if let Some(media_type) = media_type {
        check_media_type(media_type, context);
    }
    let text = |said: Option<Source<'_>>, usual: &str| {
        said.map_or_else(|| usual.to_owned(), |said| said.text.to_owned())
    };
    ProblemForm {
        members: members.into_iter().map(|(part, name, _)| (part, name)).collect(),
        one: one.map(|name| name.text.to_owned()),
        general: text(general, ProblemForm::GENERAL),
        media_type: text(media_type, "application/json"),
    }
}

fn check_members(declared: &Node, members: &[(ProblemPart, String, Span)], context: &mut Context) {
    let place = |part: ProblemPart| {
        members.iter().find(|(known, _, _)| *known == part).map(|(_, _, span)| *span)
    };
    if !TELLING.into_iter().any(|part| place(part).is_some()) {
        context.report(
            Diagnostic::error(Code::E0325, "these errors do not tell what went wrong")
                .at(declared.span, "neither `title` nor `detail` nor `code` nor `keyed`")
                .help("name one of them, such as `detail: message`"),
        );
    }
    if let (Some(list), Some(keyed)) = (place(ProblemPart::List), place(ProblemPart::Keyed)) {
        context.report(
            Diagnostic::error(Code::E0325, "these errors say twice which values are wrong")
                .at(keyed, "texts by the names of members")
                .also(list, "a list of objects")
                .help("leave one of them out"),
        );
    }
    let general = declared.get("general").filter(|_| place(ProblemPart::Keyed).is_none());
    if let Some(general) = general {
        context.report(
            Diagnostic::error(Code::E0325, "`general` is a key of texts that go by keys")
                .at(general.span, "nothing is `keyed` here")
                .help("leave it out, or name the member with the texts: `keyed: errors`"),
        );
    }
}

/// JSON, under that name or as a suffix of another.
///
/// Source: RFC 6838, sections 4.2 and 4.2.8.
fn check_media_type(media_type: Source<'_>, context: &mut Context) {
    let text = media_type.text;
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-._".contains(&b);
    let name = text.strip_prefix("application/");
    let is_json =
        |name: &str| name == "json" || name.strip_suffix("+json").is_some_and(|it| !it.is_empty());
    if name.is_some_and(|name| is_json(name) && name.len() <= 64 && name.bytes().all(good)) {
        return;
    }
    let finding = Diagnostic::error(Code::E0325, "errors can't be of this media type")
        .at(media_type.span, "not `application/json`, and not `application/…+json`");
    context.report(finding.help("write such as `application/json` or `application/problem+json`"));
}
