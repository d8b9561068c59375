//! The `security` section: roles first, since attributes speak of them; the account when the
//! entities are known.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Context, header};
use crate::model::{
    ApiKeys, AttributeId, AttributeType, Authentication, EntityId, Registration, Role,
    SecurityModelIr,
};
use crate::names;
use crate::read::Source;
use crate::syntax::{Node, Value};

/// Reads the roles.
pub(super) fn roles(section: Option<&Node>, context: &mut Context) {
    let Some(section) = section else { return };
    context.secured = section.get("authentication").is_some();
    context.key_header = key_header(section);
    let Some(list) = section.get("roles") else { return };
    if list.items().is_empty() {
        context.report(
            Diagnostic::warning(Code::W0001, "the list of roles is empty")
                .at(list.span, "no role can be given to anybody")
                .help("name the roles, or leave `roles` out"),
        );
    }
    for source in list.items().iter().filter_map(Node::source) {
        if !names::check(source, "a role", &mut context.findings)
            || !names::check_length(source, source.text, "role", &mut context.findings)
        {
            continue;
        }
        if let Some(first) = context.roles.get(source.text) {
            let finding = Diagnostic::error(
                Code::E0206,
                format!("the role `{}` is listed twice", source.text),
            )
            .at(source.span, "listed here again")
            .also(first.name.span, "first listed here")
            .help("leave one of them out");
            context.report(finding);
            continue;
        }
        context.roles.insert(source.text.to_owned(), Role { name: source.owned() });
    }
}

/// Resolves the account and its attributes; `None` if it can't be told, which was reported.
pub(super) fn authentication(
    section: Option<&Node>,
    context: &mut Context,
) -> Option<Authentication> {
    let node = section?.get("authentication")?;
    let name = node.text("user")?;
    let user = context.find_entity(name.text, name.span)?;
    context.account = Some(user);
    let role = role_of(user, context);
    context.account_role = role;
    let login = node.text("login").and_then(|name| login(name, user, context));
    let secret = node.text("secret").and_then(|name| secret(name, user, context));
    let scheme = scheme(node, context);
    Some(Authentication {
        user,
        login: login?,
        secret: secret?,
        role,
        registration: match node.text("registration").map(|word| word.text) {
            Some("open") => Registration::Open,
            _ => Registration::Closed,
        },
        scheme,
        access_token_ttl: node.number("access_token_ttl").unwrap_or(900),
        refresh_token_ttl: node.number("refresh_token_ttl").unwrap_or(2_592_000),
    })
}

/// Schemes that mean something else to clients than a token that they were given (IANA's registry).
const OTHER_SCHEMES: [&str; 10] = [
    "basic",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "scram-sha-1",
    "scram-sha-256",
];

fn scheme(node: &Node, context: &mut Context) -> String {
    let usual = || "Bearer".to_owned();
    let Some(said) = node.text("scheme") else { return usual() };
    let text = said.text;
    let good = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let (label, help) = if !starts || text.len() > 32 || !text.bytes().all(good) {
        ("letters, digits, `-` and `_`, a letter first, 32 at the most", "write such as `Token`")
    } else if OTHER_SCHEMES.contains(&text.to_ascii_lowercase().as_str()) {
        ("clients would not send an access token", "write such as `Token`, or leave it out")
    } else {
        return text.to_owned();
    };
    context.report(
        Diagnostic::error(Code::E0310, "this can't stand in front of access tokens")
            .at(said.span, label)
            .help(help),
    );
    usual()
}

fn find(name: Source<'_>, user: EntityId, context: &mut Context) -> Option<AttributeId> {
    let draft = context.draft(user);
    let found = draft.attributes.get(name.text).copied();
    if found.is_some_and(|id| draft.broken.contains(&id)) {
        return None;
    }
    if found.is_none() {
        let known: Vec<String> = draft.attributes.keys().cloned().collect();
        let what = format!("attribute of `{}`", draft.entity.name.value);
        context.unknown(&what, name.text, name.span, &known);
    }
    found
}

fn refuse(place: Span, related: Span, message: String, help: &str, context: &mut Context) {
    context.report(
        Diagnostic::error(Code::E0310, message)
            .at(place, "")
            .also(related, "declared here")
            .help(help),
    );
}

fn login(name: Source<'_>, user: EntityId, context: &mut Context) -> Option<AttributeId> {
    let id = find(name, user, context)?;
    let attribute = &context.draft(user).entity.attributes[id.index()];
    let (span, flags) = (attribute.span, attribute.flags);
    let is_text = matches!(attribute.ty, AttributeType::Email | AttributeType::String { .. });
    let (message, help) = if !is_text || attribute.list {
        ("is neither an `email` nor a `string`", "sign in with an `email` or a `string`")
    } else if attribute.nullable {
        ("may be null", "take the `?` away")
    } else if !flags.unique && !flags.primary {
        ("is not unique: two accounts could share it", "add the flag `unique`")
    } else if flags.writeonly || flags.readonly {
        ("can't be written and read by clients", "leave `readonly` and `writeonly` out")
    } else {
        return Some(id);
    };
    let message = format!("nobody can sign in with `{}`: it {message}", name.text);
    refuse(name.span, span, message, help, context);
    None
}

fn secret(name: Source<'_>, user: EntityId, context: &mut Context) -> Option<AttributeId> {
    let id = find(name, user, context)?;
    let attribute = &context.draft(user).entity.attributes[id.index()];
    let span = attribute.span;
    let (message, help) = if !matches!(attribute.ty, AttributeType::Password { .. }) {
        ("is no `password`, so it would be stored as it is", "give it the type `password`")
    } else if attribute.nullable {
        ("may be null", "take the `?` away")
    } else if attribute.flags.readonly {
        ("is `readonly`, so nobody could choose a password", "leave `readonly` out")
    } else {
        return Some(id);
    };
    let message = format!("`{}` can't be the secret: it {message}", name.text);
    refuse(name.span, span, message, help, context);
    None
}

/// The account's attribute of type `role`.
fn role_of(user: EntityId, context: &mut Context) -> Option<AttributeId> {
    let draft = context.draft(user);
    let all: Vec<(AttributeId, Span)> = draft
        .entity
        .attributes
        .iter()
        .enumerate()
        .filter(|(_, attribute)| attribute.ty == AttributeType::Role)
        .map(|(index, attribute)| (AttributeId::at(index), attribute.span))
        .collect();
    if let [(_, first), (_, second), ..] = all[..] {
        let message = "an account has one role, and this is a second one".to_owned();
        refuse(second, first, message, "leave one of them out", context);
    }
    all.first().map(|(id, _)| *id)
}

/// The header of API keys, where there are some.
fn key_header(section: &Node) -> Option<String> {
    let keys = section.get("api_keys").filter(|node| node.value != Value::Bool(false))?;
    Some(keys.text("header").map_or("X-API-Key", |source| source.text).to_owned())
}

/// The whole section.
pub(super) fn join(
    authentication: Authentication,
    section: Option<&Node>,
    context: &mut Context,
) -> SecurityModelIr {
    let keys = section.and_then(|section| section.get("api_keys"));
    if let Some(header) = keys.and_then(|node| node.text("header")) {
        check_header(header, context);
    }
    let api_keys = context.key_header.clone().map(|header| ApiKeys { header });
    let roles = context.roles.values().cloned().collect();
    SecurityModelIr { authentication, roles, api_keys }
}

fn check_header(source: Source<'_>, context: &mut Context) {
    if header::is_name(source.text) && !header::is_taken(source.text) {
        return;
    }
    context.report(
        Diagnostic::error(Code::E0310, "this can't be the header of API keys")
            .at(source.span, "letters, digits and `-`, and no header with a meaning of its own")
            .help("write `X-API-Key`"),
    );
}
