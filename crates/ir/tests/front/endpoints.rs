//! Endpoints and the inputs of their flows: what is said about bad ones.

use crate::flows::cases;
use crate::world::findings;

cases! {
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
    flow_default_places "    a: {route: 'POST /years/{year}', flow: year}
    b: {route: 'GET /looks/{account_id}', flow: look, headers: {kind: X-Kind}}
", "    year:
      input: {year: int(1970..2100) = 2000}
      steps: [{require: year > 2000}]
    look:
      input: {account: Account, kind: Kind? = loan, mood: Kind? = null, since: datetime? = '2026-01-31T08:30:00Z'}
      steps: [{require: account.balance > 0 and kind is None and mood is None and since is None}]
";
    flow_defaults "    a: {route: 'POST /looks', flow: other}
", "    other:
      input: {at: datetime = now(), day: date = today(), key: uuid = uuid(), most: int(1..9) = 10, note: string(1..9) = 7}
      steps: [{call: third, with: {word: \"'a'\"}}, {call: third, with: {pieces: 3}}]
    third:
      input: {word: string, pieces: int = 2}
      steps: [{require: pieces > 1 and word != ''}]
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
