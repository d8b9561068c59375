//! Flows: what is read, what is printed of it, and what is said about bad ones.

use stratapi_ir::model::{Action, InputKind, Segment};
use stratapi_ir::resolved;

use crate::world::{findings, run};

const BANK: &str = "stratapi: 1
app: {name: bank}
security:
  authentication: {kind: jwt, user: Person, login: email, secret: password}
  roles: [member, clerk]
domain:
  enums:
    Kind: [loan, gift]
    State: [open, closed]
  entities:
    Person:
      attributes: {email: email unique, password: password(8..64), role: role = member readonly}
    Account:
      attributes:
        name: string(1..80)
        balance: decimal(12, 2, min=0) = 0 readonly
        state: State = open readonly
        closed_at: datetime?
      relationships:
        owner: many_to_one Person (inverse=accounts)
        heir: many_to_one Person?
    Entry:
      attributes:
        number: int(0..) readonly
        kind: Kind? readonly
        amount: decimal(12, 2) readonly
        code: string(1..9, pattern='^[a-z]+$')? immutable
      relationships:
        account: many_to_one Account (inverse=entries)
        tags: many_to_many Tag (inverse=entries)
    Tag:
      attributes: {word: string(1..20)}
    Page:
      attributes: {title: string(1..20), slug: slug from title}
    Hidden:
      attributes: {x: int = 0}
";

/// The document with endpoints and flows.
pub(crate) fn bank(endpoints: &str, flows: &str) -> String {
    format!(
        "{BANK}api:\n  resources: {{Hidden: false, Entry: [list, get]}}\n  endpoints:\n{endpoints}behavior:\n  \
         state_machines:\n    Account.state:\n      transitions:\n        \
         close: {{from: open, to: closed, endpoint: false, set: {{closed_at: now()}}}}\n  flows:\n{flows}"
    )
}

const GOOD_ENDPOINTS: &str = "    transfer:
      route: POST /accounts/{source_id}/transfers/{target_id}
      flow: transfer
      status: 201
    shut: {route: 'POST /accounts/{account_id}/shut', flow: shut, access: role(clerk)}
";

const GOOD: &str = "    transfer:
      input:
        source: Account
        target: Account
        amount: decimal(12, 2, min=0.01)
        kind: Kind?
      steps:
        - require: source.owner == current_user or role(clerk)
          else: 404
        - if: source.id < target.id
          then: [{lock: source}, {lock: target}]
          else: [{lock: target}, {lock: source}]
        - require: source.balance >= amount or amount < 5
          else: {status: 422, message: 'Of {{it}} {source.name} has {source.balance}.'}
        - let: half
          be: amount if amount > 100 else source.balance
        - set:
            source.balance: source.balance - amount
            target.balance: target.balance + amount + half * 2
            source.closed_at: null
        - create: Entry
          with: {account: source, number: len(target.entries), kind: kind, amount: amount, code: null}
          as: entry
        - if: any(other.amount > 5 for other in target.entries) and kind is not None
          then:
            - call: shut
              with: {account: target}
          else:
            - for: other in target.entries
              order_by: other.id
              do:
                - lock: other
                - set: {other.number: other.number + 1, other.kind: loan}
                - delete: other
        - return: entry
    shut:
      input: {account: Account}
      steps:
        - transition: account.close
        - require: sum(entry.amount for entry in account.entries if entry.kind is not None and entry.kind == 'loan') == 0
          else: 403
";

macro_rules! cases {
    ($($name:ident $endpoints:expr, $flows:expr;)*) => {$(
        #[test]
        fn $name() {
            let flows: &str = $flows;
            let shown = {
                let found = $crate::world::findings(&$crate::flows::bank($endpoints, flows));
                format!("{}{flows}\n=>\n{found}", $endpoints)
            };
            insta::assert_snapshot!(stringify!($name), shown);
        }
    )*};
}
pub(crate) use cases;

#[test]
fn a_good_flow_is_read_and_printed_again() {
    let document = bank(GOOD_ENDPOINTS, GOOD);
    let (checked, _) = run(&document);
    assert_eq!(findings(&document), "");
    let ir = checked.value.expect("a model");
    let [transfer, shut] = ir.behavior.flows.as_slice() else { panic!("two flows") };
    assert!(transfer.caller && transfer.returns.is_some());
    assert!(!shut.caller && shut.returns.is_none());
    assert!(matches!(transfer.inputs[2].kind, InputKind::Value(_)));
    assert!(matches!(transfer.steps.last().map(|it| &it.action), Some(Action::Return(Some(_)))));
    let [first, second] = ir.api.endpoints.as_slice() else { panic!("two endpoints") };
    assert_eq!(first.route[1], Segment::Input(0));
    assert_eq!((first.status, second.status), (201, 204));
    let printed = resolved(&ir);
    let (again, _) = run(&printed);
    assert_eq!(resolved(&again.value.expect("the same model")), printed);
    let flows = printed.split("\n  flows:\n").nth(1).expect("flows");
    insta::assert_snapshot!("a_good_flow", flows);
}

cases! {
    flow_steps "", "    a:
      steps:
        - {}
        - {lock: x, set: {}}
        - {lock: current_user, else: 404}
        - {let: x}
        - {let: y, be: 5}
        - {let: z, be: \"'text'\"}
        - {for: i, do: []}
        - {for: i in current_user.accounts, do: [{return: i}]}
        - {if: role(clerk), else: 404, then: [{return: }]}
        - {require: role(chief), else: [{return: }]}
        - {call: b}
        - {slot: price, as: price}
        - {require: price > 5}
        - {emit: x}
        - {fetch: x}
        - {create: Acount, as: it}
        - {lock: it.owner}
        - {transition: close}
        - {let: Bad, be: now()}
    b:
      steps: []
    c:
      steps: [{call: d}]
    d:
      steps: [{call: c}]
    e:
      steps: [{call: e}]
";
    flow_names "", "    a:
      input: {self: Account, account: Account, Amount: int, x: int = 5, y: int unique, p: password, q: slug, r: Strng}
      steps:
        - lock: acount
        - lock: account.ownr
        - lock: account.name
        - lock: account.entries
        - lock: account.heir
        - require: x > 5
        - require: account.heir.email == 'a@b.c'
        - require: self.x == 5
        - let: account
          be: now()
        - for: account in account.entries
          do:
            - lock: account
        - require: any(len(other.tags) > 0 for other in account.entries)
        - require: current_user.account.name == 'x'
    b:
      input: {account: Account, unused: int}
      steps:
        - for: entry in account.entries
          do:
            - lock: account
";
    flow_values "", "    a:
      input: {account: Account, entry: Entry, kind: Kind, text: string(1..5), nothing: int?, tag: Tag}
      steps:
        - set:
            account.balance: text
            account.balanc: 5
            account.state: closed
            account.owner: current_user
            account.heir: account
            entry.account: null
            entry.tags: tag
            account.closed_at: null
            account.name: null
            entry.kind: lone
            entry.code: text
            entry.number: nothing
            entry.amount: 1.234
            entry.id: 5
            current_user.password: text
            account.updated_at: now()
            name: text
        - create: Entry
        - create: Entry
          with: {account: entry, number: entry.amount, kind: State, amount: true, tags: tag, owner: account}
        - create: Account
          with: {name: 'Mine', owner: null, heir: null}
        - create: Page
          with: {title: text}
        - transition: account.open
        - transition: entry.close
        - require: account.balance > nothing
          else: {status: 404, message: '{account.name'}
        - require: account.balance > 0
          else: {status: 500}
        - require: account.balance > 1
          else: {status: 409, message: 'x } {nothing} {account.nam} {account.balance + 1} {current_user.password}'}
        - require: account.balance > 2
          else: {status: 409, message: ''}
        - require: now() > account.closed_at and now(5) > now()
        - require: kind is None
        - let: first
          be: sequence('A-{:03d}')
        - let: second
          be: sequence(5)
        - let: third
          be: sequence('A-{x}')
        - set:
            account.name: sequence('A long name for a number {}')
            account.balance: sequence('{}')
        - call: a
        - call: b
          with: {account: entry, amount: 5, other: 5}
          as: nothing_at_all
        - call: b
    b:
      input: {account: Account, amount: int}
      steps:
        - require: amount > account.balance * 1
";
    flow_events "", "    a:
      input: {account: Account, entry: Entry, nothing: int?}
      steps:
        - emit: Account.Opened
        - emit: account..opened
        - emit: account.opened
          as: event
        - require: entry.number > 5 and nothing is None
    b:
      input: {account: Account}
      steps:
        - emit: account.told
          with: {number: 5, text: \"'x'\", none: null, row: account, rows: account.entries, word: open}
        - emit: account.told
          with: {Balance: account.balanc, password: current_user.password, list: [1, 2]}
";
    flow_event_forms "", "    a:
      input: {account: Account, entry: Entry, nothing: int?}
      steps:
        - emit: account.opened
          with: {balance: account.balance, name: account.name, note: nothing}
        - emit: account.opened
          with: {name: account.name, note: nothing}
        - emit: account.opened
          with: {balance: account.balance, name: account.name, note: nothing, number: entry.number}
        - emit: account.opened
          with: {balance: account.name, name: account.name, note: nothing}
        - emit: account.opened
          with: {note: entry.number, name: account.name, balance: entry.amount * 2}
    b:
      input: {account: Account}
      steps:
        - if: account.balance > 0
          then:
            - emit: account.opened
              with: {id: account.id}
";
    flow_locks "    a: {route: 'POST /accounts/{account_id}/a', flow: a}
    b: {route: 'POST /accounts/{account_id}/b', flow: b}
    c: {route: 'POST /accounts/{account_id}/c', flow: c}
    d: {route: 'POST /accounts/{account_id}/d/{other_id}', flow: d}
    e: {route: 'POST /accounts/{account_id}/e/{other_id}', flow: e}
    f: {route: 'POST /accounts/{account_id}/f', flow: f}
    g: {route: 'POST /people/{person_id}/g', flow: g}
", "    a:
      input: {account: Account}
      steps:
        - lock: account
        - lock: account.owner
        - lock: account.owner
    b:
      input: {account: Account}
      steps:
        - lock: account.owner
        - call: shut
          with: {account: account}
    shut:
      input: {account: Account}
      steps:
        - transition: account.close
    c:
      input: {account: Account}
      steps:
        - for: entry in account.entries
          do: [{set: {entry.number: entry.number + 1}}]
        - for: entry in account.entries
          order_by: entry.amount
          do: [{delete: entry}]
    d:
      input: {account: Account, other: Account}
      steps:
        - lock: account
        - set: {other.balance: other.balance + account.balance, account.balance: 0}
    e:
      input: {account: Account, other: Account}
      steps:
        - if: account.id < other.id
          then: [{lock: account}, {lock: other}]
          else: [{lock: other}, {lock: account}]
        - set: {account.balance: account.balance + 1, other.balance: other.balance - 1}
        - create: Account
          with: {name: other.name, owner: other.owner}
          as: third
        - set: {third.balance: third.balance + 1}
    f:
      input: {account: Account}
      steps:
        - for: entry in account.entries
          do: [{lock: entry.account}]
        - for: entry in account.entries
          do: [{lock: entry.account.owner}, {lock: entry}]
    g:
      input: {person: Person}
      steps:
        - for: account in person.accounts
          do:
            - if: account.heir is not None
              then: [{lock: account.heir}]
        - for: account in person.accounts
          order_by: account.name
          do: [{lock: account}]
";
    flow_ends "    a: {route: 'POST /accounts/{account_id}/a', flow: a}\n", "    a:
      input: {account: Account, entry: Entry}
      steps:
        - if: account.balance > 5
          then:
            - return: account
          else:
            - return: entry
        - require: account.balance > 0
    b:
      input: {account: Account}
      steps:
        - if: account.balance > 5
          then: [{return: account}]
    c:
      input: {hidden: Hidden}
      steps:
        - return: hidden
    d:
      input: {account: Account}
      steps:
        - if: account.balance > 5
          then: [{return: account}]
        - return:
        - return: account
    e:
      input: {account: Account}
      steps:
        - return: account.owner
";
    flow_facts "", "    a:
      input: {account: Account, other: Account, number: int?}
      steps:
        - require: account.closed_at is not None and number is not None
        - require: account.closed_at < now() and number > 5
        - lock: other
        - require: account.closed_at < now() and number > 5
        - if: account.closed_at is None
          then: [{require: number > 6}, {return: }]
        - require: account.closed_at < now()
        - set: {account.closed_at: now()}
        - require: account.closed_at < now()
        - require: account.closed_at is not None
        - for: entry in account.entries
          do:
            - require: account.closed_at < now() and number > entry.number
            - require: account.closed_at is not None
        - require: account.closed_at < now() and number > 5
        - if: account.heir is not None
          then: [{lock: account.heir}]
        - lock: account.heir
";
    flow_outdated "", "    a:
      input: {account: Account, other: Account}
      steps:
        - require: account.state == 'open' and other.state == 'open' and account.balance > 5
        - lock: account
        - require: account.state == 'open' and account.balance > 5
        - require: account.balance > 7 and account.state == 'open'
        - if: other.state == 'closed'
          then: [{lock: account}]
        - set: {account.name: \"'a'\"}
        - require: account.name != 'b' and account.state in ('closed')
        - if: account.heir is not None
          then:
            - lock: account.heir
            - require: account.heir is not None and account.heir == current_user
        - require: account.heir is None or account.heir == current_user
        - if: account.heir is not None
          then:
            - require: account.heir is not None
    b:
      input: {account: Account}
      steps:
        - lock: account
        - require: account.state == 'open' or account.balance > 3
        - require: account.state == 'open' or (account.state == 'closed' and account.balance > 3)
        - if: account.state == 'closed'
          then:
            - require: account.state != 'open'
          else:
            - require: account.balance > 4
            - require: account.balance > 3 and account.balance < 4
        - require: role(clerk)
        - if: role(member)
          then: [{return: }]
";
}

/// What clients send is named after the flow.
#[test]
fn flows_whose_schemas_would_have_one_name() {
    let flows = ["pay_1", "pay1", "pay_one"]
        .map(|name| format!("    {name}: {{input: {{x: int}}, steps: [{{require: x > 1}}]}}\n"));
    let endpoints = "    a: {route: POST /a, flow: pay_1}\n    b: {route: POST /b, flow: pay1}\n    c: {route: POST /c, flow: pay_one}\n";
    assert_eq!(
        findings(&bank(endpoints, &flows.concat())),
        "50:5 E0302 the schemas of `pay_1` and `pay1` are both `Pay1` [pay1] see 49:5 [pay_1] (rename one of them)\n"
    );
}

/// Neither Python nor a reader bears more.
#[test]
fn steps_nest_and_flows_call_each_other_so_deeply_only() {
    let nested = |depth: usize| {
        let open =
            (0..depth).fold(String::new(), |all, level| format!("{all}{{if: x > {level}, then: ["));
        let close = "]}".repeat(depth);
        bank(
            "",
            &format!("    a:\n      input: {{x: int}}\n      steps: [{open}{{return: }}{close}]\n"),
        )
    };
    assert_eq!(findings(&nested(11)).lines().count(), 1, "it is never started");
    assert!(findings(&nested(12)).contains("E0318 the steps are nested too deeply"));
    let chain = |length: usize| {
        let calls =
            (0..length).map(|at| format!("    f{at}: {{steps: [{{call: f{}}}]}}\n", at + 1));
        let last = format!("    f{length}: {{steps: [{{require: role(clerk)}}]}}\n");
        bank("    a: {route: POST /a, flow: f0}\n", &(calls.collect::<String>() + &last))
    };
    assert_eq!(findings(&chain(40)), "");
    assert!(findings(&chain(41)).contains("E0318 more than 40 flows call each other in a row"));
    let inputs: Vec<String> = (0..11).map(|at| format!("x{at}: int")).collect();
    let flow =
        format!("    a: {{input: {{{}}}, steps: [{{require: x0 > 1}}]}}\n", inputs.join(", "));
    assert!(findings(&bank("", &flow)).contains("E0318 a flow has 10 inputs at the most [x10]"));
}
