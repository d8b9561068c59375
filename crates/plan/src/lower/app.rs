//! Facts about the application as a whole, and its enums.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{
    ApplicationIr, Architecture, ListForm, Operation, PagePart, Pagination, Registration,
    SecurityModelIr,
};

use super::draft::{AttributeSlot, Context};
use super::{draft, naming};
use crate::{AppPlan, AuthPlan, EntityPlan, EnumPlan, MemberPlan, PagesPlan, PyIdent, RolePlan};

/// The facts about the application.
pub(super) fn app(ir: &ApplicationIr, entities: &[EntityPlan]) -> AppPlan {
    AppPlan {
        name: ir.app.name.value.clone(),
        title: ir.app.title.clone(),
        description: ir.app.description.clone(),
        version: ir.app.version.clone(),
        prefix: ir.api.prefix.trim_end_matches('/').to_owned(),
        case: ir.api.case,
        invalid_status: ir.api.invalid_status,
        lists: ir.api.lists.clone(),
        problem: ir.api.problems.clone(),
        architecture: architecture(ir, entities),
        auth: ir.security.as_ref().map(|security| auth(ir, security)),
        pages: pages(ir, entities),
        etags: entities.iter().any(|entity| entity.optimistic_lock),
        compiler: env!("CARGO_PKG_VERSION"),
    }
}

/// How lists are cut into pages, and histories, which have the form of the API.
fn pages(ir: &ApplicationIr, entities: &[EntityPlan]) -> PagesPlan {
    let histories = entities.iter().any(|entity| entity.offered_histories().next().is_some());
    let all = || ir.api.resources.iter();
    let by_offset = all().filter(|resource| resource.pagination != Pagination::Cursor);
    let forms: Vec<&ListForm> = by_offset
        .map(|resource| &resource.lists)
        .chain(histories.then_some(&ir.api.lists))
        .collect();
    let counts = |form: &&ListForm| form.shows(PagePart::Count);
    PagesPlan {
        counted: forms.iter().any(counts),
        uncounted: !forms.iter().all(counts),
        by_cursor: all().any(|resource| resource.pagination == Pagination::Cursor),
    }
}

/// Below this many entities services would only pass on what repositories say.
const SMALL: usize = 3;

fn architecture(ir: &ApplicationIr, entities: &[EntityPlan]) -> Architecture {
    match ir.app.architecture {
        Architecture::Auto if entities.len() < SMALL && obstacle(ir, entities).is_none() => {
            Architecture::Simple
        }
        Architecture::Auto => Architecture::Layered,
        chosen => chosen,
    }
}

/// Why the application can't go without services: sign-in is one, and repositories that ask each
/// other could not import each other.
fn obstacle(ir: &ApplicationIr, entities: &[EntityPlan]) -> Option<&'static str> {
    if ir.security.is_some() {
        return Some("with sign-in");
    }
    if !ir.behavior.flows.is_empty() {
        return Some("with flows");
    }
    if !ir.behavior.slots.is_empty() {
        return Some("with slots");
    }
    let asks = |from: usize, to: usize| {
        let entity = &entities[from];
        entity.references.iter().any(|reference| reference.target == to)
            || entity.links.iter().any(|link| link.writable && link.target == to)
    };
    let mut left: Vec<usize> = (0..entities.len()).collect();
    loop {
        let before = left.len();
        let open = left.clone();
        left.retain(|from| open.iter().any(|to| to != from && asks(*from, *to)));
        if left.is_empty() {
            return None;
        }
        if left.len() == before {
            return Some("of entities that refer to each other in a circle");
        }
    }
}

/// Reports an architecture without services where the application needs them.
pub(super) fn check_architecture(context: &mut Context, entities: &[EntityPlan]) {
    let ir = context.ir;
    if ir.app.architecture != Architecture::Simple {
        return;
    }
    let Some(what) = obstacle(ir, entities) else { return };
    let message = format!("`architecture: simple` {what} is not built yet");
    context.diagnostics.push(
        Diagnostic::error(Code::E0311, message)
            .at(ir.app.name.span, "this application needs services")
            .help("write `architecture: layered`, or leave it out"),
    );
}

fn auth(ir: &ApplicationIr, security: &SecurityModelIr) -> AuthPlan {
    let authentication = &security.authentication;
    let user = authentication.user.index();
    let slots = draft::slots(ir, &ir.domain.entities[user]);
    let field =
        |attribute: stratapi_ir::model::AttributeId| match slots.attributes[attribute.index()] {
            AttributeSlot::Field(field) | AttributeSlot::Embedded(field) => field,
        };
    let values = security.roles.iter().map(|role| role.name.value.as_str());
    AuthPlan {
        user,
        login: field(authentication.login),
        secret: field(authentication.secret),
        role: authentication.role.map(field),
        roles: members(values)
            .into_iter()
            .enumerate()
            .map(|(index, member)| RolePlan { value: member.value, member: member.name, index })
            .collect(),
        open_registration: authentication.registration == Registration::Open,
        scheme: authentication.scheme.clone(),
        access_token_ttl: authentication.access_token_ttl,
        refresh_token_ttl: authentication.refresh_token_ttl,
        api_key_header: security.api_keys.as_ref().map(|keys| keys.header.clone()),
        me_limits: [Operation::Get, Operation::Update]
            .map(|operation| ir.api.rate_limit(authentication.user, operation)),
    }
}

fn members<'a>(values: impl Iterator<Item = &'a str>) -> Vec<MemberPlan> {
    let mut names: Vec<PyIdent> = Vec::new();
    values
        .map(|value| {
            let name = naming::member(value, &names);
            names.push(name.clone());
            MemberPlan { name, value: value.to_owned() }
        })
        .collect()
}

/// The enums; the roles last.
pub(super) fn enums(context: &Context<'_>) -> Vec<EnumPlan> {
    let ir = context.ir;
    let mut plans: Vec<EnumPlan> = ir
        .domain
        .enums
        .iter()
        .zip(&context.names.enums)
        .map(|(declared, class)| {
            let label = naming::label(&declared.name.value);
            let otherwise = format!("The values of {}", naming::with_article(&label));
            let values = declared.members.iter().map(|member| member.value.value.as_str());
            enumeration(class, naming::doc(&declared.description, &otherwise), values, false)
        })
        .collect();
    if let (Some(security), Some(class)) = (&ir.security, context.names.enums.get(plans.len())) {
        let user = security.authentication.user.index();
        let label = &context.names.entities[user].label;
        let doc = format!("What {} may do.", naming::with_article(label));
        let values = security.roles.iter().map(|role| role.name.value.as_str());
        plans.push(enumeration(class, doc, values, true));
    }
    plans
}

fn enumeration<'a>(
    class: &PyIdent,
    doc: String,
    values: impl Iterator<Item = &'a str>,
    roles: bool,
) -> EnumPlan {
    let members = members(values);
    let length = length(members.iter().map(|member| member.value.as_str()));
    EnumPlan { class: class.clone(), doc, members, length, roles }
}

/// Room for the values of an enum in the database, and for some longer ones.
pub(super) fn length<'a>(values: impl Iterator<Item = &'a str>) -> u32 {
    let longest = values.map(|value| value.chars().count()).max().unwrap_or(0);
    u32::try_from(longest.next_power_of_two().max(16)).unwrap_or(u32::MAX)
}
