//! Flows and endpoints: what is read, what is printed of it, and what is said about bad ones.

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
    flow_endpoints "    a: {route: POST /accounts/empty, flow: look, access: public}
    b: {route: 'GET /accounts/{account_id}', flow: look}
    C: {route: 'FETCH /accounts/{account_id}', flow: look}
    d: {route: 'POST accounts/{account_id}', flow: look}
    e: {route: /accounts, flow: look}
    f: {route: 'POST /{account_id}/Acc_ounts/{account_id}/x{y}', flow: look}
    g: {route: 'POST /accounts/{acount_id}/look/{amount}', flow: look}
    h: {route: 'POST /accounts', flow: nothing}
    i: {route: 'POST /accounts', flow: nothing, status: 200}
    j: {route: 'POST /entries', flow: look, status: 204}
    k: {route: 'POST /looks/{account_id}', flow: look, access: account.owner == current_user}
    l: {route: 'POST /looks/{account_id}', flow: lok, access: authenticated and role(clerk)}
    m: {route: 'POST /looks/{account_id}', flow: look, access: publi, idempotent: true, status: 201}
    n: {route: 'POST /looks/{account_id}', flow: look, access: public}
    o: {route: 'POST /accounts/{account_id}', flow: look}
    p: {route: 'POST /accounts/{account_id}', flow: look}
    q: {route: 'POST /auth/{account_id}', flow: look}
    r: {route: 'DELETE /looks/{account_id}', flow: look}
    s: {route: DELETE /nothings, flow: nothing, idempotent: true, rate_limit: 5/Min}
    t: {route: 'PATCH /accounts/{account_id}', flow: look}
    u: {route: 'PUT /accounts/{account_id}', flow: look}
", "    look:
      input: {account: Account, amount: int}
      steps:
        - require: account.owner == current_user and amount > 0
        - return: account
    nothing:
      steps:
        - require: role(clerk)
    lonely:
      steps:
        - require: role(clerk)
";
    flow_places "    a: {route: 'GET /looks/{account_id}', flow: look, headers: {amount: x-amount}, idempotent: true}
    b: {route: 'POST /looks/{account_id}', flow: look, query: [amount]}
    c: {route: 'GET /writes/{account_id}', flow: write}
    d: {route: GET /numbers, flow: number}
    e: {route: GET /calls, flow: calling}
    f: {route: POST /many, flow: many, query: [words, meta, notes, amont, when, when], headers: {notes: X-Notes, data: X-Data}}
    g: {route: GET /many, flow: many}
    h: {route: 'POST /headers/{account_id}', flow: sent, query: [account], headers: {a: Content-Type, b: 'X Source', c: X-Same, d: x-same, e: X-Good, account: X-Account}}
", "    look:
      input: {account: Account, amount: int}
      steps:
        - require: account.owner == current_user and amount > 0
        - return: account
    write:
      input: {account: Account}
      steps: [{lock: account}]
    number:
      steps:
        - let: number
          be: sequence('N-{}')
        - require: number != 'N-7'
    calling:
      steps: [{call: making}]
    making:
      steps:
        - if: role(clerk)
          then:
            - create: Tag
              with: {word: \"'a'\"}
    many:
      input: {words: 'string[]', meta: json, notes: text, data: bytes, when: datetime?}
      steps: [{require: when is None or when > now()}, {require: notes != ''}, {emit: a.b, with: {words: words, meta: meta, data: data}}]
    sent:
      input: {account: Account, a: string, b: string, c: string, d: string, e: string}
      steps: [{require: a != b and c != d and e != a}, {require: account.balance > 1}]
";
    flow_segments "    a: {route: 'GET /years/{year}', flow: year}
    b: {route: 'GET /years/last', flow: last}
    c: {route: 'POST /{year}', flow: year}
    d: {route: 'GET /looks/{account_id}/{kind}/{mood}/{words}/{note}/{when}/{other}', flow: look, query: [kind]}
    e: {route: 'POST /days/{day_id}/{day}/{key}/{day}', flow: day, headers: {day: X-Day}}
    f: {route: 'POST /days/{day}', flow: day}
    g: {route: 'POST /days/{day}/{account_id}/{key}', flow: day, query: [key]}
", "    year:
      input: {year: int(1970..2100)}
      steps: [{require: year > 2000}]
    last:
      steps: [{require: role(clerk)}]
    look:
      input: {account: Account, kind: Kind, mood: Kind?, words: 'int[]', note: string(1..9), when: datetime, other: int}
      steps: [{require: account.balance > other and kind == 'loan' and mood is None and note != '' and when > now()}, {emit: a.b, with: {words: words}}]
    day:
      input: {day: date, key: uuid}
      steps: [{require: day > today()}, {emit: c.d, with: {key: key}}]
";
    flow_keys "    a: {route: POST /auth/token, flow: b}\n    c: {route: 'POST /owners/{account_id}', flow: c}\n", "    b:
      input: {account: Account, account_id: int}
      steps:
        - lock: account
        - require: account_id > 0
    c:
      input: {account: Account}
      steps:
        - let: account_id
          be: account.balance
        - require: account_id > 0
        - for: entry in account.entries
          do: [{delete: entry}]
        - for: entry in account.entries
          do: [{delete: entry}]
        - if: account.balance > 5
          then:
            - create: Tag
              with: {word: \"'a'\"}
              as: entry
            - lock: entry
";
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

#[test]
fn a_word_where_another_route_has_a_key_that_is_a_text() {
    let document = |key: &str, method: &str| {
        format!(
            "stratapi: 1\napp: {{name: x}}\ndomain:\n  entities:\n    Tag:\n      attributes: {{word: {key}, uses: int = 0}}\n\
             api:\n  endpoints:\n    forget: {{route: {method} /tags/popular, flow: forget}}\n\
             behavior:\n  flows:\n    forget:\n      steps:\n        - create: Tag\n          with: {{word: 1}}\n"
        )
    };
    let text = document("string(1..20) primary", "DELETE").replace("word: 1}", "word: \"'x'\"}");
    let covered = "9:5 E0302 requests for `DELETE /tags/popular` come to `Tag` [forget] see 5:5 [Tag] (choose another word, or declare it first if the other one is an endpoint)\n";
    assert_eq!(findings(&text), covered);
    assert_eq!(findings(&text.replace("DELETE", "POST")), "");
    assert_eq!(findings(&document("int primary", "DELETE")), "");
}
