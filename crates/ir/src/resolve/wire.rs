//! How the wire looks: the case of names, what stands around rows, the form of errors, and status codes.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Context, Source, problems};
use crate::model::{
    Case, ListForm, Operation, PagePart, Pagination, ProblemForm, RowForm, Statuses,
};
use crate::syntax::{Node, Value};

/// How the wire looks, as far as it is said for the whole API.
pub(super) struct Wire {
    /// Of names of members and parameters.
    pub(super) case: Case,
    /// 400 or 422.
    pub(super) invalid_status: u16,
    /// Of what succeeds.
    pub(super) statuses: Statuses,
    /// What stands around the rows of a list.
    pub(super) lists: ListForm,
    /// What stands around one row.
    pub(super) rows: RowForm,
    /// What is answered to a request that fails.
    pub(super) problems: ProblemForm,
    /// Where that was declared.
    envelope: Option<Span>,
}

impl Wire {
    /// What `api.shape` says.
    pub(super) fn of_api(section: Option<&Node>, context: &mut Context) -> Self {
        let shape = section.and_then(|section| section.get("shape"));
        let case = match shape.and_then(|shape| shape.text("case")).map(|word| word.text) {
            Some("camel") => Case::Camel,
            _ => Case::Snake,
        };
        let status = shape.and_then(|shape| shape.get("status"));
        let envelope = shape.and_then(|shape| shape.get("envelope"));
        Self {
            case,
            invalid_status: code(status, "invalid", 422, [400, 422], context),
            statuses: statuses(status, Statuses::default(), context),
            lists: envelope
                .and_then(|envelope| form(envelope, context))
                .unwrap_or_else(|| ListForm::usual(case)),
            rows: rows(envelope, &RowForm::default(), context),
            problems: problems::form(shape.and_then(|shape| shape.get("errors")), context),
            envelope: envelope.map(|envelope| envelope.span),
        }
    }

    /// What a resource says for its own list.
    pub(super) fn lists(
        &self,
        resource: &Node,
        operations: &[Operation],
        pagination: Pagination,
        context: &mut Context,
    ) -> ListForm {
        let own = envelope(resource);
        if !operations.contains(&Operation::List) {
            let parts = PagePart::ALL.iter().filter_map(|part| own?.get(part.key()));
            if let Some(part) = parts.into_iter().next() {
                unoffered("list", part.span, context);
            }
            return self.lists.clone();
        }
        let declared = own.and_then(|envelope| form(envelope, context));
        let lists = declared.unwrap_or_else(|| self.lists.clone());
        if pagination == Pagination::Cursor && !lists.shows(PagePart::Next) {
            let own = own.filter(|own| own.get("many").is_some());
            let said = own.map(|own| own.span).or(self.envelope);
            let paged = resource.get("pagination").map(|word| word.span);
            if let Some(said) = said {
                let message = "nobody could ask for the next page of this list";
                let mut finding = Diagnostic::error(Code::E0325, message)
                    .at(said, "shows no cursor of the next page");
                if let Some(paged) = paged {
                    finding = finding.also(paged, "this list is paged by cursor");
                }
                let help =
                    "name the cursor, such as `next: next_cursor`, or page the list by offset";
                context.report(finding.help(help));
            }
        }
        lists
    }

    /// What a resource says of one row. Accounts have routes of their own beside the operations.
    pub(super) fn rows(
        &self,
        resource: &Node,
        operations: &[Operation],
        is_account: bool,
        context: &mut Context,
    ) -> RowForm {
        let own = envelope(resource);
        let writes = [Operation::Create, Operation::Update, Operation::Replace];
        let takes = is_account || writes.iter().any(|one| operations.contains(one));
        if let Some(body) = own.and_then(|own| own.get("body")).filter(|_| !takes) {
            let message = "this says how requests hold a row, which no operation takes";
            context.report(
                Diagnostic::error(Code::E0325, message)
                    .at(body.span, "neither `create` nor `update` nor `replace` is offered")
                    .help("leave it out, or offer one of them"),
            );
        }
        rows(own, &self.rows, context)
    }

    /// What a resource says of status codes.
    pub(super) fn statuses(
        &self,
        resource: &Node,
        operations: &[Operation],
        context: &mut Context,
    ) -> Statuses {
        let own = resource.get("shape").and_then(|shape| shape.get("status"));
        for entry in own.map_or(&[][..], Node::entries) {
            let name = entry.key.value.as_str();
            if matches!(name, "create" | "delete") && !Operation::any_goes_by(operations, name) {
                unoffered(name, entry.key.span, context);
            }
        }
        statuses(own, self.statuses, context)
    }
}

/// The envelope that a resource has of its own.
fn envelope(resource: &Node) -> Option<&Node> {
    resource.get("shape").and_then(|shape| shape.get("envelope"))
}

/// What stands around one row.
fn rows(envelope: Option<&Node>, usual: &RowForm, context: &mut Context) -> RowForm {
    let mut said = |key: &str, usual: &Option<String>| {
        let Some((envelope, node)) = envelope.and_then(|it| Some((it, it.get(key)?))) else {
            return usual.clone();
        };
        let named = envelope.text(key).filter(|_| node.value != Value::Bool(false))?;
        check_name(named, context);
        Some(named.text.to_owned())
    };
    RowForm { answer: said("one", &usual.answer), body: said("body", &usual.body) }
}

fn unoffered(name: &str, span: Span, context: &mut Context) {
    let message = format!("this says how `{name}` answers, which is not offered");
    context.report(
        Diagnostic::error(Code::E0325, message)
            .at(span, "nothing among the operations")
            .help("leave it out, or offer what it is for"),
    );
}

fn statuses(declared: Option<&Node>, usual: Statuses, context: &mut Context) -> Statuses {
    Statuses {
        create: code(declared, "create", usual.create, [200, 201], context),
        delete: code(declared, "delete", usual.delete, [200, 204], context),
    }
}

/// A status code, one of two.
fn code(
    declared: Option<&Node>,
    key: &str,
    usual: u16,
    [low, high]: [u16; 2],
    context: &mut Context,
) -> u16 {
    let Some((declared, node)) = declared.and_then(|it| Some((it, it.get(key)?))) else {
        return usual;
    };
    let said = declared.number(key);
    if let Some(found) = [low, high].into_iter().find(|code| said == Some(u32::from(*code))) {
        return found;
    }
    let message = format!("`{key}` can't be answered by this status");
    context.report(
        Diagnostic::error(Code::E0325, message)
            .at(node.span, format!("neither {low} nor {high}"))
            .help(format!("write {low} or {high}")),
    );
    usual
}

/// What stands around the rows of a list.
fn form(envelope: &Node, context: &mut Context) -> Option<ListForm> {
    let Some(many) = envelope.get("many") else {
        let mut parts = PagePart::ALL.iter().filter_map(|part| envelope.get(part.key()));
        let stray = parts.next()?;
        context.report(
            Diagnostic::error(Code::E0325, "this envelope holds no rows")
                .at(stray.span, "says what stands beside them")
                .help("name the member of the rows, such as `many: items`"),
        );
        return None;
    };
    let members = named(envelope, &PagePart::ALL, PagePart::key, context);
    if many.value != Value::Bool(false) {
        let members = members.into_iter().map(|(part, name, _)| (part, name));
        return Some(ListForm::Page(members.collect()));
    }
    if let Some((part, _, span)) = members.first() {
        let message = format!("a bare array has no room for `{}`", part.key());
        context.report(
            Diagnostic::error(Code::E0325, message)
                .at(*span, "stands nowhere")
                .also(many.span, "rows stand alone")
                .help("leave it out, or give `many` a name"),
        );
    }
    Some(ListForm::Array)
}

/// The members of an answer that are named, each with the place of its name.
pub(super) fn named<P: Copy>(
    node: &Node,
    parts: &[P],
    key: impl Fn(P) -> &'static str,
    context: &mut Context,
) -> Vec<(P, String, Span)> {
    let mut members: Vec<(P, String, Span)> = Vec::new();
    for part in parts {
        let Some(name) = node.text(key(*part)) else { continue };
        check_name(name, context);
        if let Some((_, _, first)) = members.iter().find(|(_, known, _)| known == name.text) {
            let message = format!("two members of an answer are called `{}`", name.text);
            context.report(
                Diagnostic::error(Code::E0325, message)
                    .at(name.span, "this one as well")
                    .also(*first, "the other one")
                    .help("give each its own name"),
            );
        }
        members.push((*part, name.text.to_owned(), name.span));
    }
    members
}

pub(super) fn check_name(name: Source<'_>, context: &mut Context) {
    let text = name.text;
    let good = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts && text.len() <= 64 && text.bytes().all(good) {
        return;
    }
    let finding = Diagnostic::error(Code::E0325, "this can't be the name of a member")
        .at(name.span, "letters, digits, `_` and `-`, a letter or `_` first, 64 at the most");
    context.report(finding.help("write such as `items` or `itemsCount`"));
}
