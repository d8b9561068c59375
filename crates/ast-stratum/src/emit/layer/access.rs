//! Access rules as algebra: what is left of a predicate once something is known about the caller.

use stratapi_plan::{Gate, Predicate};

/// What is known about the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Known {
    /// Not signed in: has no role and owns nothing.
    Anonymous,
    /// Signed in.
    SignedIn,
}

/// The predicate for a caller of whom this is known.
pub(in crate::emit) fn assume(predicate: &Predicate, known: Known) -> Predicate {
    match (predicate, known) {
        (Predicate::SignedIn, Known::SignedIn) => Predicate::True,
        (
            Predicate::SignedIn | Predicate::Role(_) | Predicate::IsSelf | Predicate::Owner(_),
            Known::Anonymous,
        ) => Predicate::False,
        // Such a condition stands beside one that the caller is signed in.
        (Predicate::Row(row), Known::Anonymous) if row.speaks_of_caller() => Predicate::False,
        (Predicate::All(items), _) => all(items.iter().map(|item| assume(item, known))),
        (Predicate::Any(items), _) => any(items.iter().map(|item| assume(item, known))),
        (Predicate::Not(item), _) => not(assume(item, known)),
        (other, _) => other.clone(),
    }
}

/// Whether the predicate holds for every caller and every row.
pub(in crate::emit) fn holds_always(predicate: &Predicate) -> bool {
    [Known::Anonymous, Known::SignedIn]
        .into_iter()
        .all(|known| assume(predicate, known) == Predicate::True)
}

/// Each of these, simplified.
pub(in crate::emit) fn all(items: impl IntoIterator<Item = Predicate>) -> Predicate {
    let mut left: Vec<Predicate> = Vec::new();
    for item in items {
        match item {
            Predicate::True => {}
            Predicate::False => return Predicate::False,
            Predicate::All(inner) => left.extend(inner),
            other if left.contains(&other) => {}
            other if left.contains(&not(other.clone())) => return Predicate::False,
            other => left.push(other),
        }
    }
    match left.len() {
        0 => Predicate::True,
        1 => left.remove(0),
        _ => Predicate::All(left),
    }
}

/// One of these, simplified.
pub(in crate::emit) fn any(items: impl IntoIterator<Item = Predicate>) -> Predicate {
    let mut left: Vec<Predicate> = Vec::new();
    for item in items {
        match item {
            Predicate::False => {}
            Predicate::True => return Predicate::True,
            Predicate::Any(inner) => left.extend(inner),
            other if left.contains(&other) => {}
            other if left.contains(&not(other.clone())) => return Predicate::True,
            other => left.push(other),
        }
    }
    match left.len() {
        0 => Predicate::False,
        1 => left.remove(0),
        _ => Predicate::Any(left),
    }
}

/// Not this, simplified.
pub(in crate::emit) fn not(predicate: Predicate) -> Predicate {
    match predicate {
        Predicate::True => Predicate::False,
        Predicate::False => Predicate::True,
        Predicate::Not(inner) => *inner,
        other => Predicate::Not(Box::new(other)),
    }
}

/// Whether the predicate looks at the row.
pub(in crate::emit) fn mentions_row(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::True | Predicate::False | Predicate::SignedIn | Predicate::Role(_) => false,
        Predicate::IsSelf | Predicate::Owner(_) | Predicate::Row(_) => true,
        Predicate::All(items) | Predicate::Any(items) => items.iter().any(mentions_row),
        Predicate::Not(item) => mentions_row(item),
    }
}

/// Whether the predicate speaks of the caller.
pub(in crate::emit) fn mentions_caller(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::True | Predicate::False => false,
        Predicate::Row(row) => row.speaks_of_caller(),
        Predicate::SignedIn | Predicate::Role(_) | Predicate::IsSelf | Predicate::Owner(_) => true,
        Predicate::All(items) | Predicate::Any(items) => items.iter().any(mentions_caller),
        Predicate::Not(item) => mentions_caller(item),
    }
}

/// A gate as a predicate.
pub(in crate::emit) fn of_gate(gate: &Gate) -> Predicate {
    match gate {
        Gate::Public => Predicate::True,
        Gate::Authenticated => Predicate::SignedIn,
        Gate::Roles(roles) => Predicate::Role(roles.clone()),
    }
}

/// Whether everybody who passes `gate` passes `other` too.
pub(in crate::emit) fn implies(gate: &Gate, other: &Gate) -> bool {
    match (gate, other) {
        (_, Gate::Public) | (Gate::Authenticated | Gate::Roles(_), Gate::Authenticated) => true,
        (Gate::Roles(roles), Gate::Roles(others)) => roles.iter().all(|role| others.contains(role)),
        (Gate::Public, _) | (Gate::Authenticated, Gate::Roles(_)) => false,
    }
}

/// Walks every path to an owner.
pub(in crate::emit) fn owner_paths<'a>(
    predicate: &'a Predicate,
    visit: &mut impl FnMut(&'a [stratapi_plan::Step]),
) {
    match predicate {
        Predicate::Owner(steps) => visit(steps),
        Predicate::All(items) | Predicate::Any(items) => {
            for item in items {
                owner_paths(item, visit);
            }
        }
        Predicate::Not(item) => owner_paths(item, visit),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_folded_away() {
        let rule = Predicate::Any(vec![
            Predicate::Role(vec![1]),
            Predicate::All(vec![Predicate::SignedIn, Predicate::IsSelf]),
        ]);
        assert_eq!(assume(&rule, Known::Anonymous), Predicate::False);
        assert_eq!(
            assume(&rule, Known::SignedIn),
            Predicate::Any(vec![Predicate::Role(vec![1]), Predicate::IsSelf])
        );
        assert_eq!(assume(&not(rule), Known::Anonymous), Predicate::True);
    }

    #[test]
    fn narrower_gates_imply_wider_ones() {
        let (one, two) = (Gate::Roles(vec![1]), Gate::Roles(vec![0, 1]));
        assert!(implies(&one, &two) && implies(&two, &Gate::Authenticated));
        assert!(!implies(&two, &one) && !implies(&Gate::Public, &Gate::Authenticated));
    }
}
