//! How often callers may ask: `100/minute`, by operation and by group of operations.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic};

use super::Context;
use crate::model::{
    Allowance, ApiModelIr, BehaviorModelIr, Operation, Period, RateLimit, RateLimits, UNLIMITED,
};
use crate::read::Source;
use crate::shape::tables::RATE_LIMITS;
use crate::syntax::Node;

/// The most that can be asked for.
const MOST: u32 = 999_999_999;

/// The limits of the API.
pub(super) fn of_api(section: Option<&Node>, context: &mut Context) -> RateLimits {
    let declared = section.and_then(|section| section.get("rate_limits"));
    declared.map(|node| limits(node, context)).unwrap_or_default()
}

/// The limits of a resource.
pub(super) fn of_resource(resource: &Node, context: &mut Context) -> RateLimits {
    resource.get("rate_limits").map(|node| limits(node, context)).unwrap_or_default()
}

/// Reports limits of resources that are for nothing which is offered.
pub(super) fn check(
    section: Option<&Node>,
    api: &ApiModelIr,
    behavior: &BehaviorModelIr,
    context: &mut Context,
) {
    let declared = section.and_then(|section| section.get("resources"));
    for entry in declared.map_or(&[][..], Node::entries) {
        let Some(limits) = entry.value.get("rate_limits") else { continue };
        let Some(id) = context.entity_id(&entry.key.value) else { continue };
        let Some(resource) = api.resources.iter().find(|it| it.entity == id) else { continue };
        let mut offered = resource.operations.clone();
        if context.account == Some(id) {
            // Of the caller's own account.
            offered.extend([Operation::Get, Operation::Update]);
        }
        let machines = behavior.machines.iter().filter(|machine| machine.entity == id);
        let mut transitions = machines.flat_map(|machine| &machine.transitions);
        offered.extend(transitions.any(|it| it.segment.is_some()).then_some(Operation::Update));
        for limit in limits.entries() {
            let name = limit.key.value.as_str();
            let known = RATE_LIMITS.key(name).is_some();
            if known && !Operation::any_goes_by(&offered, name) {
                let message = format!("there is a limit for `{name}`, which is not offered");
                context.report(
                    Diagnostic::error(Code::E0309, message)
                        .at(limit.key.span, "nothing among the operations")
                        .help("leave the limit out, or offer what it is for"),
                );
            }
        }
    }
}

fn limits(declared: &Node, context: &mut Context) -> RateLimits {
    let mut found = IndexMap::new();
    let whole = declared.source().map(|source| ("all", source));
    let named = declared.entries().iter();
    let named = named.filter_map(|entry| Some((entry.key.value.as_str(), entry.value.source()?)));
    for (key, source) in whole.into_iter().chain(named) {
        if let Some(limit) = limit(source, Code::E0309, context) {
            found.insert(key.to_owned(), limit);
        }
    }
    RateLimits(found)
}

/// `100/minute` or `unlimited`; what is wrong is reported under the code.
pub(super) fn limit(source: Source<'_>, code: Code, context: &mut Context) -> Option<Allowance> {
    if source.text == UNLIMITED {
        return Some(Allowance::Unlimited);
    }
    let period = |word: &str| Period::ALL.into_iter().find(|period| period.word() == word);
    let parts = source.text.split_once('/');
    let parts = parts.map(|(requests, word)| (plain(requests), period(word)));
    let (message, help) = match parts {
        Some((Some(0), Some(_))) => {
            let help = "leave the operation out of what is offered, or write such as `100/minute`";
            ("so nobody could ask at all".to_owned(), help.to_owned())
        }
        Some((Some(requests), Some(period))) if requests <= MOST => {
            return Some(Allowance::Limited(RateLimit { requests, period }));
        }
        Some((Some(_), Some(_))) => {
            (format!("more than {MOST} requests can't be counted"), "write `unlimited`".to_owned())
        }
        _ => ("this is no limit".to_owned(), meant(source.text)),
    };
    context.report(Diagnostic::error(code, message).at(source.span, "").help(help));
    None
}

/// A number without a sign, space or leading zero.
fn plain(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let padded = text.starts_with('0') && text.len() > 1;
    (digits && !text.is_empty() && !padded).then(|| text.parse().unwrap_or(u32::MAX))
}

/// What somebody who wrote `100 per minute`, `100/min` or `100/Minutes` can have meant.
fn meant(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let digits: String = lower.chars().take_while(char::is_ascii_digit).collect();
    let rest = lower[digits.len()..].trim_start_matches([' ', '/']).trim_start_matches("per ");
    let period = Period::ALL.into_iter().find(|period| {
        let word = period.word();
        rest == &word[..1]
            || rest.len() >= 3 && (word.starts_with(rest) || rest == format!("{word}s"))
    });
    match (plain(&digits), period) {
        (Some(requests @ 1..=MOST), Some(period)) => {
            format!("write `{}`", RateLimit { requests, period })
        }
        _ => "write a number and a period, `100/minute`; periods are `second`, `minute`, `hour` and `day`; or `unlimited`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn what_was_meant_is_said_where_it_is_clear() {
        for text in ["5 per minute", "5/min", "5/Minutes", "5 / minute", "5/m"] {
            assert_eq!(meant(text), "write `5/minute`", "{text}");
        }
        for text in ["", "often", "5", "5/week", "/minute", "-5/minute", "05/minute", "5/mi"] {
            assert!(meant(text).starts_with("write a number"), "{text}");
        }
    }
}
