//! Conditions as SQL that SQLite and PostgreSQL read alike.

use crate::{
    Arithmetic, ColumnName, Comparison, ConditionPlan, EntityPlan, Function, OperandPlan, PyIdent,
    ValueKind, ValueType,
};

/// A column or table name, quoted where one of the databases would not take it bare.
pub(super) fn quoted(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && RESERVED.binary_search(&name).is_err() {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

/// Writes conditions on the rows of one entity.
pub(super) struct Writer<'a> {
    pub(super) entity: &'a EntityPlan,
    pub(super) enum_values: &'a dyn Fn(usize) -> Vec<&'a str>,
}

impl Writer<'_> {
    /// The condition; `None` where a literal has no form that both databases share.
    pub(super) fn condition(&self, condition: &ConditionPlan) -> Option<String> {
        Some(match condition {
            ConditionPlan::Compare(left, comparison, right) => {
                if !self.comparable(left, right) {
                    return None;
                }
                format!(
                    "{} {} {}",
                    self.operand(left)?,
                    operator(*comparison),
                    self.operand(right)?
                )
            }
            ConditionPlan::IsNull(operand, true) => format!("{} IS NULL", self.operand(operand)?),
            ConditionPlan::IsNull(operand, false) => {
                format!("{} IS NOT NULL", self.operand(operand)?)
            }
            ConditionPlan::In(operand, values, positive) => {
                let values: Option<Vec<String>> =
                    values.iter().map(|value| self.operand(value)).collect();
                let word = if *positive { "IN" } else { "NOT IN" };
                format!("{} {word} ({})", self.operand(operand)?, values?.join(", "))
            }
            ConditionPlan::Flag(operand) => self.operand(operand)?,
            ConditionPlan::Quantified(..) => return None,
            ConditionPlan::All(parts) => self.joined(parts, " AND ")?,
            ConditionPlan::Any(parts) => self.joined(parts, " OR ")?,
            ConditionPlan::Not(inner) => format!("NOT ({})", self.condition(inner)?),
        })
    }

    /// Decimals are scaled integers on SQLite, so both sides must have one scale.
    fn comparable(&self, left: &OperandPlan, right: &OperandPlan) -> bool {
        let literal = |operand: &OperandPlan| matches!(operand, OperandPlan::Literal(..));
        literal(left) || literal(right) || self.scale(left) == self.scale(right)
    }

    /// The scale of a decimal.
    fn scale(&self, operand: &OperandPlan) -> Option<u32> {
        let of = |ty: &ValueType| match ty.kind {
            ValueKind::Decimal { scale, .. } => Some(scale),
            _ => None,
        };
        match operand {
            OperandPlan::Attribute(attribute, _) => {
                let field = self.entity.fields.iter().find(|f| &f.model_attribute == attribute)?;
                of(&field.ty)
            }
            OperandPlan::Arithmetic(.., ty) => of(ty),
            OperandPlan::Negated(inner) | OperandPlan::Call(Function::Abs, inner) => {
                self.scale(inner)
            }
            OperandPlan::Choice(_, then, otherwise) => {
                self.scale(then).or_else(|| self.scale(otherwise))
            }
            _ => None,
        }
    }

    fn joined(&self, parts: &[ConditionPlan], word: &str) -> Option<String> {
        let parts: Option<Vec<String>> = parts
            .iter()
            .map(|part| {
                let sql = self.condition(part)?;
                let compound = matches!(part, ConditionPlan::All(_) | ConditionPlan::Any(_));
                Some(if compound { format!("({sql})") } else { sql })
            })
            .collect();
        Some(parts?.join(word))
    }

    fn operand(&self, operand: &OperandPlan) -> Option<String> {
        Some(match operand {
            OperandPlan::Attribute(attribute, _) => self.column(attribute),
            OperandPlan::Literal(ty, text) => self.literal(ty, text)?,
            OperandPlan::Arithmetic(left, operator, right, ty) => {
                let (sign, inside) = match operator {
                    Arithmetic::Add => ("+", false),
                    Arithmetic::Subtract => ("-", false),
                    Arithmetic::Multiply => ("*", true),
                };
                let first = if self.grows(ty, [left, right]) {
                    format!("CAST({} AS BIGINT)", self.operand(left)?)
                } else {
                    self.factor(left, inside)?
                };
                let right = self.factor(right, inside || *operator == Arithmetic::Subtract)?;
                format!("{first} {sign} {right}")
            }
            OperandPlan::Negated(inner) => format!("- {}", self.factor(inner, true)?),
            OperandPlan::Call(Function::Len, inner) => format!("length({})", self.operand(inner)?),
            OperandPlan::Call(Function::Abs, inner) => format!("abs({})", self.operand(inner)?),
            OperandPlan::Choice(test, then, otherwise) => {
                let (then, otherwise) = (self.operand(then)?, self.operand(otherwise)?);
                format!("CASE WHEN {} THEN {then} ELSE {otherwise} END", self.condition(test)?)
            }
            OperandPlan::Truth(inner) => format!("({})", self.condition(inner)?),
            OperandPlan::Related(_)
            | OperandPlan::Aggregate(..)
            | OperandPlan::Local(..)
            | OperandPlan::Now
            | OperandPlan::Today
            | OperandPlan::Sequence(_) => return None,
        })
    }

    /// A part of a sum or a product, in brackets where it would fall apart.
    fn factor(&self, operand: &OperandPlan, tight: bool) -> Option<String> {
        let sql = self.operand(operand)?;
        let negative = matches!(operand, OperandPlan::Literal(_, text) if text.starts_with('-'));
        let loose = match operand {
            OperandPlan::Arithmetic(_, operator, ..) => tight && *operator != Arithmetic::Multiply,
            OperandPlan::Negated(_) => true,
            _ => negative,
        };
        Some(if loose { format!("({sql})") } else { sql })
    }

    /// Whether a result needs more room than its parts have.
    fn grows(&self, ty: &ValueType, parts: [&OperandPlan; 2]) -> bool {
        matches!(ty.kind, ValueKind::Int { big: true, .. })
            && !parts.into_iter().any(|part| self.is_big(part))
    }

    fn is_big(&self, operand: &OperandPlan) -> bool {
        let big = |ty: &ValueType| matches!(ty.kind, ValueKind::Int { big: true, .. });
        match operand {
            OperandPlan::Attribute(attribute, _) => {
                let mut fields = self.entity.fields.iter();
                fields.any(|field| field.model_attribute == *attribute && big(&field.ty))
                    || self.entity.key.iter().any(|key| key.attribute == *attribute && big(&key.ty))
            }
            OperandPlan::Literal(ty, _) | OperandPlan::Arithmetic(.., ty) => big(ty),
            OperandPlan::Negated(inner) | OperandPlan::Call(_, inner) => self.is_big(inner),
            OperandPlan::Choice(_, then, otherwise) => self.is_big(then) || self.is_big(otherwise),
            OperandPlan::Truth(_)
            | OperandPlan::Related(_)
            | OperandPlan::Aggregate(..)
            | OperandPlan::Local(..)
            | OperandPlan::Now
            | OperandPlan::Today
            | OperandPlan::Sequence(_) => false,
        }
    }

    fn literal(&self, ty: &ValueType, text: &str) -> Option<String> {
        if ty.list {
            return None;
        }
        match &ty.kind {
            ValueKind::Decimal { .. } => super::value::is_zero(text).then(|| "0".to_owned()),
            ValueKind::Int { .. } | ValueKind::Float { .. } | ValueKind::Bool => {
                Some(text.to_owned())
            }
            ValueKind::Enum(index) => {
                let values = (self.enum_values)(*index);
                let position = text.parse::<usize>().ok()?;
                values.get(position).map(|value| text_literal(value))
            }
            ValueKind::Line { .. }
            | ValueKind::Text { .. }
            | ValueKind::Slug { .. }
            | ValueKind::Email
            | ValueKind::Url
            | ValueKind::Ip
            | ValueKind::Date => Some(text_literal(text)),
            ValueKind::Uuid => Some(text_literal(&text.replace('-', "").to_lowercase())),
            ValueKind::Time
            | ValueKind::DateTime
            | ValueKind::Duration
            | ValueKind::Json
            | ValueKind::Bytes { .. }
            | ValueKind::Password { .. } => None,
        }
    }

    fn column(&self, attribute: &PyIdent) -> String {
        let column = column(self.entity, attribute);
        column.map_or_else(|| quoted(attribute.as_str()), |column| quoted(column.as_str()))
    }
}

/// The column of a model attribute, or of a reference.
fn column<'a>(entity: &'a EntityPlan, attribute: &PyIdent) -> Option<&'a ColumnName> {
    let mut fields = entity.fields.iter();
    let field = fields.find(|field| &field.model_attribute == attribute);
    let parts = entity.references.iter().flat_map(|it| it.key_attributes.iter().zip(&it.columns));
    let reference = || parts.into_iter().find(|(key, _)| *key == attribute);
    field.map(|field| &field.column).or_else(|| reference().map(|(_, column)| column))
}

fn text_literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

/// Keywords of SQLite and reserved words of PostgreSQL, in ascending order: these need quotes.
const RESERVED: &[&str] = &[
    "abort",
    "action",
    "add",
    "after",
    "all",
    "alter",
    "always",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "attach",
    "authorization",
    "autoincrement",
    "before",
    "begin",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "by",
    "cascade",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "commit",
    "concurrently",
    "conflict",
    "constraint",
    "create",
    "cross",
    "current",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "database",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "deferred",
    "delete",
    "desc",
    "detach",
    "distinct",
    "do",
    "drop",
    "each",
    "else",
    "end",
    "escape",
    "except",
    "exclude",
    "exclusive",
    "exists",
    "explain",
    "extract",
    "fail",
    "false",
    "fetch",
    "filter",
    "first",
    "float",
    "following",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "generated",
    "glob",
    "grant",
    "greatest",
    "group",
    "grouping",
    "groups",
    "having",
    "if",
    "ignore",
    "ilike",
    "immediate",
    "in",
    "index",
    "indexed",
    "initially",
    "inner",
    "inout",
    "insert",
    "instead",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "json",
    "json_array",
    "json_object",
    "key",
    "last",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "match",
    "materialized",
    "merge_action",
    "national",
    "natural",
    "nchar",
    "no",
    "none",
    "normalize",
    "not",
    "nothing",
    "notnull",
    "null",
    "nullif",
    "nulls",
    "numeric",
    "of",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "others",
    "out",
    "outer",
    "over",
    "overlaps",
    "overlay",
    "partition",
    "placing",
    "plan",
    "position",
    "pragma",
    "preceding",
    "precision",
    "primary",
    "query",
    "raise",
    "range",
    "real",
    "recursive",
    "references",
    "regexp",
    "reindex",
    "release",
    "rename",
    "replace",
    "restrict",
    "returning",
    "right",
    "rollback",
    "row",
    "rows",
    "savepoint",
    "select",
    "session_user",
    "set",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "temp",
    "temporary",
    "then",
    "ties",
    "time",
    "timestamp",
    "to",
    "trailing",
    "transaction",
    "treat",
    "trigger",
    "trim",
    "true",
    "unbounded",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "vacuum",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "view",
    "virtual",
    "when",
    "where",
    "window",
    "with",
    "within",
    "without",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
];

#[cfg(test)]
mod tests {
    use super::{RESERVED, quoted};

    #[test]
    fn reserved_words_are_sorted_and_quoted() {
        assert!(RESERVED.is_sorted());
        assert_eq!(quoted("order"), "\"order\"");
        assert_eq!(quoted("orders"), "orders");
        assert_eq!(quoted("sayIt"), "\"sayIt\"");
    }
}
