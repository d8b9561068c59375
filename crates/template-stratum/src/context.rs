//! What templates see: the plan's facts under short names. `templates/README.md` lists them.

use std::collections::BTreeSet;

use minijinja::value::Value;
use stratapi_plan::{
    Architecture, AuthPlan, Case, ColumnType, EntityPlan, FieldPlan, FieldSource, Operation,
    PagePart, Pagination, Plan, Presence, ProblemForm, ProblemPart, ReferencePlan, ResourcePlan,
    ValueKind, ValueType,
};

use crate::stack;
use crate::value::{Encoded, bare, table, text};

/// Everything that templates may print or ask.
pub(crate) fn context(plan: &Plan) -> Value {
    let auth = plan.app.auth.as_ref();
    table([
        ("app", app(plan)),
        ("is", flags(plan)),
        ("user", auth.map_or(Value::from(false), |auth| user(plan, auth))),
        ("auth", auth.map_or(Value::from(false), |auth| settings(plan, auth))),
        ("problem", problem(plan)),
        ("seed_edit", seed_edit(plan)),
        ("imports", imports(plan)),
        ("stack", stack::stack(plan)),
    ])
}

/// What the tests change of a seed.
fn seed_edit(plan: &Plan) -> Value {
    plan.seed_edit().map_or(Value::from(false), |edit| {
        let field = &plan.entities[plan.seeds[edit.seeds].entity].fields[edit.field];
        table([
            ("table", edit.seeds.into()),
            ("attribute", bare(field.model_attribute.as_str())),
            ("value", text(edit.value)),
        ])
    })
}

fn app(plan: &Plan) -> Value {
    let app = &plan.app;
    table([
        ("name", bare(&app.name)),
        ("title", text(&*app.title)),
        ("description", text(&*app.description)),
        ("version", text(&*app.version)),
        ("cursor_lists", cursor_lists(plan)),
        ("invalid_code", app.invalid_status.into()),
        ("invalid_status", bare(invalid_status(app.invalid_status))),
        ("page", page(plan, Pagination::Offset)),
        ("cursor_page", cursor_page(plan)),
        ("idempotent_operations", idempotent_operations(plan)),
        ("release", bare(release(&app.version))),
        ("prefix", text(&*app.prefix)),
        ("compiler", bare(app.compiler)),
    ])
}

/// What is answered to a request that fails: the names of what it shows.
fn problem(plan: &Plan) -> Value {
    use ProblemPart::{Code, Detail, Instance, Keyed, List, RequestId};
    let form = &plan.app.problem;
    let (listed, alone) = (form.shows(List), form.tells_by_keys_alone());
    let shows_request = form.shows(Instance)
        || form.shows(RequestId)
        || form.shows(Keyed) && plan.has_enveloped_bodies();
    let tells_detail = form.shows(Detail) || alone;
    let told = [
        ("request", shows_request),
        ("code", form.shows(Code)),
        ("detail", tells_detail),
        ("errors", listed || form.shows(Keyed)),
    ];
    let untold = told.into_iter().filter(|(_, told)| !told).map(|(name, _)| bare(name));
    let part = |part: ProblemPart| form.wire(part).map_or(Value::from(false), bare);
    let parts = ProblemPart::ALL.map(|one| (one.key(), part(one)));
    let more = [
        ("is_usual", (*form == ProblemForm::usual()).into()),
        ("one", form.one.as_ref().map_or(Value::from(false), bare)),
        ("general", bare(&form.general)),
        ("media_type", text(&*form.media_type)),
        ("keyed_alone", alone.into()),
        ("tells_detail", tells_detail.into()),
        ("renames", form.renames().into()),
        ("has_parts", (form.one.is_some() || listed).into()),
        ("shows_texts", (form.shows(Instance) || listed || form.shows(Keyed)).into()),
        ("untold", untold.collect()),
    ];
    table(parts.into_iter().chain(more))
}

/// The member of `HTTPStatus` for requests that are not as the document says.
fn invalid_status(code: u16) -> &'static str {
    if code == 400 { "BAD_REQUEST" } else { "UNPROCESSABLE_ENTITY" }
}

/// The members of a page; none where rows stand in a bare array.
fn page(plan: &Plan, pagination: Pagination) -> Value {
    let lists = plan.app.lists.of(pagination);
    let member = |(part, wire): &(PagePart, String)| {
        table([
            ("name", bare(part.name())),
            ("wire", bare(wire)),
            ("is_rows", (*part == PagePart::Rows).into()),
            ("is_next", (*part == PagePart::Next).into()),
            ("is_renamed", (wire != part.name()).into()),
        ])
    };
    lists.members().iter().map(member).collect()
}

/// The page of a list that is paged by cursor, unless every such list has a form of its own.
fn cursor_page(plan: &Plan) -> Value {
    let Some(next) = plan.app.lists.wire(PagePart::Next) else { return Value::from(false) };
    table([("next", bare(next)), ("members", page(plan, Pagination::Cursor))])
}

/// Names of the operations that take cursors: `GET /api/v1/posts/{post_id}/comments`.
fn cursor_lists(plan: &Plan) -> Value {
    let resources = plan.entities.iter().filter_map(|entity| entity.resource.as_ref());
    let listing = |resource: &&ResourcePlan| {
        let lists = resource.operations.iter().any(|one| one.operation == Operation::List);
        lists && resource.pagination == Pagination::Cursor
    };
    let name = |resource: &ResourcePlan| {
        let path = stratapi_plan::without_converters(&resource.collection_path);
        text(format!("GET {}{path}", plan.app.prefix))
    };
    resources.filter(listing).map(name).collect()
}

/// Names of the operations that take keys of requests: `POST /api/v1/orders/{order_id}/payments`.
fn idempotent_operations(plan: &Plan) -> Value {
    let endpoints = plan.endpoints.iter().filter(|endpoint| endpoint.idempotent);
    endpoints.map(|endpoint| text(endpoint.operation(&plan.app.prefix))).collect()
}

/// The version as packaging tools take it: itself where they can read it, else `0`.
fn release(version: &str) -> &str {
    let (public, local) = version.split_once('+').unwrap_or((version, "local"));
    let (numbers, suffix) = public
        .split_at(public.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(public.len()));
    let parts = |text: &str, good: fn(u8) -> bool| {
        text.split('.').all(|part| !part.is_empty() && part.bytes().all(good))
    };
    let stage = suffix.trim_start_matches('-').trim_end_matches(|c: char| c.is_ascii_digit());
    let known = matches!(stage.trim_end_matches('.'), "" | "a" | "alpha" | "b" | "beta" | "rc");
    let good = parts(numbers, |b| b.is_ascii_digit())
        && parts(local, |b| b.is_ascii_alphanumeric())
        && known
        && (suffix.is_empty() || !stage.is_empty());
    if good { version } else { "0" }
}

fn flags(plan: &Plan) -> Value {
    let auth = plan.app.auth.as_ref();
    let broken = plan.has_invariants() || plan.has_write_rules();
    let all = [
        ("auth", auth.is_some().into()),
        ("passwords", plan.has_passwords().into()),
        ("refusals", plan.refuses().into()),
        ("invariants", plan.has_invariants().into()),
        ("invariant_errors", broken.into()),
        ("error_facts", (broken || plan.has_requirements()).into()),
        ("row_rules", plan.asks_of_rows().into()),
        ("locks", plan.has_locks().into()),
        ("shared_locks", plan.holds_rows().into()),
        ("computed", plan.has_computed().into()),
        ("transitions", plan.has_machines().into()),
        ("guards", plan.has_guards().into()),
        ("guarded_writes", plan.guards_writes().into()),
        ("flows", (!plan.flows.is_empty()).into()),
        ("requirements", plan.has_requirements().into()),
        ("matching", plan.has_matching().into()),
        ("events", (!plan.events.is_empty()).into()),
        ("idempotent", plan.has_idempotent_endpoints().into()),
        ("seeds", (!plan.seeds.is_empty()).into()),
        ("database_commands", (auth.is_some() || !plan.seeds.is_empty()).into()),
        ("limited", plan.counts_requests().into()),
        ("rate_limits", plan.has_rate_limits().into()),
        ("limited_keys", plan.limits_keys().into()),
        ("keyed_headers", (!plan.keyed_headers().is_empty()).into()),
        ("header_texts", plan.has_header_texts().into()),
        ("roles", auth.is_some_and(|auth| auth.role.is_some()).into()),
        ("api_keys", auth.is_some_and(|auth| auth.api_key_header.is_some()).into()),
        ("open_registration", auth.is_some_and(|auth| auth.open_registration).into()),
        (
            "account_command",
            auth.is_some_and(|auth| fields(&plan.entities[auth.user], auth).is_some()).into(),
        ),
        ("services", (auth.is_some() || plan.app.architecture == Architecture::Layered).into()),
        ("layered", (plan.app.architecture == Architecture::Layered).into()),
        ("camel", (plan.app.case == Case::Camel).into()),
        ("etags", plan.app.etags.into()),
        ("revalidates", plan.has_revalidation().into()),
        ("bad_requests", (plan.app.invalid_status == 400).into()),
        ("offset_pages", plan.app.pages.counted.into()),
        ("uncounted_pages", plan.app.pages.uncounted.into()),
        ("numbered_pages", plan.numbers_pages().into()),
        ("cursor_pages", plan.app.pages.by_cursor.into()),
        ("enveloped_bodies", plan.has_enveloped_bodies().into()),
        ("resources", plan.entities.iter().any(|entity| entity.resource.is_some()).into()),
        ("loops", loops(plan).into()),
        (
            "test_models",
            plan.entities.iter().any(|it| it.class.as_str().starts_with("Test")).into(),
        ),
    ];
    table(all.into_iter().chain(columns(plan)).chain(workers(plan)))
}

/// Flags of what tables have.
fn columns(plan: &Plan) -> [(&'static str, Value); 11] {
    let base = Base::of(plan);
    [
        ("uuid_keys", base.uuid_keys.into()),
        ("int_keys", base.int_keys.into()),
        ("timestamps", base.timestamps.into()),
        ("active", base.active.into()),
        ("versions", base.versions.into()),
        ("enums", (!plan.enums.is_empty()).into()),
        ("decimals", has_column(plan, |ty| matches!(ty, ColumnType::Decimal(..))).into()),
        ("durations", has_column(plan, |ty| matches!(ty, ColumnType::Duration)).into()),
        ("json_lists", json_lists(plan).into()),
        ("json_or_null", json_or_null(plan).into()),
        ("json_columns", (json_lists(plan) || json_or_null(plan)).into()),
    ]
}

/// Flags of what workers do.
fn workers(plan: &Plan) -> [(&'static str, Value); 4] {
    [
        ("jobs", plan.has_jobs().into()),
        ("schedules", plan.has_schedules().into()),
        ("background", plan.has_background().into()),
        ("job_callers", plan.has_job_callers().into()),
    ]
}

fn has_column(plan: &Plan, ask: fn(&ColumnType) -> bool) -> bool {
    plan.tables.iter().flat_map(|table| &table.columns).any(|column| ask(&column.ty))
}

/// Whether some list has elements that JSON has no type for.
fn json_lists(plan: &Plan) -> bool {
    let fields = plan.entities.iter().flat_map(|entity| &entity.fields);
    fields.map(|field| &field.ty).any(|ty| ty.list && !ty.kind.is_json())
}

/// Whether some JSON that JSON has all types for may be null, and has a default.
fn json_or_null(plan: &Plan) -> bool {
    let fields = plan.entities.iter().flat_map(|entity| &entity.fields);
    fields.filter(|field| field.takes_default()).map(|field| &field.ty).any(|ty| {
        (ty.list && ty.kind.is_json()) || (!ty.list && ty.kind == stratapi_plan::ValueKind::Json)
    })
}

/// Whether rows may refer to each other in circles.
fn loops(plan: &Plan) -> bool {
    plan.tables.iter().any(|table| {
        let mut keys = table.foreign_keys.iter();
        keys.any(|key| key.deferred || key.target == table.name)
    })
}

/// Which base columns some table has.
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
struct Base {
    uuid_keys: bool,
    int_keys: bool,
    timestamps: bool,
    active: bool,
    versions: bool,
}

impl Base {
    fn of(plan: &Plan) -> Self {
        let any = |ask: fn(&EntityPlan) -> bool| plan.entities.iter().any(ask);
        Self {
            // Events, jobs and histories have keys, refresh tokens keys and timestamps, whatever entities have.
            uuid_keys: plan.app.auth.is_some()
                || plan.has_histories()
                || !plan.events.is_empty()
                || plan.has_jobs()
                || any(|e| e.surrogate_key && !int_key(e)),
            int_keys: any(|e| e.surrogate_key && int_key(e)),
            timestamps: plan.app.auth.is_some() || any(|e| e.timestamps),
            active: any(|e| e.is_active),
            versions: any(|e| e.optimistic_lock),
        }
    }

    fn any(&self) -> bool {
        self.uuid_keys || self.int_keys || self.timestamps || self.active || self.versions
    }
}

/// Lists of imported names that depend on what is used, in the order that linters ask for.
fn imports(plan: &Plan) -> Value {
    let base = Base::of(plan);
    let decimals = has_column(plan, |ty| matches!(ty, ColumnType::Decimal(..)));
    let durations = has_column(plan, |ty| matches!(ty, ColumnType::Duration));
    table([
        (
            "column_types",
            listed(&[
                (json_lists(plan) || json_or_null(plan), "JSON"),
                (decimals || durations, "BigInteger"),
                (true, "DateTime"),
                (true, "Dialect"),
                (!plan.enums.is_empty(), "Enum"),
                (decimals, "Numeric"),
            ]),
        ),
        (
            "own_types",
            listed(&[
                (durations, "DurationMicroseconds"),
                (decimals, "ExactDecimal"),
                (true, "UTCDateTime"),
            ]),
        ),
        (
            "base",
            listed(&[
                (base.int_keys, "BigInteger"),
                (base.int_keys, "Integer"),
                (true, "MetaData"),
                (true, "Uuid"),
                (base.timestamps, "func"),
                (base.versions, "text"),
                (base.active, "true"),
            ]),
        ),
        (
            "base_orm",
            listed(&[
                (true, "DeclarativeBase"),
                (base.any(), "Mapped"),
                (base.versions, "declared_attr"),
                (base.any(), "mapped_column"),
            ]),
        ),
    ])
}

fn listed(names: &[(bool, &str)]) -> Value {
    let used: Vec<_> = names.iter().filter(|(used, _)| *used).map(|(_, name)| *name).collect();
    Encoded(used.join(", ")).into()
}

fn int_key(entity: &EntityPlan) -> bool {
    entity.key.iter().any(|part| matches!(part.ty.kind, ValueKind::Int { .. }))
}

fn settings(plan: &Plan, auth: &AuthPlan) -> Value {
    let post = |path: &str| text(format!("POST {}/auth/{path}", plan.app.prefix));
    table([
        ("token_operation", post("token")),
        ("refresh_operation", post("refresh")),
        ("scheme", bare(&auth.scheme)),
        ("scheme_lower", bare(auth.scheme.to_lowercase())),
        ("access_token_ttl", auth.access_token_ttl.into()),
        ("refresh_token_ttl", auth.refresh_token_ttl.into()),
        ("api_key_header", text(auth.api_key_header.as_deref().unwrap_or_default())),
    ])
}

fn user(plan: &Plan, auth: &AuthPlan) -> Value {
    let Some(entity) = plan.entities.get(auth.user) else {
        stratapi_diagnostics::bug!("the account entity is not in the plan");
    };
    let guards_reads = entity.guarded_reads().next().is_some();
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
        ("key_path", text(key_path(plan, entity))),
        ("foreign_key", text(key.map_or(String::new(), |part| format!("user_{}", part.column)))),
        ("foreign_key_is_usual", key.is_some_and(|part| part.column.as_str() == "id").into()),
        ("key_type", bare(key.map_or("str", |part| key_type(&part.ty.kind)))),
        ("key_is_uuid", kind(|kind| matches!(kind, ValueKind::Uuid))),
        ("key_is_sequence", (entity.surrogate_key && int_key(entity)).into()),
        ("key_is_int", kind(|kind| matches!(kind, ValueKind::Int { .. }))),
        ("login", field(&entity.fields[auth.login])),
        ("secret", field(&entity.fields[auth.secret])),
        ("role", auth.role.map_or(Value::from(false), |role| field(&entity.fields[role]))),
        ("role_in_create", role_in_create(entity, auth).into()),
        ("create_class", bare(entity.body_class("Create"))),
        ("answer_class", bare(entity.whole_answer_class())),
        ("body", entity.form.body.as_ref().map_or(Value::from(false), bare)),
        ("body_row", bare(if entity.form.body.is_some() { "data.item" } else { "data" })),
        ("answer", entity.form.answer.as_ref().map_or(Value::from(false), bare)),
        ("reads_apart", (entity.form.answer.is_some() && !guards_reads).into()),
        ("registers_in_row", (entity.form.body.is_some() && auth.open_registration).into()),
        ("guards_reads", guards_reads.into()),
        ("is_shown_by_caller", entity.is_shown_by_caller().into()),
        ("guards_registration", guards_registration(entity).into()),
        (
            "refuses_registration",
            (role_in_create(entity, auth) || guards_registration(entity)).into(),
        ),
        ("role_class", role_class(plan)),
        ("roles", auth.roles.iter().map(|role| bare(&role.member)).collect()),
        ("last_role", auth.roles.last().map_or(Value::from(false), |role| bare(&role.member))),
        ("timestamps", entity.timestamps.into()),
        ("active", entity.is_active.into()),
        ("versions", entity.optimistic_lock.into()),
        ("resource", entity.resource.is_some().into()),
        ("fields", fields(entity, auth).unwrap_or_default().into_iter().map(text).collect()),
        ("json_members", json_members(plan, entity).into_iter().map(text).collect()),
    ])
}

/// Members of the schema of a new account whose values are no texts on the wire, in ascending order.
fn json_members<'a>(plan: &'a Plan, entity: &'a EntityPlan) -> BTreeSet<&'a str> {
    let given = |presence: &Presence| *presence != Presence::Absent;
    let fields = entity.fields.iter().filter(|field| given(&field.create) && !is_text(&field.ty));
    let embedded = entity.embedded.iter().filter(|value| given(&value.create));
    let references = entity.references.iter().filter(|reference| given(&reference.create));
    let keys = references.flat_map(|reference| {
        let parts = plan.entities[reference.target].key.iter();
        reference.key_wires.iter().zip(parts).filter(|(_, part)| !is_text(&part.ty))
    });
    let links = entity.links.iter().filter(|link| link.writable);
    (fields.map(|field| field.wire.as_str()))
        .chain(embedded.map(|value| value.wire.as_str()))
        .chain(keys.map(|(wire, _)| wire.as_str()))
        .chain(links.map(|link| link.ids_wire.as_str()))
        .collect()
}

/// Whether values are texts on the wire.
fn is_text(ty: &ValueType) -> bool {
    use ValueKind::{Bool, Float, Int, Json};
    !ty.list && !matches!(ty.kind, Int { .. } | Float { .. } | Bool | Json)
}

/// What the command that makes an account needs besides login and secret, as `name=value`;
/// nothing if a new account takes more than a command line can say.
fn fields(entity: &EntityPlan, auth: &AuthPlan) -> Option<Vec<String>> {
    let required = |presence: &Presence| *presence == Presence::Required;
    let embedded = entity.embedded.iter().any(|value| required(&value.create));
    let alone = |it: &ReferencePlan| it.nullable || it.relaxed;
    let referring = entity.references.iter().any(|it| required(&it.create) || !alone(it));
    if embedded || referring || entity.links.iter().any(|link| link.writable) {
        return None;
    }
    let fields = entity.fields.iter().enumerate();
    let asked = fields.filter(|(index, field)| {
        let known = [auth.login, auth.secret].contains(index);
        // A check may ask for what could be left out.
        let checked = field.checked && field.create != Presence::Absent;
        let filled = !field.sample.value.is_null() || field.takes_default();
        let told = required(&field.create) || checked && filled;
        field.source == FieldSource::Attribute && told && !known
    });
    let asked: Vec<&FieldPlan> = asked.map(|(_, field)| field).collect();
    // A command line can't say that a text is null.
    let unsaid = |field: &&FieldPlan| field.sample.value.is_null() && is_text(&field.ty);
    if asked.iter().any(unsaid) {
        return None;
    }
    Some(asked.into_iter().map(|field| format!("{}={}", field.wire, sample(field))).collect())
}

/// A valid value of an attribute: a text as it stands, anything else as JSON.
fn sample(field: &FieldPlan) -> String {
    let value = &field.sample.value;
    let plain = value.as_str().filter(|_| is_text(&field.ty));
    plain.map_or_else(|| value.to_string(), |text| text.replace("{n}", "0"))
}

/// What a foreign key to the account refers to: `users.id`.
fn key_path(plan: &Plan, entity: &EntityPlan) -> String {
    let column = entity.key.first().map_or("", |part| part.column.as_str());
    format!("{}.{column}", plan.tables[entity.table].name)
}

fn key_type(kind: &ValueKind) -> &'static str {
    match kind {
        ValueKind::Uuid => "UUID",
        ValueKind::Int { .. } => "int",
        _ => "str",
    }
}

/// Whether somebody who registers may not send all that a new account has.
fn guards_registration(entity: &EntityPlan) -> bool {
    entity.kept_from_registration().next().is_some()
}

/// Whether the schema of a new account has the role, which only others may choose.
fn role_in_create(entity: &EntityPlan, auth: &AuthPlan) -> bool {
    auth.role.is_some_and(|role| entity.fields[role].create != Presence::Absent)
}

fn role_class(plan: &Plan) -> Value {
    let roles = plan.enums.iter().find(|item| item.roles);
    roles.map_or(Value::from(false), |item| bare(&item.class))
}

fn field(field: &FieldPlan) -> Value {
    table([
        ("wire", text(&*field.wire)),
        ("attribute", bare(&field.attribute)),
        ("word", bare(&field.word)),
        ("model_attribute", bare(&field.model_attribute)),
        ("column", text(field.column.as_str())),
        ("sample", text(sample(field))),
        ("is_email", matches!(field.ty.kind, ValueKind::Email).into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn only_versions_that_packaging_tools_read_are_releases() {
        for good in ["1", "0.1.0", "2026.11.21", "1.0rc1", "1.0.0-beta.2", "1.0+local.1"] {
            assert_eq!(release(good), good);
        }
        for bad in ["", "v x", "1..0", "1.0-", "1.0-rc.x", "1.0+", "latest", "1.0\n", "1.0-1.0"] {
            assert_eq!(release(bad), "0", "{bad}");
        }
    }
}
