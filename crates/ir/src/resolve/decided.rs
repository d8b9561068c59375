//! Conditions that say nothing: by the types and bounds of what they compare they never hold, or always.
//! What is not known is taken for possible, so that nothing is said that is not so.

use std::collections::BTreeSet;

use super::narrow::Fact;
use crate::model::{AttributeType, Comparison, Condition, Literal, Operand};

/// Numbers are counted in units of this many digits behind the point.
const DIGITS: u32 = 18;
/// So many values, and more, are not tried one by one.
const FEW: i128 = 64;

/// An operand of a condition, with what its type says about its values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub(super) operand: Operand,
    pub(super) values: Values,
    /// Whether it may be null as well.
    pub(super) nullable: bool,
}

/// The values that something can have.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Values {
    /// One of these texts, or a truth value by its name.
    Members(BTreeSet<String>),
    /// A number between bounds, on a grid of `step`.
    Numbers { low: i128, high: i128, step: i128, except: BTreeSet<i128> },
    /// Some value or other, or none once it was said to be null.
    Any { gone: bool },
}

impl Values {
    /// One of these.
    pub(super) fn members<T: AsRef<str>>(all: impl IntoIterator<Item = T>) -> Self {
        Self::Members(all.into_iter().map(|member| member.as_ref().to_owned()).collect())
    }

    /// Those of a number type; `None` for every other type, and for numbers without a grid.
    pub(super) fn of_number(ty: &AttributeType) -> Option<Self> {
        let unit = 10_i128.pow(DIGITS);
        let (low, high, step) = match ty {
            AttributeType::Int(bounds) => (
                i128::from(bounds.min.unwrap_or(i32::MIN.into())) * unit,
                i128::from(bounds.max.unwrap_or(i32::MAX.into())) * unit,
                unit,
            ),
            AttributeType::BigInt(bounds) => (
                i128::from(bounds.min.unwrap_or(i64::MIN)) * unit,
                i128::from(bounds.max.unwrap_or(i64::MAX)) * unit,
                unit,
            ),
            AttributeType::Decimal { precision, scale, bounds } => {
                let step = 10_i128.pow(DIGITS.checked_sub(*scale)?);
                let most = (10_i128.pow(*precision) - 1).checked_mul(step)?;
                let bound = |text: &Option<String>, other: i128| match text {
                    Some(text) => units(text),
                    None => Some(other),
                };
                (bound(&bounds.min, -most)?, bound(&bounds.max, most)?, step)
            }
            _ => return None,
        };
        Some(Self::Numbers { low, high, step, except: BTreeSet::new() })
    }

    /// The same without its bounds.
    pub(super) fn unbounded(self) -> Self {
        match self {
            Self::Numbers { .. } => Self::Any { gone: false },
            other => other,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Members(members) => members.is_empty(),
            Self::Numbers { low, high, step, except } => {
                let first = low.div_euclid(*step) + i128::from(low.rem_euclid(*step) != 0);
                let last = high.div_euclid(*step);
                let all_excepted = || (first..=last).all(|at| except.contains(&(at * step)));
                first > last || (last - first < FEW && all_excepted())
            }
            Self::Any { gone } => *gone,
        }
    }
}

/// A number in units, if it is one that fits.
fn units(text: &str) -> Option<i128> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > DIGITS as usize {
        return None;
    }
    let digits = format!("{whole}{fraction:0<width$}", width = DIGITS as usize);
    Some(sign * digits.parse::<i128>().ok()?)
}

/// What is asked of one operand.
#[derive(Debug, Clone, Copy)]
enum Test<'c> {
    Null,
    Compare(Comparison, &'c Literal),
    Among(&'c [Operand]),
    Flag,
}

/// A test of one operand that comes out as said.
struct Atom<'c> {
    operand: &'c Operand,
    test: Test<'c>,
    holds: bool,
}

/// Whether a condition can't hold (`holds`), or can't but hold (`!holds`), where this is known: what the
/// types of its operands say, and what was tested before.
pub(super) fn is_impossible(
    condition: &Condition,
    holds: bool,
    known: &[Known],
    facts: &[Fact],
) -> bool {
    let mut before = Vec::new();
    for fact in facts {
        if let Fact::Test(test, held) = fact {
            collect(test, *held, &mut before);
        }
    }
    Context { known, before }.rules_out(condition, holds)
}

/// What is known of the operands of a condition.
struct Context<'c> {
    known: &'c [Known],
    before: Vec<Atom<'c>>,
}

impl Context<'_> {
    fn rules_out(&self, condition: &Condition, holds: bool) -> bool {
        match condition {
            Condition::Not(inner) => self.rules_out(inner, !holds),
            Condition::All(parts) | Condition::Any(parts)
                if matches!(condition, Condition::All(_)) == holds =>
            {
                let mut atoms = Vec::new();
                parts.iter().for_each(|part| collect(part, holds, &mut atoms));
                parts.iter().any(|part| self.rules_out(part, holds)) || self.contradict(&atoms)
            }
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().all(|part| self.rules_out(part, holds))
            }
            Condition::Compare(left, comparison, right) if left == right => {
                let nullable = self.known.iter().all(|one| one.operand != *left || one.nullable);
                match comparison {
                    Comparison::Equal => !holds,
                    Comparison::NotEqual | Comparison::Less | Comparison::Greater => holds,
                    Comparison::LessOrEqual | Comparison::GreaterOrEqual => !holds && !nullable,
                }
            }
            leaf => {
                let mut atoms = Vec::new();
                collect(leaf, holds, &mut atoms);
                self.contradict(&atoms)
            }
        }
    }

    /// Whether no value of some operand passes all its tests.
    fn contradict(&self, atoms: &[Atom<'_>]) -> bool {
        self.known.iter().any(|one| {
            let of = |atom: &&Atom<'_>| *atom.operand == one.operand;
            if !atoms.iter().any(|atom| of(&atom)) {
                return false;
            }
            let own: Vec<&Atom<'_>> = self.before.iter().chain(atoms).filter(of).collect();
            let null = one.nullable && own.iter().all(|atom| null_passes(atom.test) == atom.holds);
            let mut values = one.values.clone();
            own.iter().for_each(|atom| keep(&mut values, atom));
            !null && values.is_empty()
        })
    }
}

/// The tests that come out so wherever the condition holds, or does not.
fn collect<'c>(condition: &'c Condition, holds: bool, atoms: &mut Vec<Atom<'c>>) {
    let atom = |operand, test, holds| Atom { operand, test, holds };
    match condition {
        Condition::Not(inner) => collect(inner, !holds, atoms),
        Condition::All(parts) if holds => parts.iter().for_each(|part| collect(part, true, atoms)),
        Condition::Any(parts) if !holds => {
            parts.iter().for_each(|part| collect(part, false, atoms));
        }
        Condition::Compare(operand, comparison, Operand::Literal(literal, _)) => {
            atoms.push(atom(operand, Test::Compare(*comparison, literal), holds));
        }
        Condition::Compare(Operand::Literal(literal, _), comparison, operand) => {
            atoms.push(atom(operand, Test::Compare(comparison.mirrored(), literal), holds));
        }
        Condition::IsNull(operand, null) => atoms.push(atom(operand, Test::Null, holds == *null)),
        Condition::In(operand, items, within) => {
            // Null is in no list: where it is not within, it may be null.
            atoms.push(atom(operand, Test::Among(items), holds == *within));
        }
        Condition::Flag(operand) => atoms.push(atom(operand, Test::Flag, holds)),
        _ => {}
    }
}

/// Whether null passes: it equals only itself, and no order holds for it.
const fn null_passes(test: Test<'_>) -> bool {
    matches!(test, Test::Null | Test::Compare(Comparison::NotEqual, _))
}

/// Keeps the values for which a test comes out as said.
fn keep(values: &mut Values, atom: &Atom<'_>) {
    match values {
        Values::Members(members) => keep_members(members, atom),
        Values::Numbers { low, high, step, except } => {
            keep_numbers((low, high, *step), except, atom);
        }
        Values::Any { gone } => *gone |= matches!(atom.test, Test::Null) && atom.holds,
    }
}

fn keep_members(members: &mut BTreeSet<String>, atom: &Atom<'_>) {
    let name = |literal: &Literal| match literal {
        Literal::Text(text) => Some(text.clone()),
        Literal::Bool(value) => Some(value.to_string()),
        _ => None,
    };
    let passes = |member: &String| match atom.test {
        Test::Null => Some(false),
        Test::Flag => Some(member == "true"),
        Test::Compare(Comparison::Equal, literal) => Some(name(literal)? == *member),
        Test::Compare(Comparison::NotEqual, literal) => Some(name(literal)? != *member),
        Test::Compare(..) => None,
        Test::Among(items) => Some(items.iter().any(|item| match item {
            Operand::Literal(literal, _) => name(literal).as_ref() == Some(member),
            _ => false,
        })),
    };
    members.retain(|member| passes(member).is_none_or(|passes| passes == atom.holds));
}

fn keep_numbers(
    (low, high, step): (&mut i128, &mut i128, i128),
    except: &mut BTreeSet<i128>,
    atom: &Atom<'_>,
) {
    let number = |literal: &Literal| match literal {
        Literal::Int(text) | Literal::Number(text) => units(text),
        _ => None,
    };
    match atom.test {
        Test::Null if atom.holds => (*low, *high) = (1, 0),
        Test::Flag | Test::Null => {}
        Test::Compare(comparison, literal) => {
            let Some(number) = number(literal) else { return };
            match if atom.holds { comparison } else { comparison.opposite() } {
                Comparison::Equal => (*low, *high) = (number.max(*low), number.min(*high)),
                Comparison::NotEqual => _ = except.insert(number),
                Comparison::Less => *high = (*high).min((number - 1).div_euclid(step) * step),
                Comparison::LessOrEqual => *high = (*high).min(number),
                Comparison::Greater => *low = (*low).max(number + 1),
                Comparison::GreaterOrEqual => *low = (*low).max(number),
            }
        }
        Test::Among(items) => {
            let listed: Option<Vec<i128>> = items
                .iter()
                .map(|item| match item {
                    Operand::Literal(literal, _) => number(literal),
                    _ => None,
                })
                .collect();
            let Some(listed) = listed else { return };
            if !atom.holds {
                except.extend(listed);
                return;
            }
            let within = listed.into_iter().filter(|one| (*low..=*high).contains(one));
            let within: Vec<i128> = within.filter(|one| !except.contains(one)).collect();
            let (Some(first), Some(last)) = (within.iter().min(), within.iter().max()) else {
                (*low, *high) = (1, 0);
                return;
            };
            (*low, *high) = (*first, *last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AttributeId, Bounds, Column, RowPath};

    fn attribute(position: u32) -> Operand {
        Operand::Attribute(RowPath::own(), Column::Attribute(AttributeId(position)))
    }

    fn compare(position: u32, comparison: Comparison, number: &str) -> Condition {
        let literal = Literal::Number(number.to_owned());
        let literal =
            Operand::Literal(literal, AttributeType::Int(Bounds { min: None, max: None }));
        Condition::Compare(attribute(position), comparison, literal)
    }

    fn known(nullable: bool) -> Vec<Known> {
        let ty = AttributeType::Int(Bounds { min: Some(0), max: Some(10) });
        let values = Values::of_number(&ty).expect("a number");
        vec![Known { operand: attribute(0), values, nullable }]
    }

    #[test]
    fn bounds_decide() {
        let known = known(false);
        let impossible = |condition: &Condition| is_impossible(condition, true, &known, &[]);
        assert!(impossible(&compare(0, Comparison::Greater, "10")));
        assert!(!impossible(&compare(0, Comparison::GreaterOrEqual, "10")));
        assert!(impossible(&compare(0, Comparison::Equal, "2.5")));
        assert!(is_impossible(&compare(0, Comparison::GreaterOrEqual, "0"), false, &known, &[]));
        assert!(!is_impossible(&compare(0, Comparison::GreaterOrEqual, "1"), false, &known, &[]));
        assert!(!impossible(&compare(1, Comparison::Greater, "10")), "nothing is known of it");
    }

    #[test]
    fn parts_contradict_each_other() {
        let between = Condition::All(vec![
            compare(0, Comparison::Greater, "4"),
            compare(0, Comparison::Less, "5"),
        ]);
        assert!(is_impossible(&between, true, &known(false), &[]));
        let either = Condition::Any(vec![
            compare(0, Comparison::Less, "5"),
            compare(0, Comparison::GreaterOrEqual, "5"),
        ]);
        assert!(is_impossible(&either, false, &known(false), &[]), "it always holds");
        assert!(!is_impossible(&either, false, &known(true), &[]), "but for null");
    }

    #[test]
    fn null_is_asked_once() {
        let known =
            [Known { operand: attribute(0), values: Values::Any { gone: false }, nullable: true }];
        let null = |null: bool| Condition::IsNull(attribute(0), null);
        assert!(is_impossible(&Condition::Any(vec![null(true), null(false)]), false, &known, &[]));
        assert!(is_impossible(&Condition::All(vec![null(true), null(false)]), true, &known, &[]));
        let both = Condition::All(vec![null(true), compare(0, Comparison::Equal, "1")]);
        assert!(is_impossible(&both, true, &known, &[]));
        assert!(!is_impossible(&null(true), true, &known, &[]));
    }

    #[test]
    fn members_are_counted() {
        let members = ["open", "closed"].map(str::to_owned).into();
        let known =
            [Known { operand: attribute(0), values: Values::Members(members), nullable: false }];
        let is = |text: &str| {
            let literal = Operand::Literal(Literal::Text(text.to_owned()), AttributeType::Role);
            Condition::Compare(attribute(0), Comparison::Equal, literal)
        };
        assert!(!is_impossible(&is("open"), true, &known, &[]));
        assert!(is_impossible(&Condition::All(vec![is("open"), is("closed")]), true, &known, &[]));
        assert!(is_impossible(&Condition::Any(vec![is("open"), is("closed")]), false, &known, &[]));
    }
}
