//! Mistakes in what an application does over several entities: flows, requests that may come twice or
//! too often, events, histories, and rules that the database is asked for. Most are seen by the tests that the
//! compiler wrote: only these know the rows from which such a thing starts.

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::{Contract, Tools};

use super::behaviour::few;
use super::{Files, Mutation, first, indent, line, path_of, replace, row};

const FLOWS: &str = "app/services/flow_methods.py";
const ROUTES: &str = "app/routers/flows.py";
const IDEMPOTENCY: &str = "app/services/idempotency_service.py";
const OUTBOX: &str = "app/repositories/outbox_repository.py";
const RELAY: &str = "app/services/event_relay.py";
const SINKS: &str = "app/core/event_sinks.py";
const LIMITED: &str = "app/core/limited_route.py";

pub(super) const ALL: &[Mutation] = &[
    few(1, "history that is not kept", Code::J0502, "total", |files| {
        let recorded = |line: &str| line.contains("_changes.record(");
        let path = path_of(files, "app/services/", |path, text| path != FLOWS && recorded(text))?;
        line(files, &path, |line| recorded(line).then(|| format!("{}pass", indent(line))))
    }),
    tested("rule of other rows that lets everybody in", |files| {
        let (path, text) = first(files, "app/repositories/", "return await self.fulfils(")?;
        let old = "return await self.fulfils(";
        *text = text.replace(old, "return True or await self.fulfils(");
        Some(path)
    }),
    tested("rows hidden by other rows are shown", |files| {
        let asks = |text: &str| {
            let rule = text.split_once("def _visible_to(");
            rule.is_some_and(|(_, rule)| rule.contains(".any("))
        };
        let found = files
            .iter_mut()
            .find(|(path, text)| path.starts_with("app/repositories/") && asks(text));
        let (path, text) = found?;
        *text = text.replace(".where(_visible_to(caller))", "");
        Some(path.clone())
    }),
    tested("flow that asks for nothing", |files| {
        without(files, |line| line.trim().starts_with("raise RequirementError("))
    }),
    tested("flow that anybody may start", |files| {
        replace(files, FLOWS, "_id != caller.id", "_id is None")
    }),
    tested("flow that forgets a value", |files| without(files, sets)),
    tested("flow that takes twice", |files| {
        let (path, text) = first(files, FLOWS, " -= ")?;
        let line = text.lines().find(|line| line.contains(" -= "))?.to_owned();
        *text = text.replacen(&line, &format!("{line}\n{line}"), 1);
        Some(path)
    }),
    tested("flow from any state", |files| {
        without(files, |line| line.trim().starts_with("raise InvalidTransitionError("))
    }),
    tested("flow that makes no row", |files| {
        let made = |line: &str| {
            let call = line.trim().strip_prefix("await self._");
            call.is_some_and(|call| call.contains(".create(") && call.ends_with(')'))
        };
        without(files, made)
    }),
    published("header that goes by another name", |files| {
        replace(files, ROUTES, "Header(alias=\"X-", "Header(alias=\"X-Other-")
    }),
    published("input of a flow with another default", |files| {
        line(files, "app/schemas/flows.py", |line| {
            let (before, number) = line.rsplit_once("] = ")?;
            let number: i64 = number.parse().ok()?;
            Some(format!("{before}] = {}", number + 1))
        })
    }),
    published("segment of a path without its bounds", |files| {
        let old = "Annotated[int, Field(ge=";
        line(files, ROUTES, |line| {
            let (before, rest) = line.split_once(old).filter(|_| line.starts_with("async def "))?;
            let (_, behind) = rest.split_once(")]")?;
            Some(format!("{before}int{behind}"))
        })
    }),
    tested("query read the other way round", |files| {
        replace(files, ROUTES, "=query.", "=not query.")
    }),
    tested("answer that is not kept", |files| {
        let (old, new) = ("if self._attempt is None:", "if self._attempt is None or status:");
        replace(files, IDEMPOTENCY, old, new)
    }),
    tested("key that stands for any request", |files| {
        let old = "if known.request_hash != attempt.request_hash:";
        replace(files, IDEMPOTENCY, old, "if not known.request_hash:")
    }),
    tested("key that is everybody's", |files| {
        replace(files, "app/core/idempotency.py", "f\"{caller}\\n{key}\"", "f\"{key}\"")
    }),
    tested("answer that never grows old", |files| {
        replace(files, IDEMPOTENCY, "since=utcnow() - self._ttl", "since=utcnow() - 99 * self._ttl")
    }),
    tested("request done twice at once", |files| {
        replace(
            files,
            IDEMPOTENCY,
            "            raise RequestInProgressError\n",
            "            return\n",
        )
    }),
    tested("event that nobody hears of", |files| {
        let (old, new) = ("await self.create(OutboxEvent(", "_ = (OutboxEvent(");
        replace(files, OUTBOX, old, new)
    }),
    tested("event delivered again and again", |files| {
        replace(
            files,
            OUTBOX,
            ".values(delivered_at=now, next_attempt_at=None)",
            ".values(delivered_at=now)",
        )
    }),
    tested("event claimed by everybody", |files| {
        replace(files, OUTBOX, "event.next_attempt_at = now + lease", "event.next_attempt_at = now")
    }),
    tested("event given up at once", |files| {
        let (old, new) = ("if event.attempts < self", "if event.attempts < 0 * self");
        replace(files, RELAY, old, new)
    }),
    tested("event lost where its sink fails", |files| {
        replace(
            files,
            RELAY,
            "            await self._postpone(event, error)\n",
            "            del error\n",
        )
    }),
    tested("webhook without its signature", |files| {
        replace(files, SINKS, "        if self._key:\n", "        if not self._url:\n")
    }),
    tested("signature that leaves out the moment", |files| {
        replace(files, SINKS, "f\"{identifier}.{timestamp}.\"", "f\"{identifier}.\"")
    }),
    tested("refusal of a webhook not heard", |files| {
        replace(files, SINKS, "if not response.is_success:", "if response is None:")
    }),
    tested("limit that holds nobody back", |files| {
        replace(files, LIMITED, "if limiter is None:", "if limiter is None or limiter:")
    }),
    tested("limit of all operations together", |files| {
        let (old, new) = ("RateLimiter(operation, limit, ", "RateLimiter(\"all\", limit, ");
        replace(files, LIMITED, old, new)
    }),
    tested("limit of all callers together", |files| {
        let (old, new) = ("(NAME, self._name, caller)", "(NAME, self._name, caller[:7])");
        replace(files, "app/core/rate_limit.py", old, new)
    }),
    tested("wrong keys that cost nothing", |files| {
        let old = "        with _open_without_storage():\n            await limiter.hit(address)\n";
        replace(files, LIMITED, old, "")
    }),
];

/// A class that the tests of the project see.
pub(super) const fn tested(id: &'static str, make: fn(&mut Files) -> Option<String>) -> Mutation {
    Mutation { least: 1, ..row(id, Tools, Code::J0610, "", make) }
}

/// A class that the published document shows.
const fn published(id: &'static str, make: fn(&mut Files) -> Option<String>) -> Mutation {
    Mutation { least: 1, ..row(id, Contract, Code::J0401, "", make) }
}

/// Whether a line sets an attribute of a row to what was not there before.
fn sets(line: &str) -> bool {
    let Some((target, value)) = line.trim().split_once(" = ") else { return false };
    let is_row = target.split_once('.').is_some_and(|(row, _)| row != "self" && !row.contains(' '));
    is_row && !value.ends_with('(')
}

/// Leaves out the first line of the flows of which something is true.
fn without(files: &mut Files, is: impl Fn(&str) -> bool) -> Option<String> {
    line(files, FLOWS, |line| is(line).then(|| format!("{}pass", indent(line))))
}
