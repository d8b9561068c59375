//! Expressions: conditions and operands over the attributes of the model.

use crate::{Aggregate, Arithmetic, Comparison, Function, PyIdent, Step, ValueType};

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
    /// `any` (`true`) or `all` over related rows.
    Quantified(bool, Box<RowsPlan>, Box<ConditionPlan>),
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
    /// An attribute of a related row.
    Related(Box<RelatedPlan>),
    /// A literal of this type, in the form of `PythonDefault::Literal`.
    Literal(ValueType, String),
    /// A value of a flow, by its variable; the flag says whether it may be null.
    Local(PyIdent, bool),
    /// The current time.
    Now,
    /// The current day in UTC.
    Today,
    /// The next number of a series, in this form.
    Sequence(String),
    /// Two numbers; the type is that of the result.
    Arithmetic(Box<OperandPlan>, Arithmetic, Box<OperandPlan>, ValueType),
    /// `-x`
    Negated(Box<OperandPlan>),
    /// A function of one value.
    Call(Function, Box<OperandPlan>),
    /// One value of many rows; the type is that of the result.
    Aggregate(Aggregate, Box<RowsPlan>, Option<Box<OperandPlan>>, ValueType),
    /// `a if condition else b`
    Choice(Box<ConditionPlan>, Box<OperandPlan>, Box<OperandPlan>),
    /// A condition as a value.
    Truth(Box<ConditionPlan>),
}

/// An attribute of a related row.
#[derive(Debug, Clone, PartialEq)]
pub struct RelatedPlan {
    /// Where the path starts: 0 is the row itself, the others are variables of the generators
    /// around, the outermost is 1; in a rule of access 1 is the caller, and that one is 2.
    pub variable: usize,
    /// The path of to-one relationships.
    pub steps: Vec<Step>,
    /// Index of the entity that the path leads to.
    pub entity: usize,
    /// The attribute of its model.
    pub attribute: PyIdent,
    /// Its type.
    pub ty: ValueType,
}

/// The rows of a to-many relationship.
#[derive(Debug, Clone, PartialEq)]
pub struct RowsPlan {
    /// Where the path starts, as in `RelatedPlan`.
    pub variable: usize,
    /// The path to the row whose relationship it is.
    pub steps: Vec<Step>,
    /// Index of the entity that it leads to.
    pub from: usize,
    /// The relationship's attribute of its model: `items`.
    pub attribute: PyIdent,
    /// Index of the entity of the rows.
    pub entity: usize,
    /// How the row is found in the database.
    pub owned_by: OwnedBy,
    /// The variable of the generator.
    pub name: PyIdent,
    /// Only rows that fulfil this.
    pub filter: Option<ConditionPlan>,
}

/// What says in the database which rows belong to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnedBy {
    /// Their reference to it (an index in `EntityPlan::references`).
    Reference(usize),
    /// An association (an index in `Plan::associations`), of which the row is the left side or not.
    Association(usize, bool),
}

impl RowsPlan {
    /// Their reference to the row (an index in `EntityPlan::references`), unless the relationship is
    /// many-to-many.
    pub fn reference(&self) -> Option<usize> {
        match self.owned_by {
            OwnedBy::Reference(reference) => Some(reference),
            OwnedBy::Association(..) => None,
        }
    }
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
            Self::Quantified(some, rows, inner) => {
                Self::Quantified(some, Box::new(rows.tested()), Box::new(inner.tested()))
            }
            Self::All(parts) => Self::All(each(parts)),
            Self::Any(parts) => Self::Any(each(parts)),
            Self::Not(inner) => Self::Not(Box::new(inner.tested())),
        }
    }

    /// Whether it speaks of many rows of which this holds.
    pub fn has_rows(&self, fits: &mut dyn FnMut(&RowsPlan) -> bool) -> bool {
        self.has(&mut |part| matches!(part, Part::Rows(rows) if fits(rows)))
    }

    /// Whether a rule of access speaks of the caller, its first variable.
    pub fn speaks_of_caller(&self) -> bool {
        self.has(&mut |part| part.variable() == 1)
    }

    /// Whether a rule of access speaks of other rows than its own and the caller.
    pub fn speaks_of_others(&self) -> bool {
        self.has(&mut |part| part.variable() > 1 || part.is_behind())
    }

    fn has(&self, fits: &mut dyn FnMut(Part<'_>) -> bool) -> bool {
        let mut has = false;
        self.parts(&mut |part| has |= fits(part));
        has
    }

    /// Calls for each path from a variable to a related row; 0 is the row itself.
    pub fn paths<'a>(&'a self, variable: usize, found: &mut dyn FnMut(&'a [Step])) {
        self.parts(&mut |part| part.path(variable).into_iter().for_each(&mut *found));
    }

    /// Calls for each attribute of the row itself.
    pub fn attributes(&self, found: &mut dyn FnMut(&PyIdent)) {
        self.parts(&mut |part| part.attribute().into_iter().for_each(&mut *found));
    }

    fn parts<'a>(&'a self, found: &mut dyn FnMut(Part<'a>)) {
        match self {
            Self::Compare(left, _, right) => {
                left.parts(found);
                right.parts(found);
            }
            Self::IsNull(operand, _) | Self::Flag(operand) => operand.parts(found),
            Self::In(operand, values, _) => {
                operand.parts(found);
                values.iter().for_each(|value| value.parts(found));
            }
            Self::Quantified(_, rows, inner) => {
                rows.parts(found);
                inner.parts(found);
            }
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|it| it.parts(found)),
            Self::Not(inner) => inner.parts(found),
        }
    }
}

/// What is stored and spoken of.
#[derive(Debug, Clone, Copy)]
enum Part<'a> {
    /// An attribute of the row itself.
    Attribute(&'a PyIdent),
    /// An attribute of a related row.
    Related(&'a RelatedPlan),
    /// Many rows.
    Rows(&'a RowsPlan),
}

impl<'a> Part<'a> {
    /// The variable that it starts at, and the path from there.
    fn start(self) -> (usize, &'a [Step]) {
        match self {
            Self::Attribute(_) => (0, &[]),
            Self::Related(related) => (related.variable, &related.steps),
            Self::Rows(rows) => (rows.variable, &rows.steps),
        }
    }

    fn variable(self) -> usize {
        self.start().0
    }

    /// Whether more is read than the row that a variable holds.
    fn is_behind(self) -> bool {
        matches!(self, Self::Rows(_)) || !self.start().1.is_empty()
    }

    /// The path from a variable, unless it is what the variable holds.
    fn path(self, variable: usize) -> Option<&'a [Step]> {
        let (start, steps) = self.start();
        (start == variable && !steps.is_empty()).then_some(steps)
    }

    /// The attribute of the row itself; what leads on from it is a foreign key.
    fn attribute(self) -> Option<&'a PyIdent> {
        match self {
            Self::Attribute(attribute) => Some(attribute),
            other => other.path(0)?.first().map(|step| &step.key_attribute),
        }
    }
}

impl OwnedBy {
    /// Whether the rows are linked by an association.
    pub const fn is_linked(self) -> bool {
        matches!(self, Self::Association(..))
    }

    /// Whether they are linked, and the other side declares it.
    pub const fn is_far_end(self) -> bool {
        matches!(self, Self::Association(_, false))
    }
}

impl RowsPlan {
    /// Whether they are those of a relationship of the row itself.
    pub fn is_own(&self, attribute: &PyIdent) -> bool {
        self.variable == 0 && self.steps.is_empty() && self.attribute == *attribute
    }

    fn tested(self) -> Self {
        Self { filter: self.filter.map(ConditionPlan::tested), ..self }
    }

    fn parts<'a>(&'a self, found: &mut dyn FnMut(Part<'a>)) {
        found(Part::Rows(self));
        self.filter.iter().for_each(|filter| filter.parts(found));
    }
}

impl OperandPlan {
    /// The same value, which tests what may be null before it uses it.
    #[must_use]
    pub fn tested(self) -> Self {
        let boxed = |operand: Box<Self>| Box::new(operand.tested());
        match self {
            Self::Attribute(attribute, _) => Self::Attribute(attribute, false),
            Self::Related(related) => Self::Related(Box::new(RelatedPlan {
                ty: ValueType { nullable: false, ..related.ty },
                ..*related
            })),
            Self::Aggregate(aggregate, rows, element, ty) => Self::Aggregate(
                aggregate,
                Box::new(rows.tested()),
                element.map(boxed),
                ValueType { nullable: false, ..ty },
            ),
            Self::Arithmetic(left, operator, right, ty) => {
                Self::Arithmetic(boxed(left), operator, boxed(right), ty)
            }
            Self::Negated(inner) => Self::Negated(boxed(inner)),
            Self::Call(function, inner) => Self::Call(function, boxed(inner)),
            Self::Choice(test, then, otherwise) => {
                Self::Choice(Box::new(test.tested()), boxed(then), boxed(otherwise))
            }
            Self::Truth(inner) => Self::Truth(Box::new(inner.tested())),
            Self::Local(variable, _) => Self::Local(variable, false),
            plain @ (Self::Literal(..) | Self::Now | Self::Today | Self::Sequence(_)) => plain,
        }
    }

    /// Whether it speaks of other rows.
    pub fn is_related(&self) -> bool {
        let mut related = false;
        self.parts(&mut |part| related |= !matches!(part, Part::Attribute(_)));
        related
    }

    /// Calls for each path from a variable to a related row; 0 is the row itself.
    pub fn paths<'a>(&'a self, variable: usize, found: &mut dyn FnMut(&'a [Step])) {
        self.parts(&mut |part| part.path(variable).into_iter().for_each(&mut *found));
    }

    /// Calls for each attribute of the row itself.
    pub fn attributes(&self, found: &mut dyn FnMut(&PyIdent)) {
        self.parts(&mut |part| part.attribute().into_iter().for_each(&mut *found));
    }

    fn parts<'a>(&'a self, found: &mut dyn FnMut(Part<'a>)) {
        match self {
            Self::Attribute(attribute, _) => found(Part::Attribute(attribute)),
            Self::Related(related) => found(Part::Related(related)),
            Self::Literal(..) | Self::Local(..) | Self::Now | Self::Today | Self::Sequence(_) => {}
            Self::Arithmetic(left, _, right, _) => {
                left.parts(found);
                right.parts(found);
            }
            Self::Negated(inner) | Self::Call(_, inner) => inner.parts(found),
            Self::Aggregate(_, rows, element, _) => {
                rows.parts(found);
                element.iter().for_each(|element| element.parts(found));
            }
            Self::Choice(test, then, otherwise) => {
                test.parts(found);
                then.parts(found);
                otherwise.parts(found);
            }
            Self::Truth(inner) => inner.parts(found),
        }
    }
}
