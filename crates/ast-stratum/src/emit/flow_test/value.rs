//! Values of the rows of a rehearsal, as far as they are known.

use serde_json::Value;
use stratapi_plan::{Arithmetic, Comparison, Plan, ValueKind, ValueType};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    /// Null.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, in millionths.
    Number(i128),
    /// A text, or a member of an enum.
    Text(String),
    /// The key of a row, by its position.
    Key(usize),
    /// Something that is not null.
    Something,
}

/// What a number is counted in.
pub(super) const UNIT: i128 = 1_000_000;

impl Known {
    pub(super) const fn whole(number: i128) -> Self {
        Self::Number(number.saturating_mul(UNIT))
    }

    /// A value of JSON.
    pub(super) fn of_json(ty: &ValueType, value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            _ if ty.list => Self::Something,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) if is_number(&ty.kind) => Self::number(&number.to_string()),
            Value::String(text) if is_number(&ty.kind) => Self::number(text),
            Value::String(text) if is_text(&ty.kind) && !text.contains("{n}") => {
                Self::Text(text.clone())
            }
            _ => Self::Something,
        }
    }

    /// A literal of the plan.
    pub(super) fn of_literal(plan: &Plan, ty: &ValueType, text: &str) -> Self {
        match &ty.kind {
            _ if ty.list => Self::Something,
            ValueKind::Bool => Self::Bool(text == "true"),
            ValueKind::Enum(index) => {
                let members = &plan.enums[*index].members;
                let member = text.parse::<usize>().ok().and_then(|at| members.get(at));
                member.map_or(Self::Something, |member| Self::Text(member.value.clone()))
            }
            kind if is_number(kind) => Self::number(text),
            kind if is_text(kind) => Self::Text(text.to_owned()),
            _ => Self::Something,
        }
    }

    fn number(text: &str) -> Self {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction:0<6}");
        match digits.parse() {
            Ok(number) if fraction.len() <= 6 => Self::Number(number),
            _ => Self::Something,
        }
    }

    /// Whether it surely fits into the bounds of a type.
    pub(super) fn fits(&self, ty: &ValueType) -> bool {
        let number = match self {
            Self::Number(number) => number,
            Self::Text(text) => return text_fits(text, &ty.kind),
            Self::Something => {
                let patterned = matches!(ty.kind, ValueKind::Line { pattern: Some(_), .. });
                return !is_number(&ty.kind) && !patterned;
            }
            _ => return true,
        };
        let bound = |text: &Option<String>| text.as_deref().map(Self::number);
        let within = |min: Option<Self>, max: Option<Self>| {
            let above = !matches!(min, Some(Self::Number(min)) if *number < min);
            above && !matches!(max, Some(Self::Number(max)) if *number > max)
        };
        match &ty.kind {
            ValueKind::Int { min, max, .. } => {
                within(Some(Self::whole((*min).into())), Some(Self::whole((*max).into())))
            }
            ValueKind::Decimal { precision, scale, min, max } => {
                let digits = precision.saturating_sub(*scale);
                let limit = 10_i128.pow(digits).saturating_mul(UNIT);
                number.abs() < limit && within(bound(min), bound(max))
            }
            ValueKind::Float { min, max } => within(bound(min), bound(max)),
            _ => true,
        }
    }
}

fn is_number(kind: &ValueKind) -> bool {
    matches!(kind, ValueKind::Int { .. } | ValueKind::Float { .. } | ValueKind::Decimal { .. })
}

fn is_text(kind: &ValueKind) -> bool {
    matches!(kind, ValueKind::Enum(_) | ValueKind::Line { .. } | ValueKind::Text { .. })
}

fn text_fits(text: &str, kind: &ValueKind) -> bool {
    let length = text.chars().count();
    match kind {
        ValueKind::Line { min, max, pattern, .. } => {
            pattern.is_none() && length >= *min as usize && length <= *max as usize
        }
        ValueKind::Text { min, max } => length >= *min as usize && length <= *max as usize,
        _ => true,
    }
}

/// The result of a calculation.
pub(super) fn calculated(left: &Known, operator: Arithmetic, right: &Known) -> Known {
    let (Known::Number(left), Known::Number(right)) = (left, right) else {
        return Known::Something;
    };
    let result = match operator {
        Arithmetic::Add => left.checked_add(*right),
        Arithmetic::Subtract => left.checked_sub(*right),
        Arithmetic::Multiply => left.checked_mul(*right).map(|product| product / UNIT),
    };
    result.map_or(Known::Something, Known::Number)
}

/// Whether a comparison holds, if that is known.
pub(super) fn compared(left: &Known, comparison: Comparison, right: &Known) -> Option<bool> {
    let equal = match (left, right) {
        (Known::Something, _) | (_, Known::Something) => return None,
        _ => left == right,
    };
    let ordered = match (left, right) {
        (Known::Number(left), Known::Number(right)) => Some(left.cmp(right)),
        _ => None,
    };
    match comparison {
        Comparison::Equal => Some(equal),
        Comparison::NotEqual => Some(!equal),
        Comparison::Less => ordered.map(std::cmp::Ordering::is_lt),
        Comparison::LessOrEqual => ordered.map(std::cmp::Ordering::is_le),
        Comparison::Greater => ordered.map(std::cmp::Ordering::is_gt),
        Comparison::GreaterOrEqual => ordered.map(std::cmp::Ordering::is_ge),
    }
}
