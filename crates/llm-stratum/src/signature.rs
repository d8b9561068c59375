//! The signature that a slot's function must have, as text: for people who write it.

use stratapi_plan::{PythonType, SlotPlan, ValueType};

/// `def shipping_cost(weight_grams: int, goods: Decimal) -> Decimal:`
pub fn signature(slot: &SlotPlan) -> String {
    let inputs = slot.inputs.iter().map(|it| format!("{}: {}", it.name, written(&it.ty)));
    let star = slot.by_name().then(|| "*".to_owned());
    let parameters: Vec<String> = star.into_iter().chain(inputs).collect();
    format!("def {}({}) -> {}:", slot.name, parameters.join(", "), written(&slot.output))
}

/// A file that somebody can begin with.
pub(crate) fn skeleton(slot: &SlotPlan) -> String {
    let mut imports: Vec<(&str, Vec<&str>)> = Vec::new();
    let types = slot.inputs.iter().map(|input| &input.ty).chain([&slot.output]);
    for PythonType { module, name } in types.map(python) {
        let Some(module) = module else { continue };
        match imports.iter_mut().find(|(known, _)| *known == module) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => imports.push((module, vec![name])),
        }
    }
    imports.sort_unstable();
    let mut lines: Vec<String> = imports
        .into_iter()
        .map(|(module, mut names)| {
            names.sort_unstable();
            format!("from {module} import {}", names.join(", "))
        })
        .collect();
    if !lines.is_empty() {
        lines.extend([String::new(), String::new()]);
    }
    lines.push(signature(slot));
    lines.push("    raise NotImplementedError".to_owned());
    lines.join("\n")
}

/// `Decimal | None`
pub(crate) fn written(ty: &ValueType) -> String {
    let name = python(ty).name;
    if ty.nullable { format!("{name} | None") } else { name.to_owned() }
}

/// Python's type for a value of a slot.
pub(crate) fn python(ty: &ValueType) -> PythonType {
    ty.kind
        .python()
        .unwrap_or_else(|| stratapi_diagnostics::bug!("a slot is given or returns {:?}", ty.kind))
}
