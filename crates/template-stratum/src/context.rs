//! What templates see: the plan's facts under short names. `templates/README.md` lists them.

use minijinja::value::Value;
use stratapi_plan::{Architecture, AuthPlan, ColumnType, EntityPlan, FieldPlan, Plan, ValueKind};

use crate::stack;
use crate::value::{bare, table, text};

/// Everything that templates may print or ask.
pub(crate) fn context(plan: &Plan) -> Value {
    let auth = plan.app.auth.as_ref();
    table([
        ("app", app(plan)),
        ("is", flags(plan)),
        ("user", auth.map_or(Value::from(false), |auth| user(plan, auth))),
        ("auth", auth.map_or(Value::from(false), settings)),
        ("stack", stack::stack(auth.is_some())),
    ])
}

fn app(plan: &Plan) -> Value {
    let app = &plan.app;
    table([
        ("name", bare(&app.name)),
        ("title", text(&*app.title)),
        ("description", text(&*app.description)),
        ("version", text(&*app.version)),
        ("prefix", text(&*app.prefix)),
        ("compiler", bare(app.compiler)),
    ])
}

fn flags(plan: &Plan) -> Value {
    let any = |ask: fn(&EntityPlan) -> bool| Value::from(plan.entities.iter().any(ask));
    let column = |ask: fn(&ColumnType) -> bool| {
        Value::from(plan.tables.iter().flat_map(|table| &table.columns).any(|c| ask(&c.ty)))
    };
    let auth = plan.app.auth.as_ref();
    table([
        ("auth", auth.is_some().into()),
        ("roles", auth.is_some_and(|auth| auth.role.is_some()).into()),
        ("api_keys", auth.is_some_and(|auth| auth.api_key_header.is_some()).into()),
        ("open_registration", auth.is_some_and(|auth| auth.open_registration).into()),
        ("layered", (plan.app.architecture == Architecture::Layered).into()),
        ("etags", plan.app.etags.into()),
        ("offset_pages", plan.app.offset_pages.into()),
        ("cursor_pages", plan.app.cursor_pages.into()),
        ("resources", any(|entity| entity.resource.is_some())),
        ("uuid_keys", any(|entity| entity.surrogate_key && !int_key(entity))),
        ("int_keys", any(|entity| entity.surrogate_key && int_key(entity))),
        ("timestamps", any(|entity| entity.timestamps)),
        ("active", any(|entity| entity.is_active)),
        ("versions", any(|entity| entity.optimistic_lock)),
        ("enums", (!plan.enums.is_empty()).into()),
        ("decimals", column(|ty| matches!(ty, ColumnType::Decimal(..)))),
        ("durations", column(|ty| matches!(ty, ColumnType::Duration))),
        ("json", column(|ty| matches!(ty, ColumnType::Json))),
    ])
}

fn int_key(entity: &EntityPlan) -> bool {
    entity.key.iter().any(|part| matches!(part.ty.kind, ValueKind::Int { .. }))
}

fn settings(auth: &AuthPlan) -> Value {
    table([
        ("access_token_ttl", auth.access_token_ttl.into()),
        ("refresh_token_ttl", auth.refresh_token_ttl.into()),
        ("api_key_header", text(auth.api_key_header.as_deref().unwrap_or_default())),
    ])
}

fn user(plan: &Plan, auth: &AuthPlan) -> Value {
    let Some(entity) = plan.entities.get(auth.user) else {
        stratapi_diagnostics::bug!("the account entity is not in the plan");
    };
    let key = entity.key.first();
    let kind = |ask: fn(&ValueKind) -> bool| key.is_some_and(|part| ask(&part.ty.kind)).into();
    table([
        ("class", bare(&entity.class)),
        ("stem", bare(&entity.stem)),
        ("module", bare(&entity.module)),
        ("router_module", bare(&entity.router_module)),
        ("one", bare(&entity.one)),
        ("many", bare(&entity.many)),
        ("label", text(&*entity.label)),
        ("label_plural", text(&*entity.label_plural)),
        ("table", text(plan.tables[entity.table].name.as_str())),
        ("key", key.map_or(Value::from(false), |part| bare(&part.attribute))),
        ("key_column", key.map_or(Value::from(false), |part| text(part.column.as_str()))),
        ("key_is_uuid", kind(|kind| matches!(kind, ValueKind::Uuid))),
        ("key_is_int", kind(|kind| matches!(kind, ValueKind::Int { .. }))),
        ("login", field(&entity.fields[auth.login])),
        ("secret", field(&entity.fields[auth.secret])),
        ("role", auth.role.map_or(Value::from(false), |role| field(&entity.fields[role]))),
        ("role_class", role_class(plan)),
        ("roles", auth.roles.iter().map(|role| bare(&role.member)).collect()),
        ("timestamps", entity.timestamps.into()),
        ("active", entity.is_active.into()),
        ("versions", entity.optimistic_lock.into()),
        ("resource", entity.resource.is_some().into()),
    ])
}

fn role_class(plan: &Plan) -> Value {
    let roles = plan.enums.iter().find(|item| item.roles);
    roles.map_or(Value::from(false), |item| bare(&item.class))
}

fn field(field: &FieldPlan) -> Value {
    table([
        ("wire", text(&*field.wire)),
        ("attribute", bare(&field.attribute)),
        ("model_attribute", bare(&field.model_attribute)),
        ("column", text(field.column.as_str())),
        ("is_email", matches!(field.ty.kind, ValueKind::Email).into()),
    ])
}
