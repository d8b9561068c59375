//! `0 8 * * MON-FRI`: when a flow starts by itself. Only what all implementations of cron take for the
//! same is read here: no seconds, no nicknames, no `L`, `#` or `?`.

use crate::read::Source;
use stratapi_diagnostics::Span;

/// A field: what it is called, its bounds, and words for its numbers from the first on.
struct Field {
    name: &'static str,
    low: u32,
    high: u32,
    words: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { name: "minute", low: 0, high: 59, words: &[] },
    Field { name: "hour", low: 0, high: 23, words: &[] },
    Field { name: "day of the month", low: 1, high: 31, words: &[] },
    Field {
        name: "month",
        low: 1,
        high: 12,
        words: &[
            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
        ],
    },
    Field {
        name: "day of the week",
        low: 0,
        high: 7,
        words: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    },
];
/// Days of each month, at the most.
const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// What is wrong with a schedule: where, what, and what to do.
pub(super) struct Wrong {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// A schedule with one space between its fields, or what is wrong with it.
pub(super) fn parse(source: Source<'_>) -> Result<String, Wrong> {
    let parts = parts(source);
    let wrong = |span, message: String, help: &str| Wrong { span, message, help: help.to_owned() };
    let Ok([minute, hour, day, month, weekday]) = <[Source<'_>; 5]>::try_from(parts.clone()) else {
        let message = format!("a schedule has five fields, not {}", parts.len());
        let help = "write minute, hour, day of the month, month and day of the week: `0 8 * * *`";
        return Err(wrong(source.span, message, help));
    };
    let all = [minute, hour, day, month, weekday];
    let mut lists = Vec::new();
    for (part, field) in all.into_iter().zip(&FIELDS) {
        lists.push(list(part, field)?);
    }
    // With both days restricted either of them is enough.
    let alone = weekday.text.starts_with('*') || day.text.starts_with('*');
    let longest = lists[3].iter().map(|month| DAYS[*month as usize - 1]).max();
    if alone && lists[2].iter().min() > longest.as_ref() {
        let message = "this day never comes".to_owned();
        return Err(wrong(day.span, message, "choose a day that one of the months has"));
    }
    Ok(all.map(|part| part.text.to_ascii_uppercase()).join(" "))
}

/// What stands between spaces.
fn parts(source: Source<'_>) -> Vec<Source<'_>> {
    let text = source.text;
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        match (byte == b' ', start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                found.push(source.between(from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// `1-5,10-30/5`: the numbers that are meant.
fn list(part: Source<'_>, field: &Field) -> Result<Vec<u32>, Wrong> {
    let mut at = 0;
    let mut found = Vec::new();
    for item in part.text.split(',') {
        found.extend(range(part.between(at, at + item.len()), field)?);
        at += item.len() + 1;
    }
    Ok(found)
}

/// `*`, `5`, `1-5`, `*/5` or `10-30/5`.
fn range(item: Source<'_>, field: &Field) -> Result<Vec<u32>, Wrong> {
    let wrong = |message: String, help: String| Wrong { span: item.span, message, help };
    let Field { name, low, high, .. } = field;
    let (ends, step) = match item.text.split_once('/') {
        Some((ends, step)) => (ends, Some(step)),
        None => (item.text, None),
    };
    let number = |text: &str| {
        let word = field.words.iter().position(|word| word.eq_ignore_ascii_case(text));
        let word = word.and_then(|position| u32::try_from(position).ok()).map(|it| it + low);
        let digits = (!text.is_empty() && text.len() <= 2).then_some(text);
        let digits = digits.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let found = word.or_else(|| digits?.parse().ok());
        found.filter(|number| (*low..=*high).contains(number)).ok_or_else(|| {
            let words = match field.words {
                [first, .., last] => format!(" or a word from `{first}` to `{last}`"),
                _ => String::new(),
            };
            let help = format!("write a number from {low} to {high}{words}, or `*`");
            wrong(format!("`{}` is no {name}", item.text), help)
        })
    };
    let (start, end) = match ends.split_once('-') {
        _ if ends == "*" => (*low, *high),
        Some((start, end)) => (number(start)?, number(end)?),
        None if step.is_some() => {
            let help = format!("write `*/…` or `{low}-{high}/…`");
            return Err(wrong("a step goes through a range".to_owned(), help));
        }
        None => (number(ends)?, number(ends)?),
    };
    if ends.contains('-') && start >= end {
        let help = "write the smaller one first, or two ranges: `22-23,0-6`".to_owned();
        return Err(wrong("a range goes from a number to a larger one".to_owned(), help));
    }
    let step = match step {
        None => 1,
        Some(step) => {
            let digits = step.len() <= 2 && step.bytes().all(|byte| byte.is_ascii_digit());
            let step = step.parse::<usize>().ok().filter(|step| digits && *step > 0);
            step.ok_or_else(|| {
                wrong("this is no step".to_owned(), "write a number from 1 on".to_owned())
            })?
        }
    };
    Ok((start..=end).step_by(step).collect())
}
