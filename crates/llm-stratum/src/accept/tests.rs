//! What is accepted, and what is refused for which reason.

use stratapi_diagnostics::{Code, FileId, SourceMap, Span};
use stratapi_plan::{PyIdent, SlotInputPlan, SlotKind, SlotPlan, ValueKind, ValueType};

use super::accept;

fn value(kind: ValueKind, nullable: bool) -> ValueType {
    ValueType { kind, list: false, nullable }
}

fn decimal() -> ValueKind {
    ValueKind::Decimal { precision: 18, scale: 2, min: None, max: None }
}

/// `def price(grams: int, goods: Decimal | None) -> Decimal:`
fn slot() -> SlotPlan {
    let input = |name: &'static str, ty| SlotInputPlan { name: PyIdent::constant(name), ty };
    let int = ValueKind::Int { min: 0, max: 9, big: false };
    SlotPlan {
        name: PyIdent::constant("price"),
        kind: SlotKind::BusinessRule,
        module: "app.services.price_business_rules".to_owned(),
        inputs: vec![input("grams", value(int, false)), input("goods", value(decimal(), true))],
        output: value(decimal(), false),
        describe: "A price.".to_owned(),
        examples: Vec::new(),
        span: Span::new(FileId(0), 0, 0),
    }
}

/// The codes, places and messages of what speaks against a file.
fn said(text: &str) -> Vec<(Code, String, String)> {
    let mut sources = SourceMap::default();
    let file = sources.add("slots/price.py", text);
    let findings = accept(&slot(), &sources, file);
    let told = findings.into_iter().map(|it| {
        assert!(!it.help.is_empty(), "{}", it.message);
        let place = it.span().map_or("", |span| sources.text(span)).to_owned();
        (it.code, place, it.message)
    });
    told.collect()
}

const HEAD: &str = "from decimal import Decimal\n";
const SIGNATURE: &str = "def price(grams: int, goods: Decimal | None) -> Decimal:\n";

/// A file with code at its top and in its function.
fn file(top: &str, body: &str) -> String {
    let body = body.lines().fold(String::new(), |body, line| body + "    " + line + "\n");
    format!("{HEAD}{top}\n\n{SIGNATURE}{body}    return Decimal(1)\n")
}

#[test]
fn code_that_computes_is_accepted() {
    let table = [
        ("", ""),
        (
            "import math\nimport collections.abc",
            "x = math.floor(1.5)\ny: collections.abc.Sequence[int] = ()",
        ),
        ("from collections import abc as c", "x: c.Mapping[str, int] = {}"),
        ("RATES: dict[str, Decimal] = {'a': Decimal(1)}", "x = RATES.get('a', Decimal(0))"),
        ("import re\nWORD = re.compile('[a-z]+')", "x = WORD.sub('', 'a') or re.escape('b')"),
        (
            "from dataclasses import dataclass, replace\n@dataclass(frozen=True)\nclass Rate:\n    first: int = 1",
            "x = replace(Rate(), first=2).first",
        ),
        ("import dataclasses\n@dataclasses.dataclass\nclass Rate:\n    first: int", "x = Rate(1)"),
        ("from enum import Enum\nclass Zone(Enum):\n    HOME = 1", "x = Zone.HOME.value"),
        ("def _helper(x: int) -> int:\n    return x", "x = _helper(grams)"),
        ("", "for n in range(3):\n    x = [m for m in (n, 1) if m] + [lambda a: a]"),
        (
            "",
            "try:\n    x = 1 // grams\nexcept ZeroDivisionError as error:\n    raise ValueError(f'{grams!r:>{10}}') from error",
        ),
        (
            "",
            "match grams:\n    case 0 | 1 as few:\n        x = few\n    case int(real=y):\n        x = y\n    case _:\n        pass",
        ),
        ("", "x = '{:.2f} {}'.format(1.5, grams) + '%s' % grams"),
        (
            "from decimal import ROUND_HALF_UP, localcontext",
            "with localcontext(prec=9):\n    x = Decimal(1).quantize(Decimal(1), ROUND_HALF_UP)",
        ),
        ("", "def inner() -> int:\n    nonlocal_ = 1\n    return nonlocal_\nx = inner()"),
        (
            "from __future__ import annotations",
            "total = 0\nwhile (total := total + 1) < 5:\n    continue",
        ),
        ("from datetime import datetime as d, UTC", "x = d(2020, 1, 1, tzinfo=UTC).isoformat()"),
    ];
    for (top, body) in table {
        assert_eq!(said(&file(top, body)), [], "{top}\n{body}");
    }
    let whole = format!("import decimal\n{}", SIGNATURE.replace("Decimal", "decimal.Decimal"));
    assert_eq!(said(&format!("{whole}    return decimal.Decimal(1)\n")), []);
    let named = format!("{HEAD}{}    return Decimal(1)\n", SIGNATURE.replace("(g", "(*, g"));
    assert_eq!(said(&named), []);
}

#[test]
fn what_could_do_harm_is_refused_at_its_place() {
    let in_body = [
        ("open('x')", "open"),
        ("eval('1')", "eval"),
        ("exec('1')", "exec"),
        ("compile('1', 'x', 'eval')", "compile"),
        ("__import__('os')", "__import__"),
        ("__builtins__", "__builtins__"),
        ("getattr(grams, 'real')", "getattr"),
        ("setattr(grams, 'real', 1)", "setattr"),
        ("vars()", "vars"),
        ("globals()", "globals"),
        ("print(grams)", "print"),
        ("input()", "input"),
        ("breakpoint()", "breakpoint"),
        ("type(grams)", "type"),
        ("object()", "object"),
        ("f = open", "open"),
        ("f'{open}'", "open"),
        ("f'{grams:{open}}'", "open"),
        ("[open for x in ()]", "open"),
        ("lambda x=open: x", "open"),
        ("raise SystemExit", "SystemExit"),
        ("undefined", "undefined"),
        ("grams.__class__", "__class__"),
        ("().__class__.__bases__[0].__subclasses__()", "__subclasses__"),
        ("grams._private", "_private"),
        ("(x for x in ()).gi_frame", "gi_frame"),
        ("(x for x in ()).gi_frame.f_builtins", "f_builtins"),
        ("int.mro()", "mro"),
        ("'{0.__class__}'.format(grams)", "format"),
        ("'{0[a]}'.format(grams)", "format"),
        ("('{' + '}').format(grams)", "format"),
        ("str.format('{0.__class__}', grams)", "format"),
        ("f = '{}'.format", "format"),
        ("'{x.y}'.format_map({})", "format_map"),
        ("match grams:\n    case int(__class__=c):\n        pass", "__class__"),
        ("match grams:\n    case open(real=c):\n        pass", "open"),
        ("eval = 1", "eval"),
        ("def open() -> None: ...", "open"),
        ("for input in (): ...", "input"),
        ("with grams as vars: ...", "vars"),
        ("try: ...\nexcept ValueError as id: ...", "id"),
        ("match grams:\n    case [*exec]: ...", "exec"),
        ("(getattr := 1)", "getattr"),
        ("lambda dir: dir", "dir"),
        ("del eval", "eval"),
        ("Decimal = int", "Decimal"),
        ("Decimal.real = 5", "Decimal.real"),
        ("del Decimal.real", "Decimal.real"),
        ("global grams", "global grams"),
        ("import math", "import math"),
        ("async def f() -> None: ...", "f"),
        ("__x = 1", "__x"),
        ("dict(__class__=1)", "__class__"),
        ("def __getattr__(name: str) -> None: ...", "__getattr__"),
        ("class A(metaclass=int): ...", "metaclass"),
    ];
    for (body, place) in in_body {
        refused(&file("", body), place);
    }
}

#[test]
fn imports_and_code_at_the_top_are_of_few_kinds() {
    let table = [
        ("import os", "os"),
        ("import os.path as math", "os.path as math"),
        ("import subprocess, math", "subprocess"),
        ("from os import path", "from os import path"),
        ("from . import core", "from . import core"),
        ("from app.core import database", "from app.core import database"),
        ("from math import *", "*"),
        ("from typing import sys", "sys"),
        ("from typing import get_type_hints", "get_type_hints"),
        ("from string import Formatter", "Formatter"),
        ("from functools import wraps", "wraps"),
        ("from uuid import getnode", "getnode"),
        ("from collections import namedtuple", "namedtuple"),
        ("import typing\nx = typing.sys", "sys"),
        ("import re\nx = re.enum.sys.modules", "enum"),
        ("import collections.abc\nx = collections.abc.sys", "sys"),
        ("import collections.abc\nx = collections.abc", "collections.abc"),
        ("import math\nx = [math]", "math"),
        ("import math\nmath.floor = int", "math.floor"),
        ("import math\nmath = 1", "math"),
        ("import math as __builtins__", "__builtins__"),
        ("from math import floor as eval", "eval"),
        ("from datetime import date\nx = date.today()", "today"),
        ("import datetime as d\nx = d.datetime.now()", "now"),
        ("from dataclasses import dataclass\nx = dataclass(Decimal)", "dataclass"),
        ("import dataclasses\nx = dataclasses.dataclass(Decimal)", "dataclasses.dataclass"),
        ("from collections.abc import Sized\nx = Sized.register(int)", "register"),
        ("import decimal\nx = decimal.setcontext", "setcontext"),
        ("list(range(3))", "list(range(3))"),
        ("if True:\n    x = 1", "True"),
        ("for x in (): ...", "x"),
        ("while True: ...", "True"),
        ("x, y = 1, 2", "x, y = 1, 2"),
        ("x[0] = 1", "x[0] = 1"),
        ("x += 1", "x += 1"),
        ("__all__ = ['price']", "__all__"),
        ("@open\ndef f() -> None: ...", "open"),
        ("def f(x: open = 1) -> None: ...", "open"),
        ("class A:\n    import math", "import math"),
    ];
    for (top, place) in table {
        refused(&file(top, ""), place);
    }
}

fn refused(text: &str, place: &str) {
    let said = said(text);
    let found = said.iter().any(|(code, at, _)| *code == Code::E0704 && at == place);
    assert!(found, "{text}\n{said:#?}");
}

/// Files, with what is underlined and what is said of it.
const SIGNATURES: &[(&str, &str, &str)] = &[
    ("def other() -> int:\n    return 1\n", "", "there is no function `price`"),
    (
        "async def price(grams: int, goods: Decimal | None) -> Decimal: ...\n",
        "price",
        "not `async`",
    ),
    (
        "@staticmethod\ndef price(grams: int, goods: Decimal | None) -> Decimal: ...\n",
        "@staticmethod",
        "no decorator",
    ),
    ("def price(grams: int) -> Decimal: ...\n", "price", "does not take `goods`"),
    (
        "def price(goods: Decimal | None, grams: int) -> Decimal: ...\n",
        "goods: Decimal | None",
        "where `grams` is expected",
    ),
    (
        "def price(grams: int, goods: Decimal | None, x: int) -> Decimal: ...\n",
        "x: int",
        "no input `x`",
    ),
    (
        "def price(grams: int, goods: Decimal | None = None) -> Decimal: ...\n",
        "None",
        "none has a default",
    ),
    (
        "def price(grams: int, /, goods: Decimal | None) -> Decimal: ...\n",
        "grams: int",
        "in front of `/`",
    ),
    (
        "def price(grams: int, goods: Decimal | None, *x: int) -> Decimal: ...\n",
        "*x: int",
        "nothing of this kind",
    ),
    (
        "def price(grams: int, goods: Decimal | None, **x: int) -> Decimal: ...\n",
        "**x: int",
        "nothing of this kind",
    ),
    ("def price(grams, goods: Decimal | None) -> Decimal: ...\n", "grams", "has no type"),
    (
        "def price(grams: float, goods: Decimal | None) -> Decimal: ...\n",
        "float",
        "`grams` is `int`",
    ),
    (
        "def price(grams: int, goods: Decimal) -> Decimal: ...\n",
        "Decimal",
        "`goods` is `Decimal | None`",
    ),
    (
        "def price(grams: int, goods: None | Decimal) -> Decimal: ...\n",
        "None | Decimal",
        "`goods` is",
    ),
    (
        "def price(grams: 'int', goods: Decimal | None) -> Decimal: ...\n",
        "'int'",
        "`grams` is `int`",
    ),
    ("def price(grams: int, goods: Decimal | None) -> float: ...\n", "float", "returns `Decimal`"),
    (
        "def price(grams: int, goods: Decimal | None): ...\n",
        "price",
        "does not say what it returns",
    ),
    ("def price[T](grams: int, goods: Decimal | None) -> Decimal: ...\n", "", "no Python 3.11"),
];

#[test]
fn the_function_is_the_one_that_is_called() {
    for (text, place, message) in SIGNATURES {
        let said = said(&format!("{HEAD}{text}"));
        let found = said.iter().any(|(_, at, what)| at == place && what.contains(message));
        assert!(found, "{text}\n{said:#?}");
    }
    let again = format!("{}price = Decimal\n", file("", ""));
    assert_eq!(said(&again)[0].1, "price");
    // A type of the same name from elsewhere is another type.
    let fake = file("", "").replace(HEAD, "class Decimal: ...\n");
    assert!(said(&fake).iter().any(|(code, ..)| *code == Code::E0703));
}

#[test]
fn no_more_findings_are_told_than_anybody_reads() {
    let said = said(&file("", &"open()\n".repeat(100)));
    assert_eq!(said.len(), super::MOST);
}
