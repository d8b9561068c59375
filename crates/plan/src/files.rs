//! The registry of files: which there are, who makes them, and when. A new template is one line
//! in `TEMPLATES`; its path is the path of the file it makes.

use crate::{Architecture, Operation, Phase, Plan, PlannedFile, Stratum, Subject};

/// When a template's file is part of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    /// There is sign-in.
    Auth,
    /// Passwords are stored.
    Passwords,
    /// There are API keys.
    ApiKeys,
    /// There are services: those of the layers, or sign-in.
    Services,
    /// Some rows have versions.
    Etags,
    /// Some list is paged by cursor.
    Cursors,
    /// Some attribute is a slug.
    Slugs,
    /// Rows can be made in bulk somewhere.
    Bulk,
    /// Flows number something.
    Sequences,
    /// Some requests may be sent again.
    Idempotent,
    /// Flows tell others of something.
    Events,
    /// Workers do flows.
    Jobs,
    /// Requests are counted somewhere.
    Counted,
    /// Some operation has a limit.
    Limited,
    /// Some attribute is not for everybody to write.
    Writable,
    /// Databases start with some rows.
    Seeds,
}

/// The templates: path, phase, condition. In ascending order of their paths.
const TEMPLATES: &[(&str, Phase, When)] = &[
    (".dockerignore", Phase::Support, When::Always),
    (".editorconfig", Phase::Support, When::Always),
    (".env.example", Phase::Support, When::Always),
    (".github/workflows/ci.yml", Phase::Support, When::Always),
    (".gitignore", Phase::Support, When::Always),
    ("Dockerfile", Phase::Support, When::Always),
    ("README.md", Phase::Support, When::Always),
    ("app/__init__.py", Phase::Core, When::Always),
    ("app/cli.py", Phase::Application, When::Always),
    ("app/core/__init__.py", Phase::Core, When::Always),
    ("app/core/bulk.py", Phase::Core, When::Bulk),
    ("app/core/clock.py", Phase::Core, When::Always),
    ("app/core/column_types.py", Phase::Core, When::Always),
    ("app/core/config.py", Phase::Core, When::Always),
    ("app/core/cursor.py", Phase::Core, When::Cursors),
    ("app/core/database.py", Phase::Core, When::Always),
    ("app/core/db_errors.py", Phase::Core, When::Always),
    ("app/core/errors.py", Phase::Core, When::Always),
    ("app/core/etag.py", Phase::Core, When::Etags),
    ("app/core/event_sinks.py", Phase::Core, When::Events),
    ("app/core/idempotency.py", Phase::Core, When::Idempotent),
    ("app/core/ids.py", Phase::Core, When::Always),
    ("app/core/limited_route.py", Phase::Core, When::Limited),
    ("app/core/logging.py", Phase::Core, When::Always),
    ("app/core/metadata.py", Phase::Core, When::Always),
    ("app/core/middleware.py", Phase::Core, When::Always),
    ("app/core/migrations.py", Phase::Core, When::Always),
    ("app/core/openapi.py", Phase::Core, When::Always),
    ("app/core/problems.py", Phase::Core, When::Always),
    ("app/core/rate_limit.py", Phase::Core, When::Counted),
    ("app/core/security.py", Phase::Core, When::Passwords),
    ("app/core/slugs.py", Phase::Core, When::Slugs),
    ("app/core/writable.py", Phase::Core, When::Writable),
    ("app/main.py", Phase::Application, When::Always),
    ("app/models/api_key.py", Phase::Core, When::ApiKeys),
    ("app/models/base.py", Phase::Core, When::Always),
    ("app/models/flow_job.py", Phase::Core, When::Jobs),
    ("app/models/idempotency_key.py", Phase::Core, When::Idempotent),
    ("app/models/number_series.py", Phase::Core, When::Sequences),
    ("app/models/outbox_event.py", Phase::Core, When::Events),
    ("app/models/refresh_token.py", Phase::Core, When::Auth),
    ("app/models/seeded_row.py", Phase::Core, When::Seeds),
    ("app/relay.py", Phase::Application, When::Events),
    ("app/repositories/__init__.py", Phase::Core, When::Always),
    ("app/repositories/api_key_repository.py", Phase::Core, When::ApiKeys),
    ("app/repositories/base.py", Phase::Core, When::Always),
    ("app/repositories/flow_job_repository.py", Phase::Core, When::Jobs),
    ("app/repositories/idempotency_repository.py", Phase::Core, When::Idempotent),
    ("app/repositories/number_repository.py", Phase::Core, When::Sequences),
    ("app/repositories/outbox_repository.py", Phase::Core, When::Events),
    ("app/repositories/refresh_token_repository.py", Phase::Core, When::Auth),
    ("app/routers/auth.py", Phase::Application, When::Auth),
    ("app/routers/health.py", Phase::Application, When::Always),
    ("app/schemas/__init__.py", Phase::Core, When::Always),
    ("app/schemas/auth.py", Phase::Core, When::Auth),
    ("app/schemas/base.py", Phase::Core, When::Always),
    ("app/schemas/health.py", Phase::Core, When::Always),
    ("app/schemas/types.py", Phase::Core, When::Always),
    ("app/seeding.py", Phase::Application, When::Seeds),
    ("app/services/__init__.py", Phase::Core, When::Services),
    ("app/services/auth_service.py", Phase::Core, When::Auth),
    ("app/services/event_relay.py", Phase::Core, When::Events),
    ("app/services/idempotency_service.py", Phase::Core, When::Idempotent),
    ("app/services/job_worker.py", Phase::Entities, When::Jobs),
    ("app/worker.py", Phase::Application, When::Jobs),
    ("docker-compose.yml", Phase::Support, When::Always),
    ("docker/grafana/dashboards/app.json", Phase::Support, When::Always),
    ("docker/grafana/provisioning/dashboards/app.yml", Phase::Support, When::Always),
    ("docker/grafana/provisioning/datasources/prometheus.yml", Phase::Support, When::Always),
    ("docker/prometheus.yml", Phase::Support, When::Always),
    ("migrations/env.py", Phase::Migrations, When::Always),
    ("migrations/script.py.mako", Phase::Migrations, When::Always),
    ("pyproject.toml", Phase::Support, When::Always),
    ("requirements-dev.txt", Phase::Support, When::Always),
    ("requirements.txt", Phase::Support, When::Always),
    ("schemathesis.toml", Phase::Support, When::Always),
    ("tests/__init__.py", Phase::Tests, When::Always),
    ("tests/api/__init__.py", Phase::Tests, When::Always),
    ("tests/api/test_errors.py", Phase::Tests, When::Always),
    ("tests/api/test_health.py", Phase::Tests, When::Always),
    ("tests/api/test_rate_limits.py", Phase::Tests, When::Limited),
    ("tests/conftest.py", Phase::Tests, When::Always),
    ("tests/contract/__init__.py", Phase::Tests, When::Always),
    ("tests/contract/conftest.py", Phase::Tests, When::Always),
    ("tests/contract/test_openapi.py", Phase::Tests, When::Always),
    ("tests/jobs.py", Phase::Tests, When::Jobs),
    ("tests/unit/__init__.py", Phase::Tests, When::Always),
    ("tests/unit/test_cli.py", Phase::Tests, When::Always),
    ("tests/unit/test_core.py", Phase::Tests, When::Always),
    ("tests/unit/test_event_sinks.py", Phase::Tests, When::Events),
    ("tests/unit/test_idempotency.py", Phase::Tests, When::Idempotent),
    ("tests/unit/test_jobs.py", Phase::Tests, When::Jobs),
    ("tests/unit/test_outbox.py", Phase::Tests, When::Events),
    ("tests/unit/test_rate_limit.py", Phase::Tests, When::Counted),
    ("tests/unit/test_relay.py", Phase::Tests, When::Events),
    ("tests/unit/test_seeds.py", Phase::Tests, When::Seeds),
    ("tests/unit/test_types.py", Phase::Tests, When::Always),
    ("tests/unit/test_worker.py", Phase::Tests, When::Jobs),
];

/// Every file of the project, in ascending order of its path.
pub(crate) fn files(plan: &Plan) -> Vec<PlannedFile> {
    let mut files = Files { files: Vec::new() };
    for (path, phase, when) in TEMPLATES {
        if wanted(plan, *when) {
            files.files.push(PlannedFile {
                path: (*path).to_owned(),
                stratum: Stratum::Template,
                phase: *phase,
                subject: Subject::App,
                maker: path,
            });
        }
    }
    for index in 0..plan.entities.len() {
        entity_files(plan, index, &mut files);
        history_files(plan, index, &mut files);
    }
    for (index, association) in plan.associations.iter().enumerate() {
        let path = format!("app/models/{}.py", association.module);
        files.emitted(path, "association", Phase::Entities, Subject::Association(index));
    }
    for (index, slot) in plan.slots.iter().enumerate() {
        files.files.push(PlannedFile {
            path: slot.path(),
            stratum: Stratum::Llm,
            phase: Phase::Entities,
            subject: Subject::Slot(index),
            maker: "slot",
        });
    }
    app_files(plan, &mut files);
    files.files.sort_by(|one, other| one.path.cmp(&other.path));
    files.files
}

struct Files {
    files: Vec<PlannedFile>,
}

impl Files {
    fn emitted(&mut self, path: String, maker: &'static str, phase: Phase, subject: Subject) {
        self.files.push(PlannedFile { path, stratum: Stratum::Ast, phase, subject, maker });
    }

    fn app(&mut self, path: &str, maker: &'static str, phase: Phase) {
        self.emitted(path.to_owned(), maker, phase, Subject::App);
    }
}

fn entity_files(plan: &Plan, index: usize, files: &mut Files) {
    let entity = &plan.entities[index];
    let (module, router) = (entity.module.as_str(), entity.router_module.as_str());
    let mut add = |path: String, maker, phase| {
        files.emitted(path, maker, phase, Subject::Entity(index));
    };
    add(format!("app/models/{module}.py"), "model", Phase::Entities);
    if entity.repository {
        add(format!("app/repositories/{module}_repository.py"), "repository", Phase::Entities);
    }
    if plan.has_schema(index) {
        add(format!("app/schemas/{module}.py"), "schema", Phase::Entities);
    }
    if entity.resource.is_some() || plan.is_account(index) {
        if plan.app.architecture != Architecture::Simple {
            add(format!("app/services/{module}_service.py"), "service", Phase::Entities);
        }
        add(format!("app/routers/{router}.py"), "router", Phase::Entities);
    }
    if entity.resource.is_some() {
        add(format!("tests/api/test_{router}.py"), "api_test", Phase::Tests);
    }
}

fn history_files(plan: &Plan, index: usize, files: &mut Files) {
    let entity = &plan.entities[index];
    for (position, machine) in entity.machines.iter().enumerate() {
        let Some(history) = &machine.history else { continue };
        let module = &history.module;
        let mut add = |path: String, maker| {
            files.emitted(path, maker, Phase::Entities, Subject::History(index, position));
        };
        add(format!("app/models/{module}.py"), "history_model");
        add(format!("app/repositories/{module}_repository.py"), "history_repository");
        if entity.operation(Operation::History(position)).is_some() {
            add(format!("app/schemas/{module}.py"), "history_schema");
        }
    }
}

/// What the whole model gives, where it asks for it.
fn app_files(plan: &Plan, files: &mut Files) {
    let has_routes = !plan.endpoints.is_empty();
    let known = [
        (true, "app/models/__init__.py", "models_index", Phase::Entities),
        (plan.has_computed(), "app/models/computed.py", "computed", Phase::Entities),
        (!plan.enums.is_empty(), "app/models/enums.py", "enums", Phase::Entities),
        (!plan.values.is_empty(), "app/models/values.py", "values", Phase::Entities),
        (!plan.values.is_empty(), "app/schemas/values.py", "value_schemas", Phase::Entities),
        (!plan.shown_views().is_empty(), "app/schemas/views.py", "view_schemas", Phase::Entities),
        (!plan.shown_flags().is_empty(), "app/repositories/viewer.py", "viewer", Phase::Entities),
        (true, "app/routers/__init__.py", "routers_index", Phase::Application),
        (!plan.flows.is_empty(), "app/services/flow_methods.py", "flow_methods", Phase::Entities),
        (plan.has_jobs(), "app/services/job_runner.py", "job_runner", Phase::Entities),
        (plan.has_background(), "app/services/flow_jobs.py", "flow_jobs", Phase::Entities),
        (plan.has_background(), "app/schemas/flow_jobs.py", "job_schemas", Phase::Entities),
        (has_routes || plan.has_schedules(), "tests/api/test_flows.py", "flow_test", Phase::Tests),
        (has_routes, "app/routers/flows.py", "flow_router", Phase::Application),
        (plan.has_flow_models(), "app/schemas/flows.py", "flow_schemas", Phase::Entities),
        (!plan.events.is_empty(), "app/schemas/flow_events.py", "event_schemas", Phase::Entities),
        (!plan.seeds.is_empty(), "app/seeds.py", "seeds", Phase::Application),
        (true, "app/dependencies.py", "dependencies", Phase::Application),
        (true, "migrations/versions/0001_initial.py", "migration", Phase::Migrations),
        (true, "tests/factories.py", "factories", Phase::Tests),
        (plan.app.auth.is_some(), "tests/api/test_auth.py", "auth_test", Phase::Tests),
        (true, "app/core/problem_schema.py", "problem_schema", Phase::Core),
        (plan.has_rate_limits(), "app/core/operation_limits.py", "operation_limits", Phase::Core),
        (plan.has_rate_limits(), "tests/limited.py", "limited_operations", Phase::Tests),
        (!plan.slots.is_empty(), "tests/unit/test_slots.py", "slot_test", Phase::Tests),
        (true, "docs/openapi.yaml", "openapi", Phase::Support),
        (true, "docs/erd.md", "erd", Phase::Support),
        (plan.has_machines(), "docs/state-machines.md", "state_machines", Phase::Support),
    ];
    for (is_wanted, path, emitter, phase) in known {
        if is_wanted {
            files.app(path, emitter, phase);
        }
    }
}

fn wanted(plan: &Plan, when: When) -> bool {
    let auth = plan.app.auth.as_ref();
    match when {
        When::Always => true,
        When::Auth => auth.is_some(),
        When::Passwords => plan.has_passwords(),
        When::ApiKeys => auth.is_some_and(|auth| auth.api_key_header.is_some()),
        When::Services => auth.is_some() || plan.app.architecture == Architecture::Layered,
        When::Etags => plan.app.etags,
        When::Cursors => plan.app.pages.by_cursor,
        When::Slugs => plan.has_slugs(),
        When::Bulk => plan.has_bulk(),
        When::Sequences => plan.has_sequences(),
        When::Seeds => !plan.seeds.is_empty(),
        When::Writable => plan.guards_writes(),
        When::Events => !plan.events.is_empty(),
        When::Idempotent => plan.has_idempotent_endpoints(),
        When::Jobs => plan.has_jobs(),
        When::Counted => plan.counts_requests(),
        When::Limited => plan.has_rate_limits(),
    }
}
