//! `email`: an e-mail address, kept in lower case.

use super::literal::text;
use super::{Abilities, TypeDef};
use crate::model::{AttributeType, Literal};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "email",
    doc: "An e-mail address, kept in lower case.",
    parameters: &[],
    positions: &[],
    range: None,
    make: |_| Some(AttributeType::Email),
    is: |ty| matches!(ty, AttributeType::Email),
    print: |_| Vec::new(),
    literal: |_, raw| {
        let text = text(raw)?.to_lowercase();
        let good = text.len() <= 254
            && text
                .split_once('@')
                .is_some_and(|(local, domain)| local_part(local) && domain_name(domain));
        if good { Ok(Literal::Text(text)) } else { Err("it is no e-mail address".to_owned()) }
    },
    function: None,
    can: Abilities::LINE,
};

/// A slash is left out: no path could carry it.
fn local_part(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+=?^_`{|}~-".contains(&b);
    fits(text, '.', [&[64], &[31, 32], &[20, 21, 21], &[15, 15, 15, 15]], plain)
}

fn domain_name(text: &str) -> bool {
    let Some((labels, last)) = text.rsplit_once('.') else { return false };
    let labels: Vec<&str> = labels.split('.').collect();
    let plain = |b: u8| b.is_ascii_alphanumeric();
    let label =
        |text: &str| fits(text, '-', [&[63], &[31, 31], &[20, 20, 20], &[15, 15, 15, 15]], plain);
    labels.len() <= 4
        && labels.into_iter().all(label)
        && (2..=20).contains(&last.len())
        && last.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Whether the parts of a text are as long as they may be where there are so many of them.
fn fits(text: &str, between: char, limits: [&[usize]; 4], plain: impl Fn(u8) -> bool) -> bool {
    let parts: Vec<&str> = text.split(between).collect();
    let Some(limits) = limits.get(parts.len() - 1) else { return false };
    parts
        .iter()
        .zip(*limits)
        .all(|(part, limit)| (1..=*limit).contains(&part.len()) && part.bytes().all(&plain))
}

#[cfg(test)]
mod tests {
    use super::{domain_name, local_part};

    #[test]
    fn addresses_of_people_are_addresses() {
        assert!(["first.last", "o'neil", "a+b_c", "max.von.humboldt"].into_iter().all(local_part));
        assert!(["my-company.com", "a.b.co", "x-y-z.example.org"].into_iter().all(domain_name));
        assert!(!["", ".a", "a..b", "a b", "a/b"].into_iter().any(local_part));
        assert!(
            !["localhost", "-a.de", "a-.de", "a..de", "a.d", "a.de."].into_iter().any(domain_name)
        );
    }
}
