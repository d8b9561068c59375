//! One expression has one meaning, whoever prints it: what a database holds as a check, and what
//! Python decides on a loaded row, agree on rows with nulls and boundary values.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use stratapi_diagnostics::SourceMap;
use stratapi_driver::{Config, MemoryWorld, compile};
use stratapi_tests::says_nothing;

/// Attributes: name, type, and values of rows.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("a", "int(-5..5)"),
    ("c", "int(-2147483648..2147483647)"),
    ("n", "int?"),
    ("f", "float"),
    ("t", "string"),
    ("u", "string?"),
    ("k", "bool"),
    ("o", "bool?"),
    ("e", "Stage"),
    ("g", "Stage?"),
];

/// How many expressions are compared.
const EXPRESSIONS: usize = 60;

/// A row of numbers that is the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    fn pick(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }
}

fn number(dice: &mut Dice, depth: usize) -> String {
    let plain = ["a", "c", "f", "len(t)"];
    if depth == 0 {
        return dice.pick(&plain).to_owned();
    }
    let inner = number(dice, depth - 1);
    match dice.below(7) {
        0 => format!("abs({inner})"),
        1 => format!("-{}", dice.pick(&plain)),
        2 => format!("({inner} + {})", dice.pick(&["2", "-3", "a"])),
        3 => format!("({} - ({inner}))", dice.pick(&["7", "c", "f"])),
        4 => format!("({inner} * {})", dice.pick(&["2", "-3", "a"])),
        5 => format!("({inner} if {} else {})", condition(dice, depth - 1), dice.pick(&plain)),
        _ => inner,
    }
}

fn condition(dice: &mut Dice, depth: usize) -> String {
    let sign = dice.pick(&["<", "<=", ">", ">=", "==", "!="]);
    if depth == 0 {
        return match dice.below(9) {
            0 => "k".to_owned(),
            1 => "(o is None or o)".to_owned(),
            2 => "e == 'open'".to_owned(),
            3 => "e not in ('open', 'done')".to_owned(),
            4 => "(g is not None and g != 'done')".to_owned(),
            5 => "(u is None or len(u) > 2)".to_owned(),
            6 => format!("(n is None or n + 1 {sign} a)"),
            7 => "t in ('abc', '')".to_owned(),
            _ => format!("a {sign} 3"),
        };
    }
    match dice.below(5) {
        0 => format!("not ({})", condition(dice, depth - 1)),
        1 => format!("({} and {})", condition(dice, depth - 1), condition(dice, depth - 1)),
        2 => format!("({} or {})", condition(dice, depth - 1), condition(dice, depth - 1)),
        3 => format!("-100 < {} {sign} {}", number(dice, depth), number(dice, depth - 1)),
        _ => format!("{} {sign} {}", number(dice, depth), dice.pick(&["1", "-4", "a", "f"])),
    }
}

fn document(expressions: &[String]) -> String {
    let attributes: String = ATTRIBUTES
        .iter()
        .map(|(name, ty)| format!("        {name}: {ty}\n"))
        .collect::<Vec<_>>()
        .concat();
    let mut entities = String::new();
    let (mut resources, mut invariants) = (String::new(), String::new());
    for (index, expression) in expressions.iter().enumerate() {
        let _ = write!(entities, "    T{index}:\n      attributes:\n{attributes}");
        let _ = writeln!(resources, "    T{index}: {{access: {{update: \"{expression}\"}}}}");
        let _ = writeln!(invariants, "    T{index}: {{holds: \"{expression}\"}}");
    }
    format!(
        "stratapi: 1\napp: {{name: printers, architecture: layered}}\ndomain:\n  enums:\n    \
         Stage: [open, closed, done]\n  entities:\n{entities}api:\n  resources:\n{resources}behavior:\n  \
         invariants:\n{invariants}"
    )
}

/// Reads cases, and answers with those in which SQL and Python differ.
const COMPARE: &str = r#"
from __future__ import annotations
import itertools, json, random, re, sqlite3, sys
from enum import StrEnum
from types import SimpleNamespace

class Stage(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    DONE = "done"

VALUES = {
    "a": [-5, -1, 0, 3, 5],
    "c": [-2147483648, -1, 0, 1, 2147483647],
    "n": [None, -2147483648, 0, 2, 2147483647],
    "f": [-1.5, 0.0, 2.25, 1e300],
    "t": ["", "abc", "ü€😀", "A"],
    "u": [None, "", "abcd"],
    "k": [True, False],
    "o": [None, True, False],
    "e": list(Stage),
    "g": [None, *Stage],
}
numbers = random.Random(7)
rows = [{name: numbers.choice(values) for name, values in VALUES.items()} for _ in range(400)]
base = {name: values[0] for name, values in VALUES.items()}
rows += [base | {name: value} for name, values in VALUES.items() for value in values]
database = sqlite3.connect(":memory:")
columns = ", ".join(f'? AS "{name}"' for name in VALUES)
differ = []
for case in json.load(sys.stdin):
    source = case["python"]
    scope = {"Stage": Stage}
    known = "\n".join(re.findall(r"^_BOUND_.*$", source, re.M))
    start = source.index("def _may_update")
    exec("from __future__ import annotations\n" + known + "\n" + source[start:], scope)
    query = f"SELECT ({case['sql']}) FROM (SELECT {columns})"
    for row in rows:
        [(held,)] = database.execute(query, [None if v is None else (str(v) if isinstance(v, Stage) else v) for v in row.values()])
        decided = scope["_may_update"](SimpleNamespace(**row))
        if held is None or bool(held) is not decided:
            differ.append([case["expression"], case["sql"], repr(row), held, decided])
            break
json.dump(differ, sys.stdout)
"#;

/// The cases: each expression as SQL and as Python.
fn cases(expressions: &[String]) -> Vec<Value> {
    let text = document(expressions);
    let world = MemoryWorld::new().with("app.yaml", text.as_str());
    let ir = stratapi_ir::load(&world, "app.yaml", &mut SourceMap::default());
    let said: Vec<_> = ir.diagnostics.iter().map(|it| it.message.clone()).collect();
    let ir = ir.value.unwrap_or_else(|| panic!("{said:#?}"));
    let plan = stratapi_plan::lower(&ir).value.expect("a plan");
    let built = compile(&world, &Config::new("app.yaml")).value.expect("a project");
    let case = |(index, expression): (usize, &String)| {
        let entity = &plan.entities[index];
        let check = plan.table(entity).checks.iter().find(|check| check.invariant.is_some());
        let path = format!("app/services/{}_service.py", entity.module);
        let service = &built.tree.get(&path).expect("a service").text;
        json!({
            "expression": expression,
            "sql": check.expect("a check").sql,
            "python": service,
        })
    };
    expressions.iter().enumerate().map(case).collect()
}

#[test]
fn checks_and_python_agree() {
    let mut dice = Dice(11);
    let expressions: Vec<String> = (0..EXPRESSIONS)
        .map(|index| condition(&mut dice, index % 4))
        .filter(|text| text.contains(['a', 'c', 'f', 't', 'k', 'e']))
        .filter(|text| !says_nothing(&document(std::slice::from_ref(text))))
        .collect();
    assert!(expressions.len() > EXPRESSIONS / 2, "{} expressions", expressions.len());
    let mut python = Command::new("python3")
        .args(["-c", COMPARE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python");
    let input = serde_json::to_vec(&cases(&expressions)).expect("JSON");
    python.stdin.take().expect("a pipe").write_all(&input).expect("written");
    let output = python.wait_with_output().expect("an answer");
    assert!(output.status.success());
    let differ: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(differ.is_empty(), "{differ:#?}");
}
