//! Facts about the application as a whole, and its enums.

use stratapi_ir::model::{ApplicationIr, Architecture, Pagination, Registration, SecurityModelIr};

use super::draft::{AttributeSlot, Context};
use super::{draft, naming};
use crate::{AppPlan, AuthPlan, EntityPlan, EnumPlan, MemberPlan, PyIdent, RolePlan};

/// The facts about the application.
pub(super) fn app(ir: &ApplicationIr, entities: &[EntityPlan]) -> AppPlan {
    // `simple` is refused where it is read: no emitter writes routers that go without services
    // yet. What `auto` means follows from that.
    let architecture = Architecture::Layered;
    let pages = |kind| ir.api.resources.iter().any(|resource| resource.pagination == kind);
    AppPlan {
        name: ir.app.name.value.clone(),
        title: ir.app.title.clone(),
        description: ir.app.description.clone(),
        version: ir.app.version.clone(),
        prefix: ir.api.prefix.trim_end_matches('/').to_owned(),
        architecture,
        auth: ir.security.as_ref().map(|security| auth(ir, security)),
        offset_pages: pages(Pagination::Offset),
        cursor_pages: pages(Pagination::Cursor),
        etags: entities.iter().any(|entity| entity.optimistic_lock),
        compiler: env!("CARGO_PKG_VERSION"),
    }
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
        access_token_ttl: authentication.access_token_ttl,
        refresh_token_ttl: authentication.refresh_token_ttl,
        api_key_header: security.api_keys.as_ref().map(|keys| keys.header.clone()),
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
    let longest = members.iter().map(|member| member.value.chars().count()).max().unwrap_or(0);
    let length = u32::try_from(longest.next_power_of_two().max(16)).unwrap_or(u32::MAX);
    EnumPlan { class: class.clone(), doc, members, length, roles }
}
