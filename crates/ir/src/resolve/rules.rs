//! Rules over the whole: what each section allows for itself and all together do not.

use std::collections::BTreeSet;

use stratapi_diagnostics::{Code, Diagnostic};

use super::{Context, attribute_rules, cycles};
use crate::model::{
    Access, ApiModelIr, Attribute, AttributeId, AttributeType, Authentication, EntityId, Operation,
    Registration, RelationshipKind, Resource,
};

/// Checks everything that needs all sections.
pub(super) fn check(
    authentication: Option<&Authentication>,
    api: &ApiModelIr,
    context: &mut Context,
) {
    let mut creatable: BTreeSet<EntityId> =
        api.resources.iter().filter(|found| creates(found)).map(|found| found.entity).collect();
    if let Some(found) = authentication {
        account(found, context);
        let registers = found.registration == Registration::Open;
        if !registers && !creatable.contains(&found.user) {
            fillable(found.user, Maker::Command, context);
        }
        if registers {
            creatable.insert(found.user);
        }
    }
    attribute_rules::creators(authentication, api, context);
    for id in context.ids() {
        roles(id, context);
        links(id, context);
        if creatable.contains(&id) {
            fillable(id, Maker::Client, context);
        }
        callers(id, api, context);
    }
    let parts: Vec<usize> = context.ids().map(|id| key_parts(id, context)).collect();
    for resource in &api.resources {
        nesting(resource, api, &parts, context);
    }
    cycles::check(&creatable, context);
}

fn creates(resource: &Resource) -> bool {
    let operations = &resource.operations;
    operations.contains(&Operation::Create) || operations.contains(&Operation::BulkCreate)
}

/// Columns of the primary key; a reference counts as one.
fn key_parts(id: EntityId, context: &Context) -> usize {
    let entity = &context.draft(id).entity;
    let attributes = entity.attributes.iter().filter(|found| found.flags.primary).count();
    let references = entity.relationships.iter().filter(|found| found.primary).count();
    (attributes + references).max(1)
}

fn account(found: &Authentication, context: &mut Context) {
    let entity = &context.draft(found.user).entity;
    let name = entity.name.clone();
    let mut findings = Vec::new();
    if key_parts(found.user, context) > 1 || entity.relationships.iter().any(|r| r.primary) {
        findings.push(
            Diagnostic::error(Code::E0310, "an account needs a key of one column")
                .at(name.span, "its key is composite")
                .help("give it the `id` of the base model"),
        );
    }
    let mut keys = entity.attributes.iter().filter(|attribute| attribute.flags.primary);
    if let Some(key) = keys.find(|key| matches!(key.ty, AttributeType::Enum(_))) {
        findings.push(
            Diagnostic::error(Code::E0310, "an account can't be known by a value of an enum")
                .at(key.span, "its key")
                .also(name.span, "the entity of accounts")
                .help("give it the `id` of the base model, or a key of another type"),
        );
    }
    if let Some(id) = found.role {
        let attribute = &entity.attributes[id.index()];
        if !attribute.flags.readonly {
            findings.push(
                Diagnostic::error(Code::E0310, "people could give themselves a role")
                    .at(attribute.span, "clients may write this")
                    .help("add the flag `readonly`; operators set roles on the command line"),
            );
        } else if attribute.default.is_none() && !attribute.nullable {
            findings.push(
                Diagnostic::error(Code::E0310, "a new account would have no role")
                    .at(attribute.span, "no default")
                    .help("add a default: `role = NAME readonly`"),
            );
        }
    }
    context.findings.append(&mut findings);
}

/// An attribute of type `role` needs roles.
fn roles(id: EntityId, context: &mut Context) {
    if !context.roles.is_empty() {
        return;
    }
    let attributes = &context.draft(id).entity.attributes;
    let found = attributes.iter().find(|found| found.ty == AttributeType::Role);
    let finding = found.map(|found| {
        Diagnostic::error(Code::E0310, "there are no roles")
            .at(found.span, "no value would be allowed")
            .help("list them: `security: {roles: [member, admin]}`")
    });
    context.findings.extend(finding);
}

/// Both ends of a many-to-many relationship are found by one column.
fn links(id: EntityId, context: &mut Context) {
    let mut findings = Vec::new();
    for found in &context.draft(id).entity.relationships {
        let composite = [id, found.target].into_iter().find(|end| key_parts(*end, context) > 1);
        let Some(end) = composite.filter(|_| found.kind == RelationshipKind::ManyToMany) else {
            continue;
        };
        let name = &context.draft(end).entity.name;
        findings.push(
            Diagnostic::error(
                Code::E0307,
                format!(
                    "`{}` has a composite key, which a many-to-many relationship can't hold",
                    name.value
                ),
            )
            .at(found.span, "")
            .also(name.span, "its key has several parts")
            .help("declare an association entity, and name it by `through=`"),
        );
    }
    context.findings.append(&mut findings);
}

/// Who makes the rows of an entity.
#[derive(Clone, Copy)]
enum Maker {
    /// Clients, by `create` or by signing up.
    Client,
    /// Operators, by the command of the project that makes accounts.
    Command,
}

/// Somebody can give every attribute of a new row a value.
fn fillable(id: EntityId, maker: Maker, context: &mut Context) {
    let (offer, way_out) = match maker {
        Maker::Client => ("offers `create`", ", or take `create` out of the operations"),
        Maker::Command => ("its rows are the accounts, which `create-user` makes", ""),
    };
    let draft = context.draft(id);
    let entity = &draft.entity;
    let empty = |found: &Attribute| {
        found.flags.readonly
            && found.default.is_none()
            && !found.nullable
            && !matches!(found.ty, AttributeType::Slug { .. } | AttributeType::Role)
    };
    let attributes = entity
        .attributes
        .iter()
        .enumerate()
        .filter(|(index, found)| empty(found) && !draft.broken.contains(&AttributeId::at(*index)))
        .map(|(_, found)| (&found.name.value, found.span));
    let references = entity
        .relationships
        .iter()
        .filter(|found| {
            let to_one = found.kind.is_to_one();
            found.readonly && !found.nullable && to_one && !found.set_current_user
        })
        .map(|found| (&found.name.value, found.span));
    let findings: Vec<Diagnostic> = attributes
        .chain(references)
        .map(|(name, span)| {
            let message = format!(
                "no row of `{}` could be created: nobody can set `{name}`",
                entity.name.value
            );
            Diagnostic::error(Code::E0309, message)
                .at(span, "`readonly`, required, and without a default")
                .also(entity.name.span, offer)
                .help(format!("add a default or `?`{way_out}"))
        })
        .collect();
    context.findings.extend(findings);
}

/// What is set to the caller needs one.
fn callers(id: EntityId, api: &ApiModelIr, context: &mut Context) {
    let draft = context.draft(id);
    let mut findings = Vec::new();
    let set = draft.entity.relationships.iter().filter(|found| found.set_current_user);
    for found in set {
        let place =
            Diagnostic::error(Code::E0307, format!("`{}` is set to the caller", found.name.value));
        if !context.secured {
            findings.push(
                place
                    .at(found.span, "there is no caller without a `security` section")
                    .help("declare `security`, or leave `set=current_user` out"),
            );
            continue;
        }
        if let Some(account) = context.account.filter(|account| *account != found.target) {
            let name = &context.draft(account).entity.name.value;
            findings.push(
                place
                    .at(found.span, format!("leads to something else than `{name}`"))
                    .help(format!("make `{name}` its target, or leave `set=current_user` out")),
            );
            continue;
        }
        let resource = api.resources.iter().find(|resource| resource.entity == id);
        let open =
            resource.into_iter().flat_map(|resource| &resource.access).any(|(operation, rule)| {
                matches!(operation, Operation::Create | Operation::BulkCreate)
                    && !needs_caller(rule)
            });
        if open && !found.nullable {
            findings.push(
                Diagnostic::error(
                    Code::E0308,
                    format!(
                        "anybody may create a `{}`, but `{}` is set to the caller",
                        draft.entity.name.value, found.name.value
                    ),
                )
                .at(
                    resource.map_or(found.span, |resource| resource.span),
                    "`create` does not need a caller",
                )
                .also(found.span, "set to the caller")
                .help("write `create: authenticated`"),
            );
        }
    }
    context.findings.append(&mut findings);
}

/// Whether a rule holds for signed-in callers only.
fn needs_caller(rule: &Access) -> bool {
    match rule {
        Access::Authenticated | Access::Role(_) | Access::Owner(_) => true,
        Access::All(parts) => parts.iter().any(needs_caller),
        Access::Any(parts) => parts.iter().all(needs_caller),
        Access::Public | Access::Row(_) | Access::Not(_) => false,
    }
}

/// Whether the server sets the relationship that a collection hangs on to the caller.
fn sets_caller(resource: &Resource, context: &Context) -> bool {
    let relationships = &context.draft(resource.entity).entity.relationships;
    let under = resource.under.as_ref();
    under.is_some_and(|under| relationships[under.relationship.index()].set_current_user)
}

/// Whether the key of a nested row is its parent, and nothing else.
fn is_its_parent(resource: &Resource, context: &Context) -> bool {
    let entity = &context.draft(resource.entity).entity;
    let under = resource.under.as_ref().map(|under| under.relationship.index());
    let attributes = entity.attributes.iter().any(|attribute| attribute.flags.primary);
    let mut keys = entity.relationships.iter().enumerate().filter(|(_, one)| one.primary);
    let alone = keys.next().map(|(index, _)| index) == under && keys.next().is_none();
    under.is_some() && alone && !attributes
}

/// Name of the relationship that a nested collection hangs on.
fn above(resource: &Resource, context: &Context) -> String {
    let relationships = &context.draft(resource.entity).entity.relationships;
    let under = resource.under.as_ref();
    under.map_or_else(String::new, |under| {
        relationships[under.relationship.index()].name.value.clone()
    })
}

/// The parent of a nested collection can be found and read.
fn nesting(resource: &Resource, api: &ApiModelIr, parts: &[usize], context: &mut Context) {
    let Some(under) = &resource.under else { return };
    let parent = api.resources.iter().find(|found| found.entity == under.parent);
    let name = context.draft(under.parent).entity.name.clone();
    let (message, help) = match parent {
        None => (
            format!("`{}` is not offered, so nothing can be nested below it", name.value),
            "turn the resource on, or leave `under` out",
        ),
        Some(found) if !found.operations.contains(&Operation::Get) => (
            format!("`{}` does not offer `get`, so nothing can be nested below it", name.value),
            "add `get` to its operations, or leave `under` out",
        ),
        Some(found) if parts[under.parent.index()] > 1 && found.lookup.is_none() => (
            format!("`{}` has a composite key, so nothing can be nested below it", name.value),
            "give it a `lookup`, or leave `under` out",
        ),
        Some(_) if resource.lookup.is_none() && is_its_parent(resource, context) => (
            format!(
                "`{}` is the whole key, so a row and the list would have one path",
                above(resource, context)
            ),
            "leave `under` out, or give the entity a key of its own, or a `lookup`",
        ),
        Some(_) if creates(resource) && sets_caller(resource, context) => (
            "a new row would belong to the caller, whatever the path says".to_owned(),
            "leave `create` out, or `set=current_user`, or `under`",
        ),
        Some(_) => return,
    };
    context.report(
        Diagnostic::error(Code::E0309, message)
            .at(resource.span, "nested")
            .also(name.span, "the parent")
            .help(help),
    );
}
