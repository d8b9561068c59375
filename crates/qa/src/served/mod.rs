//! One run of the application, which the checks of the contract and of the running application
//! share: it is migrated, served on the loopback interface, probed, walked through as the model
//! says, and asked for what the model refuses.

mod accounts;
mod attributes;
mod body;
mod compose;
mod composed;
mod flows;
mod guards;
mod life;
mod lists;
mod rule;
mod views;
mod walk;
mod wanted;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use stratapi_diagnostics::{Code, Span};

use crate::judge::Bench;
use crate::result::Found;
use crate::subject::{Endpoint, FlowRoute, Subject};
use crate::tool::{Limits, ToolCall};
use crate::trouble;

/// The program that serves and asks.
const SCRIPT: &str = include_str!("serve.py");
/// Modules that it imports.
const MODULES: [(&str, &str); 2] =
    [("lists", include_str!("lists.py")), ("sessions", include_str!("sessions.py"))];
/// The key of the application.
const KEY: &str = "ssssssssssssssssssssssssssssssssssssssss";
/// How long the application may take until it answers, in seconds.
const PATIENCE: u32 = 45;
/// How long all of it may take.
const TIME: Duration = Duration::from_mins(5);
/// Where the running application publishes its document.
const DOCUMENT: &str = "/openapi.json";

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The operation does what the model says.
    Works,
    /// The access rule refuses a caller.
    Refuses,
    /// Filters, orders, searches and pages of a list show the rows that they must.
    Lists,
    /// A write that must be refused is, and one that goes through changes what it must.
    Guards,
}

/// A request with what must come of it.
#[derive(Debug)]
pub(crate) struct Step {
    /// What it is for.
    pub(crate) purpose: Purpose,
    /// Index in [`Walk::endpoints`]; behind these come the routes of flows.
    pub(crate) endpoint: usize,
    /// Who asks, in words.
    pub(crate) actor: String,
    /// Statuses that may come.
    pub(crate) expect: Vec<u16>,
    /// What is special about what is sent; may be empty.
    pub(crate) what: String,
    /// Where the IR asks for it, if that is narrower than the entity.
    pub(crate) span: Option<Span>,
    request: Value,
}

/// All that is asked of an application.
pub(crate) struct Walk<'a> {
    /// Its endpoints, in the order of the plan.
    pub(crate) endpoints: Vec<Endpoint<'a>>,
    /// The routes that start flows, in the order of the plan.
    pub(crate) flows: Vec<FlowRoute<'a>>,
    /// The steps, in the order in which they are taken.
    pub(crate) steps: Vec<Step>,
    accounts: Vec<Value>,
    registration: Option<Value>,
    /// What the accounts sign in with.
    password: String,
}

/// What came of a step.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Answer {
    /// The status; 0 if there was no answer, none if a row was missing that an earlier step makes.
    pub(crate) status: Option<u16>,
    /// The start of the answer.
    pub(crate) text: String,
    /// What in the answer is not as it must be.
    pub(crate) wrong: Option<String>,
}

/// What came of the run.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Served {
    /// How far it came: `build`, `migrate`, `account`, `start` or `done`.
    pub(crate) stage: String,
    /// The end of what the application said about itself.
    pub(crate) log: String,
    /// Whether it was still running when it had not answered for long.
    #[serde(default)]
    pub(crate) hangs: bool,
    /// Status and start of the answer, by path.
    #[serde(default)]
    pub(crate) probes: BTreeMap<String, (u16, String)>,
    /// The document that it publishes.
    #[serde(default)]
    pub(crate) document: Option<Value>,
    /// Why nobody could sign in.
    #[serde(default)]
    pub(crate) sign_in: Option<String>,
    /// One answer for each step, if all were taken.
    #[serde(default)]
    pub(crate) steps: Vec<Answer>,
    /// What is wrong about sign-in, tokens and the keeping of secrets.
    #[serde(default)]
    pub(crate) weak: Vec<String>,
    /// Whether that was tried: an account is there.
    #[serde(default)]
    pub(crate) tried: bool,
    /// Tokens that stand nowhere as they are, where somebody else has to look for them.
    #[serde(default)]
    pub(crate) secrets: Vec<String>,
}

impl Served {
    /// A run that came only so far.
    fn stopped(stage: &str, log: String) -> Self {
        Self { stage: stage.to_owned(), log, ..Self::default() }
    }
}

/// Runs the application, once for all checks.
///
/// # Errors
/// If there is no answer: what the check `code` comes to then.
pub(crate) fn run(bench: &Bench<'_>, code: Code) -> Result<Served, Found> {
    let walk = Walk::of(bench.subject);
    if bench.composes() {
        return bench.composed(|| composed::run(bench, &walk, code));
    }
    let mark = bench.mark();
    let call = walk.call(bench.subject, &mark, None);
    trouble::answer(code, &call, &bench.run(&call), &mark)
}

/// What came of the run, for checks that need the whole walk.
///
/// # Errors
/// If it was not taken: they are skipped then, since another check says why.
pub(crate) fn finished(bench: &Bench<'_>, code: Code) -> Result<Served, Found> {
    match run(bench, code) {
        Ok(served) if served.stage == "done" && served.sign_in.is_none() => Ok(served),
        _ => Err(Found::skipped("the application does not start")),
    }
}

/// The program with its modules: in one text, which no file of the project can stand in the way of.
fn script() -> String {
    let modules = json!(MODULES);
    format!(
        "import sys\nimport types\n\nfor name, text in {modules}:\n    \
         sys.modules[name] = module = types.ModuleType(name)\n    \
         exec(compile(text, name, \"exec\"), module.__dict__)\n\n{SCRIPT}"
    )
}

impl Walk<'_> {
    /// The call that takes it: in which the application is served too, or through a port at which
    /// it is served already. Then no code of the project runs in the call.
    fn call(&self, subject: &Subject<'_>, mark: &str, port: Option<u16>) -> ToolCall {
        let mut call = ToolCall::new("python", &["-I", "-c", &script()]);
        call.input = self.asked(subject, mark).into_bytes();
        call.loopback = port.is_none();
        call.untrusted = port.is_none();
        call.reach = port;
        call.limits = Limits { time: TIME, output: 64 << 20, ..Limits::default() };
        call
    }

    fn asked(&self, subject: &Subject<'_>, mark: &str) -> String {
        let app = &subject.plan.app;
        let steps: Vec<&Value> = self.steps.iter().map(|step| &step.request).collect();
        let account = app.auth.as_ref().map(|auth| &subject.plan.entities[auth.user]);
        json!({
            "mark": mark,
            "patience": PATIENCE,
            "password": self.password,
            "key": KEY,
            "document_path": DOCUMENT,
            "token_path": format!("{}/auth/token", app.prefix),
            "problem": views::problem(&app.problem),
            "scheme": app.auth.as_ref().map(|auth| &auth.scheme),
            "me_row": account.and_then(|account| account.form.answer.as_ref()),
            "me_path": subject.plan.me_path().unwrap_or_default(),
            "refresh_path": format!("{}/auth/refresh", app.prefix),
            "revoke_path": format!("{}/auth/revoke", app.prefix),
            "registration": self.registration,
            "accounts": self.accounts,
            "steps": steps,
        })
        .to_string()
    }
}
