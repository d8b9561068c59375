//! The function of a slot: there is one, and it has the signature that it is called by.

use ruff_python_ast::{Expr, Operator, ParameterWithDefault, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};
use stratapi_diagnostics::Code;
use stratapi_plan::{SlotPlan, ValueType};

use super::Findings;
use super::bound::Bound;
use super::imports::Imports;
use crate::signature::{python, signature, written};

/// Reports in what the function differs from what the slot declares.
pub(super) fn check(slot: &SlotPlan, body: &[Stmt], imports: &Imports, findings: &mut Findings) {
    let mut contract = Contract { slot, imports, findings };
    let name = slot.name.as_str();
    let mut functions = body.iter().filter_map(|stmt| match stmt {
        Stmt::FunctionDef(function) if function.name.id.as_str() == name => Some(function),
        _ => None,
    });
    let Some(function) = functions.next() else {
        let message = format!("there is no function `{name}`");
        contract.wrong(TextRange::default(), message);
        return;
    };
    let others = Bound::of(body).places;
    let mut again =
        others.iter().filter(|(other, place)| *other == name && *place != function.name.range());
    if let Some((_, place)) = again.next() {
        contract.wrong(*place, format!("`{name}` means something else here than the function"));
    }
    contract.function(function);
}

struct Contract<'a> {
    slot: &'a SlotPlan,
    imports: &'a Imports,
    findings: &'a mut Findings,
}

impl Contract<'_> {
    fn wrong(&mut self, at: impl Ranged, message: impl Into<String>) {
        let help = format!("write `{}`", signature(self.slot));
        self.findings.report(Code::E0703, at, message, help);
    }

    fn function(&mut self, function: &StmtFunctionDef) {
        if function.is_async {
            self.wrong(&function.name, "the function of a slot is not `async`");
        }
        if let Some(decorator) = function.decorator_list.first() {
            self.wrong(decorator, "the function of a slot has no decorator");
        }
        if let Some(parameters) = &function.type_params {
            self.wrong(&**parameters, "the function of a slot has no type parameters");
        }
        self.parameters(function);
        match &function.returns {
            None => self.wrong(&function.name, "the function does not say what it returns"),
            Some(found) => {
                let output = self.slot.output.clone();
                self.annotation(found, &output, "the function returns");
            }
        }
    }

    fn parameters(&mut self, function: &StmtFunctionDef) {
        let found = &function.parameters;
        if let Some(more) = found.vararg.as_ref().or(found.kwarg.as_ref()) {
            self.wrong(&**more, "the slot is given nothing of this kind");
        }
        if let Some(first) = found.posonlyargs.first() {
            self.wrong(first, "inputs are given by name, so none of them stands in front of `/`");
        }
        let all = || found.args.iter().chain(&found.kwonlyargs);
        for (position, input) in self.slot.inputs.iter().enumerate() {
            match all().nth(position) {
                Some(parameter) if parameter.name().id.as_str() == input.name.as_str() => {
                    self.parameter(parameter, &input.ty);
                }
                Some(parameter) => {
                    let message =
                        format!("`{}` stands where `{}` is expected", parameter.name(), input.name);
                    return self.wrong(parameter, message);
                }
                None => {
                    let message = format!("the function does not take `{}`", input.name);
                    return self.wrong(&function.name, message);
                }
            }
        }
        if let Some(more) = all().nth(self.slot.inputs.len()) {
            self.wrong(more, format!("the slot has no input `{}`", more.name()));
        }
    }

    fn parameter(&mut self, parameter: &ParameterWithDefault, ty: &ValueType) {
        if let Some(default) = &parameter.default {
            self.wrong(&**default, "every input is given, so none has a default");
        }
        match parameter.annotation() {
            Some(annotation) => {
                self.annotation(annotation, ty, &format!("`{}` is", parameter.name()));
            }
            None => self.wrong(parameter, format!("`{}` has no type", parameter.name())),
        }
    }

    fn annotation(&mut self, found: &Expr, ty: &ValueType, what: &str) {
        if !self.says(found, ty) {
            let message = format!("{what} `{}` by the slot, and of another type here", written(ty));
            self.wrong(found, message);
        }
    }

    /// Whether an annotation says a type.
    fn says(&self, found: &Expr, ty: &ValueType) -> bool {
        if !ty.nullable {
            return self.is(found, ty);
        }
        let Expr::BinOp(union) = found else { return false };
        union.op == Operator::BitOr
            && matches!(*union.right, Expr::NoneLiteral(_))
            && self.is(&union.left, ty)
    }

    fn is(&self, found: &Expr, ty: &ValueType) -> bool {
        let wanted = python(ty);
        match (wanted.module, found) {
            (Some(module), _) => self.imports.imported(found) == Some((module, wanted.name)),
            (None, Expr::Name(name)) => name.id.as_str() == wanted.name,
            (None, _) => false,
        }
    }
}
