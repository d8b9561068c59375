//! Bad documents and what is said about them: each case is a fragment, and its snapshot shows
//! every finding with its place, the underlined text, related places and advice.

use std::fmt::Write;

use crate::world::findings;

/// A document around entities and what may follow them.
fn around(entities: &str) -> String {
    format!(
        "stratapi: 1\napp: {{name: a}}\ndomain:\n  enums:\n    Status: [open, closed]\n  entities:\n{entities}"
    )
}

/// A document around the attributes of one entity.
fn attributes(lines: &[&str]) -> String {
    let mut text = String::from("    A:\n      attributes:\n");
    for (index, line) in lines.iter().enumerate() {
        writeln!(text, "        a{index}: {line}").expect("text grows");
    }
    around(&text)
}

/// A document with accounts, around entities and what may follow them.
fn secured(entities: &str) -> String {
    let user = "    User:\n      attributes: {email: email unique, password: password, \
                role: role = member readonly}\n";
    around(&format!("{user}{entities}")).replace(
        "domain:",
        "security:\n  authentication: {user: User, login: email, secret: password}\n  \
         roles: [member, admin]\ndomain:",
    )
}

/// So many entities, each but the first nested below the one before.
fn chain(length: usize) -> String {
    let mut text = "    E0:\n      attributes: {x: int}\n".to_owned();
    let mut resources = "api:\n  resources:\n".to_owned();
    for index in 1..length {
        let above = index - 1;
        writeln!(
            text,
            "    E{index}:\n      relationships:\n        up: many_to_one E{above} (inverse=down)"
        )
        .expect("text grows");
        writeln!(resources, "    E{index}: {{under: E{above}.down}}").expect("text grows");
    }
    text + &resources
}

#[test]
fn collections_nest_five_levels_deep() {
    assert_eq!(findings(&around(&chain(5))), "");
}

fn shown(document: &str) -> String {
    format!("{document}\n=>\n{}", findings(document))
}

macro_rules! cases {
    ($($name:ident $document:expr;)*) => {$(
        #[test]
        fn $name() {
            let document: &str = &$document;
            insta::assert_snapshot!(stringify!($name), shown(document));
        }
    )*};
}

cases! {
    attribute_types attributes(&[
        "strng(1..80)", "Satus", "str", "User", "string(80, 90)", "string(len=3)", "bool(1)",
        "Status(1)", "decimal", "decimal(2, 5)", "decimal(4, 2, max=100)", "int(9..1)",
        "int(..99999999999)", "string(1..x)", "slug", "slug from nam", "slug from a0", "json[]",
        "file(max_bytes=1)",
    ]);
    bounds_that_floats_round attributes(&[
        "bigint(..9223372036854775807)", "bigint(-9007199254740993..9007199254740993)",
        "bigint(..18014398509481985)", "bigint(18014398509481987..)",
    ]);
    attribute_grammar attributes(&[
        "string(1..80", "string) x", "string 'x", "string uniqe", "string unique unique",
        "", "[a]", "5", "string = ", "string description", "string(1..3) ?[]",
        "string = nothing at all unique", "string = x uniqe", "string = x description",
    ]);
    attribute_defaults attributes(&[
        "Status = opne", "int = 1.5", "int(0..3) = 4", "string(1..3) = hello", "string = 5",
        "string = now()", "bool = maybe", "date = 2026-02-30", "datetime = 2026-01-01",
        "duration = P1M", "decimal(4, 2) = 1.234", "uuid = x", "email = x", "url = ftp://x",
        "ip = 1.2.3", "password = secretsecret", "int = null", "string[] = x", "int[] = [1, x]",
        "string(pattern='^[a-z]+$') = A", "time = 25:00:00",
    ]);
    attribute_flags attributes(&[
        "json unique", "string[] index", "float primary", "int? primary",
        "string readonly writeonly", "password index", "string = x unique readonly",
        "string? = x readonly unique", "string? = null unique readonly", "uuid = uuid() unique readonly",
    ]);
    views around(
        "    Post:
      attributes: {title: string, secret: string writeonly, age: {type: int, readable_by: public}}
      relationships: {owner: many_to_one Tag? (inverse=posts)}
      views:
        Short: {attributes: [titel, secret, age, {other: missing}, {a: title, b: title}, posts]}
        short: {attributes: [title]}
        Empty: {attributes: []}
        Missing: {relationships: {owner: Label}}
        Odd: {attributes: [title], relationships: {owner: Lable, ownr: Label, o: {of: owner, view: Label}}}
        Lost: {attributes: [title], relationships: {owner: {of: owner}}}
    Tag:
      attributes: {label: string}
      views:
        Label: {attributes: [label, posts], relationships: {posts: Round}}
    Note:
      attributes: {text: text}
      relationships: {post: many_to_one Post (inverse=notes)}
      views:
        Round: {attributes: [text], relationships: {post: Short}}
api:
  resources:
    Post: {operations: [list], view: {get: Short, list: Shrt, create: Short, write: Shortt}}
    Tag: {operations: [create], view: Label}
    Note: {view: {}}
"
    );
    values_for_callers secured(
        "    Team:
      attributes: {name: string, open: bool}
      relationships: {lead: many_to_one User? (inverse=leads), members: many_to_many User}
    Card:
      attributes: {text: string, note: {type: string?, readable_by: team.lead == current_user}}
      relationships: {team: many_to_one Team (inverse=cards)}
      views:
        Short:
          attributes: [text]
          computed:
            mine: team.lead == current_user
            led: current_user in team.members
            same: team.open
            none: public
            noted: note is not None and role(admin)
            odd: current_user in team.cards
            text: role(admin)
            what: current_user in team.name
            gone: current_user in team.people
api:
  resources:
    Card: {view: Short, access: {read: authenticated}}
"
    );
    circular_views around(
        "    Post:
      attributes: {title: string}
      relationships: {owner: many_to_one Tag? (inverse=posts), above: many_to_one Post?}
      views:
        Short: {attributes: [title], relationships: {owner: Label}}
        Self: {attributes: [title], relationships: {above: Self}}
    Tag:
      attributes: {label: string}
      views:
        Label: {attributes: [label], relationships: {posts: Short}}
api:
  resources:
    Post: {view: Self}
"
    );
    rules_without_sign_in attributes(&[
        "{type: int, readable_by: authenticated}", "{type: int, writable_by: a0 > 1}",
    ]);
    rules_of_attributes format!(
        "{}{}",
        secured(
            "    A:\n      attributes:\n        \
             code: {type: string(1..9), primary: true, readable_by: authenticated, writable_by: authenticated}\n        \
             a: {type: int, readonly: true, default: 1, writable_by: role(admin)}\n        \
             b: {type: int, writeonly: true, readable_by: role(admin)}\n        \
             c: {type: password, readable_by: role(admin), writable_by: role(admin)}\n        \
             d: {type: int, writable_by: role(admin)}\n        \
             e: {type: int?, readable_by: public}\n        \
             f: {type: int?, readable_by: role(nobody)}\n        \
             g: {type: string?, readable_by: own == current_user}\n        \
             h: {type: int?, immutable: true, writable_by: own == current_user and d > 1}\n        \
             i: {type: int?, readable_by: salary > 1}\n        \
             k: {type: string, readable_by: role(admin)}\n        \
             l: {type: slug, from: k}\n        \
             m: {type: Status, default: open, readable_by: role(admin)}\n        \
             n: {type: Status, default: open, writable_by: role(admin)}\n        \
             o: {type: int, writable_by: \"role(member, admin)\"}\n        \
             fine: {type: int, writable_by: mine == current_user}\n      \
             relationships:\n        own: many_to_one User\n        mine: many_to_one User (set=current_user)\n      \
             computed: {twice: g}\n    B:\n      attributes: {x: int}\n      relationships:\n        a: many_to_one A\n",
        ),
        "api:\n  resources:\n    A: {filter: [g], sort: [g], search: [g], access: {read: public, \
         create: \"role(member, admin)\"}}\n    B: {filter: [a.g]}\n\
         behavior:\n  state_machines:\n    A.m: {transitions: {go: {from: open, to: closed}}}\n    \
         A.n: {transitions: {leave: {from: open, to: closed}}}\n  flows:\n    tell:\n      \
         input: {a: A, x: {type: int, readable_by: role(admin)}}\n      steps:\n        \
         - {require: a.d > 1, else: {status: 409, message: \"{a.g}\"}}\n",
    );
    patterns attributes(&[
        r"string(pattern='\d+')", "string(pattern='(a+)+')", "string(pattern='(?=a)')",
        "string(pattern='a*+')", r"string(pattern='(a)\1')", "string(pattern='[a-z')",
        "string(pattern='[z-a]')", "string(pattern='a{3,2}')", "string(pattern='(?P<n>a)')",
        "string(pattern='*')", "string(pattern='a)')", "string(pattern='[[:alpha:]]')",
    ]);
    cut_shorthands around(
        "    A:\n      attributes: {price: decimal(12, 2), name: string}\n      \
         checks: {c: price in (1, 2)}\n      unique: [[price], f(a, b)]\n",
    );
    relationships around(
        "    A:\n      attributes: {x: int}\n      relationships:\n        \
         b: many_to_one C\n        c: many_two_one A\n        \
         d: many_to_one A? (inverse=ds, on_delete=casade)\n        \
         e: many_to_one A (on_delete=set_null)\n        f: many_to_one A? (invers=x)\n        \
         g: many_to_many A? (through=B)\n        h: many_to_many A (through=Link)\n        \
         i: many_to_one A? (inverse=x)\n        j: {type: many_to_one}\n        \
         k: many_to_one A? (set=current_user)\n    Link:\n      relationships:\n        \
         one: many_to_one A\n        other: many_to_one A\n",
    );
    required_cycle around(
        "    A:\n      relationships:\n        b: many_to_one B\n    B:\n      relationships:\n        \
         a: one_to_one A\n    C:\n      relationships:\n        a: many_to_one A\n",
    );
    names around(
        "    Us\u{435}r:\n      attributes: {__x__: int, 'a b': int, 1st: int, class: int, \
         fooBar: int, foo_bar: int, id: int}\n    Con:\n      \
         attributes: {x: int}\n    Com1: {attributes: {x: int}}\n    Post:\n      \
         attributes: {x: int}\n    Posts:\n      attributes: {x: int}\n    \
         OrderItem: {attributes: {x: int}}\n    Order_Item: {attributes: {x: int}}\n    \
         status: {attributes: {x: int}}\n    \
         ThisIsTheNameOfAnEntityThatIsFarTooLongToBeTheNameOfATableAnywhere: {attributes: {x: int}}\n",
    );
    name_clashes around(
        "    A:\n      attributes: {b_id: int, created_at: date, a: int}\n      relationships:\n        \
         b: many_to_one B?\n        a: many_to_one B?\n    B:\n      attributes: {x: int}\n      \
         relationships:\n        other: many_to_one A? (inverse=a)\n",
    );
    conditions around(
        "    A:\n      attributes: {x: int, s: Status, n: string?, j: json, d: date}\n      checks:\n        \
         a: x > 'a'\n        b: s == 'opne'\n        c: len(n) > 1\n        d: x is None\n        \
         e: s < 'open'\n        f: y > 1\n        g: x >\n        h: n == None\n        i: x\n        \
         k: x == d\n        l: j == 1\n        m: 1 == 2\n        n: x in []\n        \
         o: x + 1 > 2\n        p: created_at > '2026-01-01'\n        Bad: x > 1\n",
    );
    operands around(
        "    A:\n      attributes:\n        x: int\n        y: int?\n        s: string\n        n: string?\n        \
         p: decimal(5, 2)\n        q: decimal(5, 3)\n        l: int[]\n      \
         relationships:\n        b: many_to_one A? (inverse=others)\n        c: many_to_one B\n      checks:\n        \
         a: x + y > 1\n        b: s + 1 > 2\n        c: len(n) > 1\n        d: len(x) > 1\n        \
         e: x / 2 > 1\n        f: p + q > 1\n        g: 1 + 2 > x\n        h: lower(s) == 'a'\n        \
         i: abs(s) > 1\n        j: abs(x, x) > 1\n        k: loud(x) > 1\n        l: (x if s else 1) > 1\n        \
         m: (s if x > 1 else x) == 'a'\n        n: b == c\n        o: b < self\n        p: self == self\n        \
         q: b.x > 1\n        r: len(others) > 1\n        s: c is None\n        t: l + 1 > 2\n        u: b > 1\n        \
         v: y is None and y + 1 > 2\n        w: y > 3 or y + 1 > 2\n        x: sum(a.x for a in others) > 1\n        \
         y: -s > 1\n        z: x + 1\n        ok: y is None or (y + 1 > 2 and p * 2 > p) or self != b\n    \
         B:\n      attributes: {z: int}\n",
    );
    computed format!(
        "{}{}",
        around(
            "    A:\n      attributes: {x: int, y: int?, s: string writeonly, j: json, l: \"int[]\"}\n      \
             relationships:\n        b: many_to_one B? (inverse=as)\n        c: many_to_one C (inverse=all_a)\n        \
             up: many_to_one A? (inverse=down)\n      computed:\n        \
             x: x + 1\n        Is_Active: x > 1\n        b: x + 1\n        a: y + 1\n        c1: b.z\n        d: s\n        \
             e: up.x\n        f: len(down)\n        g: 'a'\n        h: k + 1\n        i: j\n        m: l\n        \
             n: c\n        o: c.all_a\n        p: sum(a.x for a in c.all_a)\n        q: sum(d.s for d in ds)\n        \
             r: sum(d.n for d in d)\n        t: max(d.a.x for d in ds)\n        u: any(d.n for d in ds)\n        \
             v: len(d for d in ds)\n        w: sum(d.n for d in ds for e in ds)\n        zz: [x]\n        \
             _a: x + 1\n        k: {description: no value}\n        \
             ok: sum(d.n * d.c.z for d in ds if d.e is not None and d.e.z > 1)\n        \
             fine: {value: 0 if b is None else b.z, description: fine}\n    \
             B:\n      attributes: {z: int}\n    C:\n      attributes: {z: int}\n    \
             D:\n      attributes: {n: int, s: string?}\n      relationships:\n        \
             a: many_to_one A (inverse=ds)\n        c: many_to_one C\n        e: many_to_one B?\n"
        ),
        "api:\n  resources:\n    A: {filter: [ok, nope], sort: [fine, ok], search: [ok], lookup: ok}\n",
    );
    invariants format!(
        "{}{}",
        around(
            "    A:\n      attributes: {x: int, y: int?, n: string?, o: bool?}\n      \
             relationships: {b: many_to_one A? (inverse=kids)}\n      checks: {known: x > 1}\n    C:\n      soft_delete: true\n      attributes: {x: int}\n",
        ),
        "behavior:\n  invariants:\n    C: {kept: {check: x > 1, when: [update, delete]}}\n    B: {a: x > 1}\n    A:\n      known: x > 2\n      Bad: x > 1\n      \
         a: {check: x > 1, status: 404}\n      b: {check: x > 1, when: create}\n      c: y > 1\n      d: n == 'a'\n      \
         e: o\n      f: b != self\n      g: b.x > 1\n      h: len(kids) > 1\n      i: 5\n      j: {message: a}\n      \
         k: y is None or y > 1\n      n: {check: b.x > 1, when: create}\n      \
         o: {check: b is None or b.zz > b.y, when: [create, create]}\n      p: {check: b is None or len(b.kids) > 1, when: [update]}\n      \
         q: {check: x > 1, when: []}\n      r: {check: x > 1, when: never}\n      s: {check: b is not None and b.b.x > kids.x, when: delete}\n      m: {check: not_known == 1, message: a}\n      l: not (y is None or b is None) and y > 1 and b != self\n",
    );
    state_machines format!(
        "{}{}",
        around(
            "    A:\n      attributes: {s: Status, t: Status = open, n: Status?, l: \"Status[] = []\", i: Status = open immutable, \
             x: int, d: date?, at: datetime?, u: string? unique, p: password?}\n      \
             relationships: {b: many_to_one A? (inverse=as)}\n    B:\n      attributes: {s: Status = open}\n      \
             relationships: {a: many_to_one A (inverse=close)}\n    C:\n      attributes: {s: Status = open}\n    \
             D:\n      attributes: {s: Status = open}\n",
        ),
        "api:\n  resources:\n    B: {under: A.close}\n    C: false\nbehavior:\n  state_machines:\n    \
         A: {transitions: {a: {from: open, to: closed}}}\n    X.s: {transitions: {a: {from: open, to: closed}}}\n    \
         A.z: {transitions: {a: {from: open, to: closed}}}\n    A.s: {transitions: {one: {from: opn, to: closd}}}\n    \
         A.n: {transitions: {a: {from: open, to: closed}}}\n    A.l: {transitions: {a: {from: open, to: closed}}}\n    \
         A.i: {transitions: {a: {from: open, to: closed}}}\n    A.x: {transitions: {a: {from: open, to: closed}}}\n    \
         A.is_active: {transitions: {}}\n    A.t:\n      initial: closed\n      history: true\n      transitions:\n        \
         update: {from: open, to: closed}\n        one: {from: [open, open], to: closed}\n        \
         close: {from: [], to: closed, message: no}\n        Shut: {from: open, to: closed, guard: x + d > 1, access: role(admin)}\n        \
         a: {from: open, to: closed, endpoint: false}\n        b: {from: open, to: closed, endpoint: Bad}\n        \
         c: {from: open, to: closed, endpoint: d}\n        d: {from: open, to: closed}\n        \
         e: {from: open, to: closed, set: {t: open, s: open, id: 1, y: 1, b: null, x: null, d: now(), at: today(), u: a, p: a}}\n        \
         f: {from: open}\n        g: {from: open, to: closed, set: {x: 1.5, u: null, d: today(), at: now()}}\n    \
         B.s: {initial: open, transitions: {close: {from: open, to: open}}}\n    \
         C.s: {transitions: {shut: {from: open, to: closed}}}\n    D.s: {transitions: {}}\n",
    );
    histories format!(
        "{}{}",
        around(
            "    A:\n      attributes: {s: Status = open, t: Status = open}\n    B:\n      \
             relationships: {a: many_to_one A (inverse=bs)}\n",
        ),
        "api:\n  resources:\n    B: {under: A.bs, path: s-history}\nbehavior:\n  state_machines:\n    \
         A.s: {history: true, transitions: {a: {from: open, to: closed}}}\n    \
         A.t: {history: kept, transitions: {b: {from: open, to: closed, endpoint: t-history}}}\n",
    );
    base_columns around(
        "    A:\n      base: {timestamps: false}\n      attributes: {x: int primary, d: datetime}\n      \
         checks: {a: created_at < d, b: id == 1, c: is_actve, d: is_active is None, e: version > 1}\n      \
         indexes: [[updated_at]]\n    B:\n      optimistic_lock: true\n      attributes: {x: int}\n      \
         checks: {a: created_at < updated_at and version > 1 and is_active, b: id == 1, c: id < id, \
         d: created_at > 1, e: id.x == 1}\n      indexes: [[is_active, created_at]]\napi:\n  resources:\n    \
         A: {filter: [created_at, id], sort: [updated_at], lookup: is_active}\n    \
         B: {filter: [created_at, created_at], sort: [updatet_at], search: [is_active], lookup: version}\n",
    );
    access secured(
        "    Post:\n      attributes: {title: string, open: bool = true}\n      relationships:\n        \
         author: many_to_one User (set=current_user)\n        tags: many_to_many Tag\n    Tag:\n      \
         attributes: {name: string}\napi:\n  resources:\n    Post:\n      operations: [list, get, create, update, lst]\n      \
         access:\n        list: rol(admin)\n        get: role(admn) or athenticated\n        \
         create: public\n        update: auther == current_user\n        delete: title == current_user\n        \
         write: tags == current_user\n        replace: admin\n        all: author.x == current_user and open\n        \
         bulk_create: 'True'\n",
    );
    rate_limits around(
        "    A:\n      attributes: {x: int}\n    B:\n      attributes: {x: int}\n    C:\n      attributes: {x: int}\n\
         api:\n  rate_limits: {all: 100 per minute, reed: 5/minute, read: 5/week, write: 0/hour, list: 2.5/day}\n  resources:\n    \
         A: {operations: [list, get], rate_limits: {list: 05/minute, create: 5/minute, update: 5/minute, write: 5/minute, read: 5/minute}}\n    \
         B: {rate_limits: often}\n    C: {rate_limits: {all: 5000000000/day, get: 5, delete: -1/day, create: unlimitd}}\n",
    );
    access_of_others secured(
        "    Post:\n      attributes: {title: string, likes: int?}\n      relationships:\n        \
         author: many_to_one User (inverse=posts)\n        editor: many_to_one User?\n        \
         next: many_to_one Post? (inverse=before)\n        tags: many_to_many Tag (inverse=posts)\n    Tag:\n      \
         attributes: {name: string, open: bool = true}\n      relationships:\n        \
         owner: many_to_one User (inverse=tags)\napi:\n  resources:\n    Post:\n      access:\n        \
         list: any(tag.owner == current_user for tag in tags if tag.opn)\n        \
         get: any(tag.owner == current_usr for tag in tags) and editor.email == 'x'\n        \
         create: any(tag.name == current_user for tag in tags)\n        \
         update: next.title == title or any(post.title == 'x' for post in before)\n        \
         delete: any(tag.name for tag in current_user.tags)\n    Tag:\n      access:\n        \
         list: posts == current_user\n        get: any(post.author == current_user and post.likes > 3 for post in posts)\n        \
         create: owner.email == current_user.emial\n        \
         update: any(current_user.open for current_user in posts)\n        \
         delete: all(len(post.tags) > 1 for post in posts)\n",
    );
    access_without_sign_in around(
        "    A:\n      attributes: {x: int}\n    B:\n      attributes: {y: int}\n      relationships:\n        \
         a: many_to_one A (inverse=bs)\napi:\n  resources:\n    A: {access: any(b.y == current_user.x for b in bs)}\n    \
         B: {access: a.x > y and current_user.x == 1}\n",
    );
    no_security around(
        "    A:\n      attributes: {x: int, r: role}\n      relationships:\n        \
         a: many_to_one A? (set=current_user)\napi:\n  resources:\n    A: {access: role(admin)}\n    C: {}\n",
    );
    accounts around("    A:\n      attributes: {name: string, pw: string, role: role}\n").replace(
        "domain:",
        "security:\n  authentication: {kind: basic, user: A, login: name, secret: pw, access_token_ttl: 1}\n  \
         roles: [x, x]\n  api_keys: {header: Host}\ndomain:",
    );
    resources around(
        "    A:\n      attributes: {x: int readonly, t: text, j: json, s: string}\n    B:\n      \
         attributes: {y: int}\n      relationships:\n        a: many_to_one A? (inverse=bs)\napi:\n  \
         prefix: api\n  resources:\n    A:\n      path: As\n      filter: [x, j, created_at, bs.y, x]\n      \
         sort: [t, z]\n      search: [x]\n      lookup: s\n      page_size: 50\n      max_page_size: 10\n    \
         B: {under: A.bs, filter: [a.j, a.x], operations: []}\n",
    );
    not_built_yet "stratapi: 1\napp: {name: a}\ndomain:\n  entities:\n    A:\n      audit: true\n      \
        tenant: false\n      attributes: {x: {type: int, was: y}}\n      computed: {z: x + 1}\n      \
        views: {}\napi:\n  endpoints: {a: {route: GET /}}\nbehavior: {flows: {a: 1}, slots: {}, flow: 1}\nui: {}\n\
        infrastructure: {a: 1}\n";
    nested_below_its_key around(
        "    A:\n      attributes: {x: int}\n    B:\n      attributes: {y: int}\n      relationships:\n        \
         a: many_to_one A (inverse=bs, primary)\n    C:\n      attributes: {n: int primary}\n      relationships:\n        \
         a: many_to_one A (inverse=cs, primary)\napi:\n  resources:\n    B: {under: A.bs}\n    C: {under: A.cs}\n",
    );
    nested_in_a_circle around(
        "    A:\n      relationships:\n        c: many_to_one C (inverse=as)\n    B:\n      relationships:\n        \
         a: many_to_one A (inverse=bs)\n    C:\n      relationships:\n        b: many_to_one B (inverse=cs)\n    \
         D:\n      relationships:\n        c: many_to_one C (inverse=ds)\napi:\n  resources:\n    \
         A: {under: C.as, operations: [list, get]}\n    B: {under: A.bs, operations: [list, get]}\n    \
         C: {under: B.cs, operations: [list, get]}\n    D: {under: C.ds, operations: [list]}\n",
    );
    nested_too_deeply around(&chain(7));
    whole_document "stratapi: 2\nap: {name: B-log}\ndomain:\n";
    app_names "stratapi: 1\napp: {name: My App, title: \"\", architecture: simpel, version: 1}\ndomain:\n  \
        entities: {}\n";
    enums around("    A:\n      attributes: {x: int}\n").replace(
        "    Status: [open, closed]",
        "    Status: [open, open]\n    string: [a]\n    Empty: []\n    Numbers: [1, 2]\n    Blank: ['']",
    );
    deep_expressions around(&format!(
        "    A:\n      attributes: {{x: int}}\n      checks:\n        a: {}x > 1{}\n        b: {}x > 1\n",
        "(".repeat(60), ")".repeat(60), "not ".repeat(60),
    ));
}

/// So many texts, each made of its number.
fn numbered(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().concat()
}

/// Nothing is looked for any more once there is enough to mend.
#[test]
fn the_search_ends_with_enough_findings() {
    let last = "(at least 900 more findings are not shown; mend these first)\n";
    let keys = numbered(5_000, |index| format!("      x{index}: 1\n"));
    let found = findings(&around(&format!("    A:\n      attributes: {{x: int}}\n{keys}")));
    assert_eq!(found.lines().count(), 100);
    assert!(found.ends_with(last), "{found}");
    let types = numbered(1_400, |index| format!("        x{index}: strng\n"));
    let found = findings(&around(&format!("    A:\n      attributes:\n{types}")));
    assert!(found.ends_with(last), "{found}");
}

#[test]
fn tables_have_room_for_so_many_columns() {
    let attributes = |count| numbered(count, |index| format!("a{index}: int, "));
    let entity = |count| around(&format!("    A: {{attributes: {{{}}}}}\n", attributes(count)));
    assert_eq!(findings(&entity(1_500)), "");
    assert!(findings(&entity(1_501)).contains("E0105 there are too many attributes [a1500]"));
    // A short document that asks for very much: each entity has all that the mixin has.
    let entities = numbered(200, |index| format!("    E{index}: {{mixins: [M]}}\n"));
    let mixin = format!("  mixins:\n    M: {{attributes: {{{}}}}}\n", attributes(1_400));
    let found = findings(&format!("{}{mixin}", around(&entities)));
    assert!(found.contains("E0105 the application has too many columns [E142]"), "{found}");
}

/// As deep as is allowed, the Python parser must not run out of stack.
#[test]
fn the_deepest_expressions_are_read() {
    let check = |text: &str| {
        findings(&around(&format!(
            "    A:\n      attributes: {{x: int}}\n      checks:\n        a: {text}\n"
        )))
    };
    assert_eq!(check(&format!("{}x > 1{}", "(".repeat(40), ")".repeat(40))), "");
    assert_eq!(check(&format!("{}x > 1", "not ".repeat(40))), "");
}
