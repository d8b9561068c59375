//! Expressions: conditions and operands over the attributes of the model.

use crate::{Arithmetic, Comparison, Function, PyIdent, ValueType};

/// A condition on a row; attributes are those of the model.
#[derive(Debug, Clone, PartialEq)]
pub enum ConditionPlan {
    /// A comparison.
    Compare(OperandPlan, Comparison, OperandPlan),
    /// `is None` (`true`) or `is not None`.
    IsNull(OperandPlan, bool),
    /// `in` (`true`) or `not in`.
    In(OperandPlan, Vec<OperandPlan>, bool),
    /// A boolean operand.
    Flag(OperandPlan),
    /// Each of these.
    All(Vec<ConditionPlan>),
    /// One of these.
    Any(Vec<ConditionPlan>),
    /// Not this.
    Not(Box<ConditionPlan>),
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum OperandPlan {
    /// An attribute of the row itself; the flag says whether it may be null.
    Attribute(PyIdent, bool),
    /// A literal of this type, in the form of `PythonDefault::Literal`.
    Literal(ValueType, String),
    /// Two numbers; the type is that of the result.
    Arithmetic(Box<OperandPlan>, Arithmetic, Box<OperandPlan>, ValueType),
    /// `-x`
    Negated(Box<OperandPlan>),
    /// A function of one value.
    Call(Function, Box<OperandPlan>),
    /// `a if condition else b`
    Choice(Box<ConditionPlan>, Box<OperandPlan>, Box<OperandPlan>),
    /// A condition as a value.
    Truth(Box<ConditionPlan>),
}

impl ConditionPlan {
    /// The same condition, which tests what may be null before it compares it: nothing that it
    /// compares is null.
    #[must_use]
    pub fn tested(self) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(Self::tested).collect();
        match self {
            Self::Compare(left, comparison, right) => {
                Self::Compare(left.tested(), comparison, right.tested())
            }
            Self::IsNull(operand, null) => Self::IsNull(operand, null),
            Self::In(operand, values, within) => Self::In(operand.tested(), values, within),
            Self::Flag(operand) => Self::Flag(operand.tested()),
            Self::All(parts) => Self::All(each(parts)),
            Self::Any(parts) => Self::Any(each(parts)),
            Self::Not(inner) => Self::Not(Box::new(inner.tested())),
        }
    }

    /// Calls for each attribute of the row itself.
    pub fn attributes(&self, found: &mut dyn FnMut(&PyIdent)) {
        match self {
            Self::Compare(left, _, right) => {
                left.attributes(found);
                right.attributes(found);
            }
            Self::IsNull(operand, _) | Self::Flag(operand) => operand.attributes(found),
            Self::In(operand, values, _) => {
                operand.attributes(found);
                values.iter().for_each(|value| value.attributes(found));
            }
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.attributes(found));
            }
            Self::Not(inner) => inner.attributes(found),
        }
    }
}

impl OperandPlan {
    fn tested(self) -> Self {
        let boxed = |operand: Box<Self>| Box::new(operand.tested());
        match self {
            Self::Attribute(attribute, _) => Self::Attribute(attribute, false),
            Self::Arithmetic(left, operator, right, ty) => {
                Self::Arithmetic(boxed(left), operator, boxed(right), ty)
            }
            Self::Negated(inner) => Self::Negated(boxed(inner)),
            Self::Call(function, inner) => Self::Call(function, boxed(inner)),
            Self::Choice(test, then, otherwise) => {
                Self::Choice(Box::new(test.tested()), boxed(then), boxed(otherwise))
            }
            Self::Truth(inner) => Self::Truth(Box::new(inner.tested())),
            literal @ Self::Literal(..) => literal,
        }
    }

    /// Calls for each attribute of the row itself.
    pub fn attributes(&self, found: &mut dyn FnMut(&PyIdent)) {
        match self {
            Self::Attribute(attribute, _) => found(attribute),
            Self::Literal(..) => {}
            Self::Arithmetic(left, _, right, _) => {
                left.attributes(found);
                right.attributes(found);
            }
            Self::Negated(inner) | Self::Call(_, inner) => inner.attributes(found),
            Self::Choice(test, then, otherwise) => {
                test.attributes(found);
                then.attributes(found);
                otherwise.attributes(found);
            }
            Self::Truth(inner) => inner.attributes(found),
        }
    }
}
