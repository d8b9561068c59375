//! Slots and the steps that ask them: what is read, what is printed of it, and what is said about bad
//! ones.

use stratapi_ir::model::{Action, AttributeType, Literal, SlotKind};
use stratapi_ir::resolved;

use crate::world::{findings, run};

const SHOP: &str = "stratapi: 1
app: {name: shop}
domain:
  enums:
    Kind: [letter, parcel]
  entities:
    Parcel:
      attributes:
        grams: int(0..)
        kind: Kind = letter
        due: date?
        price: decimal(12, 2)? = 0 readonly
        note: string(0..80)? readonly
api:
  endpoints:
    weigh: {route: 'POST /parcels/{parcel_id}/weigh', flow: weigh}
";

/// The document with the steps of a flow, and slots.
fn shop(steps: &str, slots: &str) -> String {
    format!(
        "{SHOP}behavior:\n  flows:\n    weigh:\n      input: {{parcel: Parcel}}\n      \
         steps:\n        - lock: parcel\n{steps}  slots:\n{slots}"
    )
}

const GOOD_STEPS: &str = "        - require: parcel.due is not None
        - slot: postage
          with: {due: parcel.due, grams: parcel.grams * 2, express: true, note: null}
          as: price
        - set: {parcel.price: price}
        - slot: motto
          as: motto_of_it
        - set: {parcel.note: motto_of_it}
";

const GOOD: &str = "    postage:
      kind: business_rule
      input:
        grams: int(0..)
        due: date
        express: bool
        note: {type: string, max_length: 20, nullable: true}
      output: decimal?
      describe: |
        Letters cost 0.95.
        Others don't.
      examples:
        - {given: {due: 2026-01-31, grams: 20, express: false, note: ''}, expect: '0.95'}
        - {given: {grams: 21, due: '2026-02-01', express: true, note: null}, expect: null}
    motto:
      kind: flow_method
      output: string
      describe: Always the same.
      examples:
        - expect: Quick as a \"flash\".
      reads: []
";

#[test]
fn a_good_slot_is_read_and_printed_again() {
    let document = shop(GOOD_STEPS, GOOD);
    assert_eq!(findings(&document), "");
    let ir = run(&document).0.value.expect("a model");
    let [postage, motto] = ir.behavior.slots.as_slice() else { panic!("two slots") };
    assert_eq!((postage.kind, motto.kind), (SlotKind::BusinessRule, SlotKind::FlowMethod));
    let AttributeType::Decimal { precision: 18, scale: 2, .. } = postage.output.ty else {
        panic!("{:?}", postage.output.ty)
    };
    let given = [
        Literal::Int("20".to_owned()),
        Literal::Text("2026-01-31".to_owned()),
        Literal::Bool(false),
        Literal::Text(String::new()),
    ];
    assert_eq!(postage.examples[0].given, given);
    assert_eq!(postage.examples[0].expect.value, Literal::Number("0.95".to_owned()));
    assert_eq!(postage.examples[1].expect.value, Literal::Null);
    let asked = ir.behavior.flows[0].steps.iter().filter_map(|step| match &step.action {
        Action::Slot(call) => Some((call.slot.index(), call.arguments.len())),
        _ => None,
    });
    assert_eq!(asked.collect::<Vec<_>>(), [(0, 4), (1, 0)]);
    let printed = resolved(&ir);
    let again = run(&printed).0.value.expect("the same model");
    assert_eq!(resolved(&again), printed);
    let behavior = printed.split("\nbehavior:\n").nth(1).expect("behavior");
    insta::assert_snapshot!("a_good_slot", behavior);
}

macro_rules! cases {
    ($($name:ident $steps:expr, $slots:expr;)*) => {$(
        #[test]
        fn $name() {
            let (steps, slots): (&str, &str) = ($steps, $slots);
            let shown = format!("{steps}{slots}=>\n{}", findings(&shop(steps, slots)));
            insta::assert_snapshot!(stringify!($name), shown);
        }
    )*};
}

cases! {
    slot_steps "        - {slot: postag, with: {grams: 5}, as: a}
        - {set: {parcel.price: a}}
        - {slot: postage, with: {grams: 5}}
        - {slot: postage, as: b}
        - {slot: postage, with: {grams: parcel.due, gramms: 5}, as: c}
        - {slot: postage, with: {grams: null}, as: d}
        - {slot: postage, with: {grams: 5}, as: parcel}
        - {slot: postage, with: {grams: 5}, as: postage}
        - {slot: postage, with: {grams: 5}, as: unused}
        - {slot: postage, with: {grams: 5}, else: 404, as: e}
        - {slot: , as: f}
        - {slot: postage, call: weigh, as: g}
        - {slot: perhaps, as: h}
        - {require: h > 5}
        - {slot: broken, as: i}
        - {require: i > 5}
        - {let: motto, be: now()}
", "    postage:
      kind: business_rule
      input: {grams: int}
      output: decimal
      describe: A price.
      examples: [{given: {grams: 1}, expect: 1}]
    perhaps:
      kind: business_rule
      output: int?
      describe: A number.
      examples: [{expect: 1}]
    broken:
      kind: business_rule
      output: int
      describe: A number.
      examples: []
    motto:
      kind: business_rule
      output: int
      describe: A number.
      examples: [{expect: 1}]
";
    slot_keys "", "    Postage: {kind: business_rule, output: int, describe: x, examples: [{expect: 1}]}
    a: {kind: custom_endpoint, output: int, describe: x, examples: [{expect: 1}]}
    b: {kind: mapping, output: int, describe: x, examples: [{expect: 1}]}
    c: {kind: repair_patch, output: int, describe: x, examples: [{expect: 1}]}
    d: {kind: busines_rule, output: int, describe: x, examples: [{expect: 1}]}
    e: {}
    f: {kind: business_rule, output: int, describe: '  ', examples: [{expect: 1}]}
    g: {kind: business_rule, output: int, describe: x, examples: [], reads: [Parcel], writes: [Parcel], properties: [x > 0]}
    h: {kind: business_rule, output: int, describe: x, examples: [{expect: 1}], outptu: 5}
    i: {kind: business_rule, output: Kind, describe: x, examples: [{expect: letter}]}
    j: {kind: business_rule, output: 'int[]', describe: x, examples: [{expect: [1]}]}
    k: {kind: business_rule, output: json, describe: x, examples: [{expect: 1}]}
    l: {kind: business_rule, output: bytes, describe: x, examples: [{expect: x}]}
    m: {kind: business_rule, output: password, describe: x, examples: [{expect: x}]}
    n: {kind: business_rule, output: int = 5, describe: x, examples: [{expect: 1}]}
    o: {kind: business_rule, output: int unique, describe: x, examples: [{expect: 1}]}
    p: {kind: business_rule, output: Strng, describe: x, examples: [{expect: x}]}
    q: {kind: business_rule, input: {q: int, Bad: int, r: Parcel}, output: int, describe: x, examples: [{given: {q: 1}, expect: 1}]}
    r: {kind: business_rule, input: {a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int, i: int, j: int, k: int}, output: int, describe: x, examples: []}
";
    slot_examples "", "    a:
      kind: business_rule
      input: {grams: int(0..10), price: decimal, word: string?, due: date}
      output: decimal
      describe: x
      examples:
        - {given: {grams: 1, price: '1.00', word: a, due: 2026-01-01}, expect: '1.001'}
        - {given: {grams: 11, price: x, word: 5, due: '2026-02-30'}, expect: true}
        - {given: {grams: null, price: 1.5, word: null, due: 2026-01-01}, expect: null}
        - {given: {grams: 1, prize: 1}, expect: 1}
        - {expect: 1}
        - {given: {grams: 1, price: '1.00', word: a, due: 2026-01-01}}
        - {given: 5, expect: 1, why: x}
    b:
      kind: business_rule
      input: {grams: int}
      output: int
      describe: x
      examples:
        - {given: {grams: 1}, expect: 1}
        - {given: {grams: 1}, expect: 2}
        - {given: {grams: 2}, expect: 2}
";
}
