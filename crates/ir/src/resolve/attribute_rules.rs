//! Rules about single attributes: who may read one, and who may write it.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Context, access};
use crate::model::{
    Access, ApiModelIr, Attribute, AttributeId, AttributeRule, AttributeType, Authentication,
    Entity, EntityId, Operation, Registration, RoleId, Spanned,
};
use crate::read::Source;

/// A rule that is read once all entities are known.
pub(super) fn unread(text: Spanned<String>) -> AttributeRule {
    AttributeRule { text, access: Access::Public }
}

/// Refuses rules that contradict what the attribute is.
pub(super) fn check(found: &mut Attribute, context: &mut Context) {
    let flags = found.flags;
    let secret = matches!(found.ty, AttributeType::Password { .. });
    let embeds = matches!(found.ty, AttributeType::Value(_));
    let reads = match () {
        () if secret || flags.writeonly => Some("nobody ever reads it"),
        () if flags.primary => Some("it stands in the paths of its rows"),
        () => None,
    };
    let writes = match () {
        () if flags.readonly => Some("the server alone sets it"),
        () if secret => Some("a password is its owner's"),
        () if flags.primary => Some("a row is nothing without its key"),
        () => None,
    };
    let rules = [
        ("readable_by", reads, &mut found.readable_by),
        ("writable_by", writes, &mut found.writable_by),
    ];
    for (key, problem, rule) in rules {
        let Some(AttributeRule { text, .. }) = rule else { continue };
        let name = &found.name.value;
        let finding = if embeds {
            let message = format!(
                "`{key}` of value objects belongs to the language, but it is not built yet"
            );
            let finding = Diagnostic::error(Code::E0311, message);
            finding
                .at(text.span, "this version of the compiler can't build it")
                .help("leave it out until a later version, or declare its parts as attributes")
        } else if let Some(problem) = problem {
            Diagnostic::error(Code::E0305, format!("`{name}` can't be `{key}`: {problem}"))
                .at(text.span, "who else should?")
                .help(format!("leave `{key}` out"))
        } else {
            continue;
        };
        context.report(finding);
        *rule = None;
    }
}

/// Refuses a slug that is made from what not everybody may read.
pub(super) fn told(rule: &AttributeRule, span: Span, slug: &str, findings: &mut Vec<Diagnostic>) {
    let message = format!("`{slug}` would tell what not everybody may read");
    findings.push(
        Diagnostic::error(Code::E0305, message)
            .at(span, "made from it")
            .also(rule.text.span, "who may read it")
            .help("make the slug from another attribute, or leave `readable_by` out"),
    );
}

/// Reads the rules of all attributes.
pub(super) fn resolve(context: &mut Context) {
    for id in context.ids() {
        for index in 0..context.draft(id).entity.attributes.len() {
            let attribute = &context.draft(id).entity.attributes[index];
            let rules = [attribute.readable_by.clone(), attribute.writable_by.clone()];
            let [reads, writes] = rules.map(|rule| meaning(rule?, id, context));
            let attribute = &mut context.draft_mut(id).entity.attributes[index];
            (attribute.readable_by, attribute.writable_by) = (reads, writes);
        }
    }
}

/// What a rule means, if it means something.
fn meaning(rule: AttributeRule, id: EntityId, context: &mut Context) -> Option<AttributeRule> {
    let text = rule.text;
    if !context.secured {
        context.report(
            Diagnostic::error(Code::E0308, "nobody can sign in: there is no `security` section")
                .at(text.span, "who should be asked?")
                .help("declare `security: {authentication: …}`, or leave the rule out"),
        );
        return None;
    }
    let access = access::access(Source::key(&text), id, context)?;
    if access == Access::Public {
        context.report(
            Diagnostic::error(Code::E0308, "this holds for everybody")
                .at(text.span, "says nothing")
                .help("leave the rule out"),
        );
        return None;
    }
    Some(AttributeRule { text, access })
}

/// A caller who makes a row.
#[derive(Clone, Copy)]
enum Creator {
    Nobody,
    Account(Option<RoleId>),
}

/// Whoever may create a row may write what it needs.
pub(super) fn creators(
    authentication: Option<&Authentication>,
    api: &ApiModelIr,
    context: &mut Context,
) {
    let Some(authentication) = authentication else { return };
    let accounts = (0..context.roles.len()).map(|it| Creator::Account(Some(RoleId::at(it))));
    let holder = context
        .account_role
        .map(|role| &context.draft(authentication.user).entity.attributes[role.index()]);
    // Where accounts have roles, each has one.
    let none = holder.is_none_or(|it| it.nullable).then_some(Creator::Account(None));
    let all: Vec<Creator> = std::iter::once(Creator::Nobody).chain(none).chain(accounts).collect();
    for id in context.ids() {
        let resource = api.resources.iter().find(|resource| resource.entity == id);
        let rules = resource.into_iter().flat_map(|resource| &resource.access);
        let rules: Vec<&Access> = rules
            .filter(|(it, _)| matches!(it, Operation::Create | Operation::BulkCreate))
            .map(|(_, rule)| rule)
            .collect();
        let open = authentication.user == id && authentication.registration == Registration::Open;
        let draft = context.draft(id);
        let entity = &draft.entity;
        let may = |creator: Creator| {
            let registers = open && matches!(creator, Creator::Nobody);
            registers || rules.iter().any(|rule| !surely(entity, rule, false, creator))
        };
        let creators: Vec<Creator> = all.iter().copied().filter(|it| may(*it)).collect();
        let mut findings = Vec::new();
        for (index, attribute) in entity.attributes.iter().enumerate() {
            let Some(rule) = &attribute.writable_by else { continue };
            if draft.broken.contains(&AttributeId::at(index)) {
                continue;
            }
            let allows = |creator: &Creator| surely(entity, &rule.access, true, *creator);
            if attribute.flags.immutable && !all.iter().any(allows) {
                findings.push(never(attribute, rule));
            } else if needed(attribute) && !creators.iter().all(allows) {
                findings.push(unfilled(attribute, rule, entity));
            }
        }
        context.findings.append(&mut findings);
    }
}

/// Whether a new row needs a value from its creator.
fn needed(attribute: &Attribute) -> bool {
    let made = matches!(attribute.ty, AttributeType::Slug { .. });
    !attribute.nullable && attribute.default.is_none() && !made
}

fn never(attribute: &Attribute, rule: &AttributeRule) -> Diagnostic {
    let name = &attribute.name.value;
    Diagnostic::error(Code::E0305, format!("nobody could ever write `{name}`"))
        .at(rule.text.span, "speaks of the row, and there is none before it is created")
        .also(attribute.span, "`immutable`: set on create only")
        .help("name roles, or leave `immutable` out")
}

fn unfilled(attribute: &Attribute, rule: &AttributeRule, entity: &Entity) -> Diagnostic {
    let (name, owner) = (&attribute.name.value, &entity.name.value);
    let message =
        format!("`{name}` is required, but not everybody who creates a `{owner}` may write it");
    Diagnostic::error(Code::E0309, message)
        .at(rule.text.span, "what it says of the row holds for no new one")
        .also(
            entity.name.span,
            "its creators are told by the rules of `create` and by registration",
        )
        .help("add a default or `?`, or let only those create who may write it")
}

/// Whether a rule surely has this outcome for a row that is being created: what it says of the row is
/// not known then, but that the server makes the caller its owner.
fn surely(entity: &Entity, rule: &Access, outcome: bool, creator: Creator) -> bool {
    let each = |rule: &Access| surely(entity, rule, outcome, creator);
    match rule {
        Access::Public => outcome,
        Access::Authenticated => matches!(creator, Creator::Account(_)) == outcome,
        Access::Role(roles) => {
            let has = matches!(creator, Creator::Account(Some(held)) if roles.contains(&held));
            has == outcome
        }
        Access::Owner(path) => {
            let owned = matches!(path.steps[..], [step]
                if entity.relationships[step.index()].set_current_user);
            owned && (matches!(creator, Creator::Account(_)) == outcome)
        }
        Access::Row(_) => false,
        Access::All(parts) if outcome => parts.iter().all(each),
        Access::Any(parts) if !outcome => parts.iter().all(each),
        Access::All(parts) | Access::Any(parts) => parts.iter().any(each),
        Access::Not(inner) => surely(entity, inner, !outcome, creator),
    }
}
