//! `tests/api/test_auth.py`: registration, tokens, and the caller's own account.

use serde_json::{Map, Value};
use stratapi_plan::{
    Artifact, AuthPlan, EntityPlan, FieldPlan, Operation, Plan, PlannedFile, ValueKind, unnumbered,
};

use super::testing::code::{self, body, each, equals, json, request, row, sample, status, test};
use super::testing::scene::Who;
use super::testing::stage::factory;
use super::testing::{problem, samples};
use crate::python::build::{annotated, assign, dict, from, fstring, kw, list, name, text, tuple};
use crate::python::{
    Argument, BinaryOperator, Comparator, Expr, FStringPart, Module, Stmt, artifact,
};
use crate::schemas::{self, Need};

/// Tests of sign-in.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let Some(auth) = &plan.app.auth else {
        stratapi_diagnostics::bug!("tests of sign-in need sign-in");
    };
    let tests = Tests { plan, auth, user: &plan.entities[auth.user] };
    let mut statements = Vec::new();
    if auth.open_registration {
        let any = name("dict").index([name("str"), from("typing", "Any")]);
        let members = tests.registration();
        let members = members.iter().map(|(key, value)| (text(key), sample(value)));
        statements.push(annotated("REGISTRATION", any, Some(dict(members))));
        statements.push(tests.register());
        statements.push(tests.register_validates());
        statements.extend(tests.register_refuses());
    }
    statements.extend([
        tests.wrong_credentials(),
        tests.nul(),
        tests.rotation(),
        tests.revocation(),
        tests.bad_tokens(),
        tests.me(),
    ]);
    statements.extend(tests.guarded());
    artifact(file, &Module { doc: None, body: statements, extra_imports: Vec::new() })
}

struct Tests<'a> {
    plan: &'a Plan,
    auth: &'a AuthPlan,
    user: &'a EntityPlan,
}

impl Tests<'_> {
    fn url(&self, path: &str) -> Expr {
        text(format!("{}{path}", self.plan.app.prefix))
    }

    fn me_url(&self) -> Expr {
        text(self.plan.me_path().unwrap_or_default())
    }

    fn login(&self) -> &FieldPlan {
        &self.user.fields[self.auth.login]
    }

    fn secret(&self) -> &FieldPlan {
        &self.user.fields[self.auth.secret]
    }

    /// What an account is created from; roles cannot be chosen.
    fn registration(&self) -> Map<String, Value> {
        let role = self.auth.role.map(|role| self.user.fields[role].wire.as_str());
        let mut members = Map::new();
        for member in schemas::create(self.plan, self.user) {
            let kept = self.user.kept_from_registration().any(|field| field.wire == member.wire);
            if member.need == Need::Missing || Some(member.wire) == role || kept {
                continue;
            }
            let value = samples(self.plan, self.user, &member).map(|(value, _)| value);
            members.extend(value.map(|value| (member.wire.to_owned(), value)));
        }
        members
    }

    /// `await client.post("/auth/token", data={…})`
    fn sign_in(&self, login: Expr, password: Expr) -> Expr {
        let form = dict([(text("username"), login), (text("password"), password)]);
        request("post", self.url("/auth/token"), [kw("data", form)])
    }

    /// `{"Authorization": f"Bearer {token}"}`
    fn bearer(&self, token: Expr) -> Expr {
        let scheme = &self.auth.scheme;
        let value = match token {
            Expr::Str(token) => text(format!("{scheme} {token}")),
            other => {
                fstring([FStringPart::Text(format!("{scheme} ")), FStringPart::Value(other, None)])
            }
        };
        dict([(text("Authorization"), value)])
    }

    /// `assert response.json()["code"] == "attribute_not_writable"`
    fn not_writable(&self) -> Option<Stmt> {
        problem::coded(name("response"), self.plan, text("attribute_not_writable"))
    }

    /// An account as a request has it.
    fn sent(&self, account: Expr) -> Argument {
        code::sent(account, self.user)
    }

    /// An account with a password.
    fn account(&self) -> Stmt {
        let password = from("tests.factories", "PASSWORD");
        assign("account", factory(&self.user.one, vec![kw(&self.secret().attribute, password)]))
    }

    fn account_login(&self) -> Expr {
        name("account").attr(&self.login().model_attribute)
    }

    /// Signs in and keeps the refresh token.
    fn signed_in(&self) -> [Stmt; 3] {
        let password = from("tests.factories", "PASSWORD");
        [
            self.account(),
            assign("signed_in", self.sign_in(self.account_login(), password)),
            assign("token", json(name("signed_in")).index([text("refresh_token")])),
        ]
    }

    fn post(&self, path: &str, token: Expr) -> Expr {
        let sent = dict([(text("refresh_token"), token)]);
        request("post", self.url(path), [body(sent)])
    }

    fn register(&self) -> Stmt {
        let register =
            || request("post", self.url("/auth/register"), [self.sent(name("REGISTRATION"))]);
        let of = |field: &FieldPlan| name("REGISTRATION").index([text(&field.wire)]);
        let key = &self.user.key[0].attribute;
        let bearer = self.bearer(json(name("token")).index([text("access_token")]));
        let me = request("get", self.me_url(), [kw("headers", bearer)]);
        let shown =
            |response: &'static str| row(name(response), self.user).index([text(key.as_str())]);
        let secret = text(&self.secret().wire);
        let mut statements = vec![
            assign("created", register()),
            status(name("created"), 201),
            Stmt::Assert(secret.compare(Comparator::NotIn, row(name("created"), self.user))),
            assign("token", self.sign_in(of(self.login()), of(self.secret()))),
            status(name("token"), 200),
            equals(name("token").attr("headers").index([text("Cache-Control")]), text("no-store")),
            assign("me", me),
            status(name("me"), 200),
            equals(shown("me"), shown("created")),
            assign("again", register()),
            status(name("again"), 409),
        ];
        if self.user.references.iter().any(|reference| !reference.nullable) {
            statements.truncate(0);
            statements.push(assign(
                "refused",
                request("post", self.url("/auth/register"), [self.sent(dict([]))]),
            ));
            statements.push(status(name("refused"), self.plan.app.invalid_status));
        }
        test("test_register_sign_in_and_read_me", statements)
    }

    fn register_validates(&self) -> Stmt {
        let mut cases = Vec::new();
        for field in [self.login(), self.secret()] {
            for value in &field.sample.invalid {
                cases.push(tuple([text(&field.wire), sample(value)]));
            }
        }
        cases.push(tuple([text("no_such_member"), Expr::Int("1".to_owned())]));
        let changed = name("REGISTRATION")
            .binary(BinaryOperator::BitOr, dict([(name("member"), name("value"))]));
        let response = request("post", self.url("/auth/register"), [self.sent(changed)]);
        let pair = name("tuple").index([name("str"), name("object")]);
        test(
            "test_register_validates",
            vec![
                Stmt::Annotated(name("cases"), name("list").index([pair]), Some(list(cases))),
                each(
                    tuple([name("member"), name("value")]),
                    name("cases"),
                    vec![
                        assign("response", response),
                        status(name("response"), self.plan.app.invalid_status),
                    ],
                ),
            ],
        )
    }

    /// What nobody may say of themselves.
    fn register_refuses(&self) -> Option<Stmt> {
        let cases: Vec<Expr> = self.user.kept_from_registration().map(sent).collect();
        let changed = name("REGISTRATION").binary(BinaryOperator::BitOr, name("sent"));
        let response = request("post", self.url("/auth/register"), [self.sent(changed)]);
        (!cases.is_empty()).then(|| {
            let refused = [assign("response", response), status(name("response"), 403)];
            let stmts = refused.into_iter().chain(self.not_writable()).collect();
            test(
                "test_register_refuses_what_others_say",
                vec![bodies(cases), each(name("sent"), name("cases"), stmts)],
            )
        })
    }

    /// What somebody may not read or write of their own account, and what they may read.
    fn guarded(&self) -> Option<Stmt> {
        let who = Who::themself(self.plan);
        let holds = |rule| who.fulfils(self.plan, self.user, rule, &|_| false);
        let mut statements = vec![
            assign("account", factory(&self.user.one, Vec::new())),
            assign("headers", name("factory").attr("auth").call_with([name("account")])),
            assign("read", request("get", self.me_url(), [kw("headers", name("headers"))])),
            status(name("read"), 200),
        ];
        let before = statements.len();
        for (field, rule) in self.user.guarded_reads() {
            let comparator = match holds(&rule.stored) {
                Some(true) => Comparator::In,
                Some(false) => Comparator::NotIn,
                None => continue,
            };
            let found = text(&*field.wire).compare(comparator, row(name("read"), self.user));
            statements.push(Stmt::Assert(found));
        }
        let writes = self.user.guarded_writes(Operation::Update);
        let refused = writes.filter(|(_, rule)| holds(&rule.stored) == Some(false));
        let cases: Vec<Expr> = refused.map(|(field, _)| sent(field)).collect();
        if !cases.is_empty() {
            let arguments = [self.sent(name("sent")), kw("headers", name("headers"))];
            let response = request("patch", self.me_url(), arguments);
            let asked = [assign("response", response), status(name("response"), 403)];
            let asked = asked.into_iter().chain(self.not_writable()).collect();
            statements.push(bodies(cases));
            statements.push(each(name("sent"), name("cases"), asked));
        }
        (statements.len() > before)
            .then(|| test("test_my_account_and_what_others_may_read_and_write", statements))
    }

    fn wrong_credentials(&self) -> Stmt {
        let password = || from("tests.factories", "PASSWORD");
        let mut made = vec![kw(&self.secret().attribute, password())];
        if self.user.is_active {
            made.push(kw("is_active", Expr::Bool(false)));
        }
        let mut statements = vec![self.account()];
        let mut cases = vec![
            tuple([self.account_login(), text("wrong")]),
            tuple([text("nobody@example.com"), password()]),
        ];
        if self.user.is_active {
            statements.push(assign("inactive", factory(&self.user.one, made)));
            let login = name("inactive").attr(&self.login().model_attribute);
            cases.push(tuple([login, password()]));
        }
        let refused = problem::coded(name("response"), self.plan, text("invalid_grant"));
        let asked = [
            assign("response", self.sign_in(name("login"), name("password"))),
            status(name("response"), 400),
        ];
        statements.push(each(
            tuple([name("login"), name("password")]),
            list(cases),
            asked.into_iter().chain(refused).collect(),
        ));
        test("test_wrong_credentials", statements)
    }

    fn nul(&self) -> Stmt {
        let response = self.sign_in(text("a\0@example.com"), text("x"));
        test(
            "test_nul_in_credentials",
            vec![
                assign("response", response),
                status(name("response"), self.plan.app.invalid_status),
            ],
        )
    }

    fn rotation(&self) -> Stmt {
        let mut statements: Vec<Stmt> = self.signed_in().into();
        let next = json(name("rotated")).index([text("refresh_token")]);
        statements.extend([
            assign("rotated", self.post("/auth/refresh", name("token"))),
            status(name("rotated"), 200),
            assign("stolen", self.post("/auth/refresh", name("token"))),
            status(name("stolen"), 400),
            assign("victim", self.post("/auth/refresh", next)),
            status(name("victim"), 400),
        ]);
        test("test_reuse_of_a_refresh_token_revokes_the_family", statements)
    }

    fn revocation(&self) -> Stmt {
        let mut statements: Vec<Stmt> = self.signed_in().into();
        for (path, token, code) in [
            ("/auth/revoke", name("token"), 204),
            ("/auth/refresh", name("token"), 400),
            ("/auth/revoke", text("unknown"), 204),
            ("/auth/refresh", text("unknown"), 400),
        ] {
            statements.push(status(self.post(path, token), code));
        }
        test("test_revoke", statements)
    }

    fn bad_tokens(&self) -> Stmt {
        let mut statements = Vec::new();
        let mut cases = vec![self.bearer(text("garbage"))];
        if self.user.is_active {
            let inactive = vec![kw("is_active", Expr::Bool(false))];
            statements.push(assign("inactive", factory(&self.user.one, inactive)));
            cases.push(name("factory").attr("auth").call_with([name("inactive")]));
        }
        if matches!(self.user.key[0].ty.kind, ValueKind::Uuid) {
            let token = from("app.core.security", "create_access_token").call_with([
                from("app.core.ids", "uuid7").call([]),
                name("factory").attr("settings"),
            ]);
            cases.push(self.bearer(token));
        }
        let me = |headers: Option<Argument>| request("get", self.me_url(), headers);
        let challenge = name("response").attr("headers").index([text("WWW-Authenticate")]);
        statements.push(each(
            name("headers"),
            list(cases),
            vec![
                assign("response", me(Some(kw("headers", name("headers"))))),
                status(name("response"), 401),
                equals(challenge, text(&*self.auth.scheme)),
            ],
        ));
        statements.push(status(me(None), 401));
        test("test_bad_access_tokens", statements)
    }

    fn me(&self) -> Stmt {
        let mut statements = vec![
            assign("account", factory(&self.user.one, Vec::new())),
            assign("headers", name("factory").attr("auth").call_with([name("account")])),
        ];
        let headers = || kw("headers", name("headers"));
        statements.push(assign("read", request("get", self.me_url(), [headers()])));
        statements.push(status(name("read"), 200));
        // An account that its factory makes need not fit the rows that it would have to refer to.
        let held = self.user.write_rules.iter().any(|rule| rule.when.update);
        let fits = self.user.stageable && self.user.wanted.is_empty();
        if self.user.has_update && (!held || fits) {
            let unchanged = request("patch", self.me_url(), [self.sent(dict([])), headers()]);
            statements.push(assign("unchanged", unchanged));
            statements.push(status(name("unchanged"), 200));
            let secret = self.secret();
            if secret.update {
                let sent = dict([(text(&secret.wire), sample(&secret.sample.other))]);
                let changed = request("patch", self.me_url(), [self.sent(sent), headers()]);
                statements.push(assign("changed", changed));
                statements.push(status(name("changed"), 200));
                let login = self.sign_in(self.account_login(), sample(&secret.sample.other));
                statements.push(assign("token", login));
                statements.push(status(name("token"), 200));
            }
        }
        test("test_my_account", statements)
    }
}

/// `cases: list[dict[str, object]] = […]`
fn bodies(cases: Vec<Expr>) -> Stmt {
    let body = name("dict").index([name("str"), name("object")]);
    Stmt::Annotated(name("cases"), name("list").index([body]), Some(list(cases)))
}

/// `{"grade": 5}`
fn sent(field: &FieldPlan) -> Expr {
    dict([(text(&*field.wire), sample(&unnumbered(&field.sample.value)))])
}
