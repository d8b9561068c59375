//! Mistakes that only somebody sees who uses the running application: lists that show other rows,
//! writes that take what they must refuse, tokens that count for more than they should.

use std::fmt::Write as _;

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::{Contract, Smoke};

use super::{Files, Mutation, indent, line, path_of, replace, replace_span, row};

const BASE: &str = "app/repositories/base.py";
const AUTH: &str = "app/services/auth_service.py";
const SECURITY: &str = "app/core/security.py";
const LIMITS: &str = ".limit(limit).offset(offset)";

pub(super) const ALL: &[Mutation] = &[
    few(4, "filter ignored", Code::J0504, "the filter", |files| {
        line(files, "app/repositories/", |line| {
            let found =
                line.contains("statement = statement.where(") && line.contains(" == query.");
            found.then(|| format!("{}statement = statement", indent(line)))
        })
    }),
    few(2, "filter off by one", Code::J0504, "the filter", |files| {
        compare(files, " >= query.", " > query.")
    }),
    few(2, "filter the wrong way round", Code::J0504, "the filter", |files| {
        compare(files, " >= query.", " <= query.")
    }),
    few(1, "filter up to and with its end", Code::J0504, "the filter", |files| {
        compare(files, " < query.", " <= query.")
    }),
    list("order ignored", "order by", |files| {
        replace(files, "app/repositories/", ".order_by(_ORDERS[query.sort], ", ".order_by(")
    }),
    list("order reversed", "order by", |files| {
        replace(files, "app/repositories/", ".created_at.asc()", ".created_at.desc()")
    }),
    few(3, "search ignored", Code::J0504, "the search", |files| {
        let (old, new) = ("if query.q is not None:", "if query.q is not None and not query.q:");
        replace(files, "app/repositories/", old, new)
    }),
    few(3, "search with wildcards", Code::J0504, "the search", |files| {
        let (path, text) = super::first(files, "app/repositories/", "autoescape=True")?;
        *text = text.replace("autoescape=True", "autoescape=False");
        Some(path)
    }),
    few(3, "search in one attribute only", Code::J0504, "the search", |files| {
        let span = ("                or_(\n                    ", ",\n");
        let (path, text) = super::first(files, "app/repositories/", span.0)?;
        let start = text.find(span.0)? + span.0.len();
        let kept = text[start..].split_once(span.1)?.0.to_owned();
        let end = start + text[start..].find("\n                )\n")?;
        text.replace_range(start..end, &format!("{kept},"));
        Some(path)
    }),
    list("total that counts the page", "total", |files| {
        let (old, new) = (
            "return rows.all(), total or 0",
            "found = rows.all()\n        return found, len(found)",
        );
        replace(files, BASE, old, new)
    }),
    list("limit and offset swapped in a slice", "", |files| {
        replace(files, BASE, LIMITS, ".slice(limit, limit + offset)")
    }),
    list("offset ignored", "limit=1&offset=1", |files| {
        replace(files, BASE, LIMITS, ".limit(limit)")
    }),
    list("limit ignored", "limit=1&offset=0", |files| {
        replace(files, BASE, LIMITS, ".limit(100).offset(offset)")
    }),
    few(1, "cursor that repeats a row", Code::J0504, "page", |files| {
        replace(files, "app/core/cursor.py", "tuple_(*self.key) > ", "tuple_(*self.key) >= ")
    }),
    few(1, "cursor that skips a row", Code::J0504, "page", |files| {
        replace(files, BASE, "order.cursor(rows[limit - 1])", "order.cursor(rows[limit])")
    }),
    few(1, "cursor that ends too soon", Code::J0504, "", |files| {
        replace(files, BASE, "if len(rows) <= limit:", "if len(rows) <= limit + 1:")
    }),
    few(1, "rows without a value first", Code::J0504, "at the end", |files| {
        // Of a member that clients give: else no row has a value.
        let given = |path: &str, text: &str| {
            let module = module_of(path)?;
            let (expression, _) = text.split_once(".asc().nulls_last()")?;
            let member = expression.rsplit_once('.')?.1;
            let schemas = files.get(&format!("app/schemas/{module}.py"))?;
            let written = schemas.split_once("Read(").map_or(schemas.as_str(), |(head, _)| head);
            Some(written.contains(&format!("    {member}: ")))
        };
        let path = files.iter().find(|(path, text)| given(path, text) == Some(true))?.0.clone();
        let text = files.get_mut(&path)?;
        *text = text.replace(".nulls_last()", ".nulls_first()");
        Some(path)
    }),
    few(4, "rows of every parent", Code::J0504, "another parent", |files| {
        let nested = |line: &str| {
            let (head, rest) = line.split_once(".where(")?;
            let (column, rest) = rest.split_once(" == ")?;
            let (value, rest) = rest.split_once(')')?;
            let nested = value.ends_with("_id") && column.ends_with(&format!(".{value}"));
            nested.then(|| format!("{head}.where({column}.is_not(None)){rest}"))
        };
        let path = path_of(files, "app/repositories/", |path, text| {
            module_of(path).is_some_and(|module| is_listed(files, module))
                && text.lines().any(|line| nested(line).is_some())
        })?;
        line(files, &path, nested)
    }),
    few(4, "row of another parent", Code::J0504, "404", |files| {
        line(files, "app/services/", |line| {
            let (head, rest) = line.split_once(" is None or ")?;
            let (parent, rest) = rest.split_once(" != ")?;
            let end = rest.find(" or ").map_or(":", |at| &rest[at..]);
            parent.contains('_').then(|| format!("{head} is None{end}"))
        })
    }),
    few(4, "values in use answered 500", Code::J0505, "500", |files| {
        let old = "raise translate_integrity_error(error, Base.metadata) from error";
        has_unique(files)?;
        replace(files, BASE, old, "raise RuntimeError from error")
    }),
    few(4, "values in use answered 400", Code::J0505, "400", |files| {
        let (old, new) = ("status = HTTPStatus.CONFLICT", "status = HTTPStatus.BAD_REQUEST");
        has_unique(files)?;
        replace(files, "app/core/errors.py", old, new)
    }),
    few(2, "invariant of related rows not looked at", Code::J0505, "would break", |files| {
        unrequired(files)
    }),
    few(1, "row that an invariant keeps deleted", Code::J0505, "would break", |files| {
        let kept = |text: &str| text.contains("async def delete(self, entity");
        let found = files.iter_mut().find(|(path, text)| {
            path.ends_with("_repository.py") && kept(text) && text.contains("        _require_")
        })?;
        let (head, tail) = found.1.split_once("async def delete(self, entity")?;
        let (before, rest) = tail.split_once("        _require_")?;
        let (_, after) = rest.split_once('\n')?;
        *found.1 = format!("{head}async def delete(self, entity{before}{after}");
        Some(found.0.clone())
    }),
    guard("reference to nowhere answered 500", "500", |files| {
        replace(
            files,
            "app/services/",
            "            raise RuleViolationError(\n",
            "            raise RuntimeError(\n",
        )
    }),
    guard("number from a text", "", |files| {
        let written = |(path, text): &(&String, &String)| {
            path.starts_with("app/schemas/")
                && !path.ends_with("types.py")
                && text.contains("WHOLE")
        };
        files.iter().find(written)?;
        replace(files, "app/schemas/types.py", "Int = StrictInt", "Int = int")
    }),
    few(3, "If-Match ignored", Code::J0505, "412", |files| {
        let (old, new) = (
            "if header is None or header.strip() == \"*\":\n        return\n    if etag",
            "if not header or version < 0:\n        return\n    if header is None and etag",
        );
        replace(files, "app/core/etag.py", old, new)
    }),
    few(3, "If-Match forgotten by one write", Code::J0505, "412", |files| {
        line(files, "app/services/", |line| {
            line.contains("check_if_match(if_match, ")
                .then(|| format!("{}del if_match", indent(line)))
        })
    }),
    few(2, "rows made in bulk by halves", Code::J0505, "stored", |files| {
        let (path, text) = super::first(files, "app/services/", "= await self._insert(item")?;
        let start = text.find("= await self._insert(item")?;
        let end = start + text[start..].find('\n')? + 1;
        let repository = text.split("        self._").nth(1)?.split(" = ").next()?.to_owned();
        let commit = format!("                await self._{repository}.session.commit()\n");
        text.insert_str(end, &commit);
        Some(path)
    }),
    few(2, "PUT that keeps what was left out", Code::J0505, "PUT", |files| {
        let has_default = |module: &str| {
            let text = files.get(&format!("app/schemas/{module}.py"))?;
            let body = text.split_once("Base(InputModel):")?.1.split("\nclass ").next()?;
            let nothing = ["MISSING", "= None", "default_factory"];
            let given = |line: &str| {
                line.contains(" = ") && !nothing.iter().any(|none| line.contains(none))
            };
            body.lines().any(given).then_some(())
        };
        let path = files.iter().find_map(|(path, text)| {
            let module = path.strip_prefix("app/services/")?.strip_suffix("_service.py")?;
            // Where a rule holds an attribute to its default, it is never another one.
            let fits = text.contains("async def replace(") && !text.contains("_require_change");
            (fits && has_default(module).is_some()).then(|| path.clone())
        })?;
        let text = files.get_mut(&path)?;
        let start = text.find("async def replace(")?;
        let end = text[start..].find("\n    async def ").map_or(text.len(), |end| start + end);
        let mut changed = String::new();
        for line in text[start..end].split_inclusive('\n') {
            match line.trim().split_once(" = data.").filter(|_| !line.contains("for ")) {
                Some((_, member)) if member.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                    let condition = format!("if \"{member}\" in data.model_fields_set:");
                    let _ = write!(changed, "{}{condition}\n    {line}", indent(line));
                }
                _ => changed.push_str(line),
            }
        }
        let differs = text[start..end] != changed;
        text.replace_range(start..end, &changed);
        differs.then_some(path)
    }),
    few(1, "time zone lost in a body", Code::J0505, "zone", |files| {
        writes_moments(files)?;
        let (old, new) = ("return value.astimezone(UTC)", "return value.replace(tzinfo=UTC)");
        replace(files, "app/schemas/types.py", old, new)
    }),
    few(1, "zone not asked for", Code::J0505, "", |files| {
        writes_moments(files)?;
        replace(
            files,
            "app/schemas/types.py",
            "Annotated[AwareDatetime, Bef",
            "Annotated[datetime, Bef",
        )
    }),
    Mutation {
        layer: Contract,
        code: Code::J0401,
        ..guard("mass assignment", "additional", |files| {
            replace(files, "app/schemas/base.py", "extra=\"forbid\"", "extra=\"ignore\"")
        })
    },
    guard("mass assignment that the document does not tell", "which clients do not", |files| {
        let hook = "    @model_validator(mode=\"before\")\n    @classmethod\n    def _known(cls, data: object) -> object:\n        if isinstance(data, dict):\n            return {name: data[name] for name in data if name in cls.model_fields}\n        return data\n";
        replace(
            files,
            "app/schemas/base.py",
            "from pydantic import BaseModel,",
            "from pydantic import model_validator, BaseModel,",
        )?;
        let old = "    model_config = ConfigDict(extra=\"forbid\")\n";
        replace(files, "app/schemas/base.py", old, &format!("{old}\n{hook}"))
    }),
    works("an update ignores an attribute", "", |files| {
        pair(files, |first, second| {
            let member = first.trim().strip_prefix("if data.")?.strip_suffix(" is not MISSING:")?;
            let (target, value) = second.trim().split_once(" = ")?;
            let plain =
                value == format!("data.{member}") && target.ends_with(&format!(".{member}"));
            plain.then(|| format!("{}{target} = {target}", indent(second)))
        })
    }),
    few(3, "an update empties what was left out", Code::J0505, "alone", emptied),
    works("a row is found by whatever", "", |files| {
        // Of accounts the walk knows one that is there, and those that may not see it.
        let accounts: Vec<String> = files
            .iter()
            .filter(|(_, text)| text.contains("    hashed_"))
            .filter_map(|(path, _)| path.strip_prefix("app/models/")?.strip_suffix(".py"))
            .map(|module| format!("app/repositories/{module}_repository.py"))
            .collect();
        let call = "self.session.scalar(self.select().where(";
        let other =
            |path: &str, text: &str| !accounts.iter().any(|it| it == path) && text.contains(call);
        let path = path_of(files, "app/repositories/", other)?;
        line(files, &path, |line| {
            let (head, rest) = line.split_once(call)?;
            let (column, rest) = rest.split_once(" == ")?;
            let (_, end) = rest.split_once(')')?;
            Some(format!("{head}{call}{column}.is_not(None)){end}"))
        })
    }),
    works("what is missing is gone", "410", |files| {
        let (old, new) = ("status = HTTPStatus.NOT_FOUND", "status = HTTPStatus.GONE");
        replace(files, "app/core/errors.py", old, new)
    }),
    few(4, "owner not asked on update", Code::J0503, "PATCH", |files| {
        unasked(files, "    async def update(")
    }),
    few(3, "owner not asked on delete", Code::J0503, "DELETE", |files| {
        unasked(files, "    async def delete(")
    }),
    few(4, "reader not asked on get", Code::J0503, "", |files| {
        line(files, "app/services/", |line| {
            let (head, rest) = line.split_once(" or not _may_read(")?;
            rest.ends_with("):").then(|| format!("{head}:"))
        })
    }),
    Mutation {
        layer: Contract,
        code: Code::J0401,
        ..few(5, "hash of a password in answers", Code::J0506, "hashed", |files| {
            let module = files.get(AUTH)?.lines().find_map(|line| {
                let rest = line.strip_prefix("from app.models import ")?;
                Some(rest.to_lowercase())
            })?;
            let path = format!("app/schemas/{module}.py");
            let text = files.get_mut(&path)?;
            let end = text.find("Read(OutputModel):\n")?;
            let id = end + text[end..].find("    id: ")?;
            text.insert_str(id, "    hashed_password: str\n");
            Some(path)
        })
    },
    session("refresh token that can be used again", "a used refresh token is", |files| {
        replace(files, AUTH, "token.revoked_at = now", "token.expires_at = token.expires_at")
    }),
    session("stolen refresh token not answered", "came again", |files| {
        let (old, new) =
            ("await self._tokens.revoke_family(token.family_id, now)", "token.revoked_at = now");
        replace(files, AUTH, old, new)
    }),
    session("refresh token not exchanged", "", |files| {
        let old = "return await self._issue(token.user_id, family_id=token.family_id)";
        let new = "pair = await self._issue(token.user_id, family_id=token.family_id)\n        return pair.model_copy(update={\"refresh_token\": refresh_token})";
        replace(files, AUTH, old, new)
    }),
    session("sign-out that does nothing", "after sign-out", |files| {
        let (old, new) = (
            "await self._tokens.revoke_family(token.family_id, utcnow())",
            "token.user_id = token.user_id",
        );
        replace(files, AUTH, old, new)
    }),
    session("any password will do", "a wrong password", |files| {
        replace(
            files,
            AUTH,
            "account is None or not valid or",
            "account is None or valid is None or",
        )
    }),
    session("sign-in that tells who has an account", "whether an account", |files| {
        let (old, new) = (
            "            detail = \"Incorrect login or password\"",
            "            detail = \"Unknown login\" if account is None else \"Incorrect password\"",
        );
        replace(files, AUTH, old, new)
    }),
    session("claims read without their signature", "signed with another key", |files| {
        let span = ("payload = jwt.decode(", "\"jti\"]},\n        )");
        let new = "payload = json.loads(base64.urlsafe_b64decode(token.split(\".\")[1] + \"==\"))";
        replace_span(files, SECURITY, span, new)?;
        replace(files, SECURITY, "import hashlib\n", "import base64\nimport hashlib\nimport json\n")
    }),
    session("token good for years after its end", "has expired", |files| {
        let old = "            issuer=NAME,\n";
        replace(files, SECURITY, old, &format!("{old}            leeway=timedelta(days=36500),\n"))
    }),
    session("token that need not end", "never expires", |files| {
        replace(files, SECURITY, "\"require\": [\"exp\", ", "\"require\": [")
    }),
    session("token of another application", "of another application", |files| {
        replace(files, SECURITY, "            issuer=NAME,\n", "")
    }),
    few(2, "transition from any state", Code::J0505, "forbids", |files| {
        let (path, text) = machine(files)?;
        let refusals: Vec<String> = text
            .lines()
            .filter(|line| line.trim().starts_with("raise InvalidTransitionError("))
            .map(str::to_owned)
            .collect();
        for refusal in refusals {
            *text = text.replace(&refusal, &format!("{}pass", indent(&refusal)));
        }
        Some(path)
    }),
    few(2, "transition to another state", Code::J0502, "", |files| {
        let (path, text) = machine(files)?;
        let (_, behind) = text.split_once("raise InvalidTransitionError(")?;
        let line = behind.lines().find(|line| {
            let state = line.split_once(" = ").and_then(|(_, value)| value.split_once('.'));
            state.is_some_and(|(_, member)| {
                member.chars().all(|c| c.is_ascii_uppercase() || c == '_')
            })
        })?;
        let (held, _) = line.split_once(" = ")?;
        let (old, new) = (line.to_owned(), format!("{held} = {}", held.trim()));
        *text = text.replacen(&old, &new, 1);
        Some(path)
    }),
    session("password kept as it is", "database", |files| {
        let old = "return await to_thread.run_sync(_hasher.hash, password)";
        replace(files, SECURITY, old, "return password")?;
        let check = "_hasher.verify_and_update, password,";
        replace(files, SECURITY, check, "lambda sent, kept: (sent == kept, None), password,")
    }),
    session("refresh token kept as it is", "database", |files| {
        let old = "return hashlib.sha256(token.encode()).hexdigest()";
        replace(files, SECURITY, old, "return token")
    }),
    session("password in the log", "log", |files| {
        let old = "        stored = account.hashed_password if account else None\n";
        let new = format!(
            "{old}        logging.getLogger(\"auth\").warning(\"sign-in with %s\", password)\n"
        );
        replace(files, AUTH, old, &new)?;
        replace(
            files,
            AUTH,
            "from datetime import timedelta\n",
            "import logging\nfrom datetime import timedelta\n",
        )
    }),
];

pub(super) const fn few(
    least: usize,
    id: &'static str,
    code: Code,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    Mutation { least, ..row(id, Smoke, code, says, make) }
}

const fn list(
    id: &'static str,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    row(id, Smoke, Code::J0504, says, make)
}

const fn guard(
    id: &'static str,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    row(id, Smoke, Code::J0505, says, make)
}

const fn session(
    id: &'static str,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    row(id, Smoke, Code::J0506, says, make)
}

const fn works(
    id: &'static str,
    says: &'static str,
    make: fn(&mut Files) -> Option<String>,
) -> Mutation {
    row(id, Smoke, Code::J0502, says, make)
}

/// The service of an entity with a state machine, of which clients make rows.
fn machine(files: &mut Files) -> Option<(String, &mut String)> {
    let found = files.iter_mut().find(|(path, text)| {
        let made = text.contains("async def create(");
        path.starts_with("app/services/") && made && text.contains("raise InvalidTransitionError(")
    })?;
    Some((found.0.clone(), found.1))
}

/// Changes the second of two lines of an update, where that can be done first.
fn pair(files: &mut Files, change: impl Fn(&str, &str) -> Option<String>) -> Option<String> {
    for (path, text) in files.iter_mut().filter(|(path, _)| path.starts_with("app/")) {
        let lines: Vec<&str> = text.lines().collect();
        let found = lines.windows(2).find_map(|two| {
            Some((
                format!("{}\n{}", two[0], two[1]),
                format!("{}\n{}", two[0], change(two[0], two[1])?),
            ))
        });
        if let Some((old, new)) = found {
            *text = text.replacen(&old, &new, 1);
            return Some(path.clone());
        }
    }
    None
}

/// Lets a use case go on whoever calls.
fn unasked(files: &mut Files, function: &str) -> Option<String> {
    for (path, text) in files.iter_mut().filter(|(path, _)| path.starts_with("app/services/")) {
        let Some(start) = text.find(function) else { continue };
        let length = text[start + 4..].find("\n    async def ").unwrap_or(text.len() - start - 4);
        let end = start + 4 + length;
        let Some(at) = text[start..end].find("if not _may_") else { continue };
        text.insert_str(start + at + "if ".len(), "caller is None and ");
        return Some(path.clone());
    }
    None
}

/// Whether rows of something other than the account have values that no other row has.
fn has_unique(files: &Files) -> Option<()> {
    let found = files.iter().any(|(path, text)| {
        let is_own = !text.contains("hashed_password") && !path.contains("_token");
        path.starts_with("app/models/") && is_own && text.contains("unique=True")
    });
    found.then_some(())
}

/// Leaves out what a repository asks of related rows, where clients make rows: flows may ask for the same
/// themselves.
fn unrequired(files: &mut Files) -> Option<String> {
    let required = |line: &str| line.contains(" await self._require_");
    let makes = |module: &str| {
        let service = files.get(&format!("app/services/{module}_service.py"));
        service.is_some_and(|service| service.contains("async def create("))
    };
    let path = path_of(files, "app/repositories/", |path, text| {
        module_of(path).is_some_and(makes) && text.lines().any(required)
    })?;
    line(files, &path, |line| required(line).then(String::new))
}

/// The module of the entity whose repository this is.
fn module_of(path: &str) -> Option<&str> {
    path.strip_prefix("app/repositories/")?.strip_suffix("_repository.py")
}

/// Whether the tests of the project list rows of an entity. They have none, and neither has the walk, below
/// a parent whose rule of access asks for rows further away.
fn is_listed(files: &Files, module: &str) -> bool {
    let made = format!("factory.{module}(");
    files.iter().any(|(path, text)| {
        let lists = text.contains("async def test_list(") && text.contains(&made);
        path.starts_with("tests/api/") && lists
    })
}

/// Whether clients write moments.
fn writes_moments(files: &Files) -> Option<()> {
    let found = files.iter().filter(|(path, _)| path.starts_with("app/schemas/"));
    let bodies = found.filter_map(|(_, text)| text.split_once("Base(InputModel):"));
    let body = |(_, rest): (&str, &'_ str)| rest.split("\nclass ").next().map(str::to_owned);
    bodies.filter_map(body).any(|text| text.contains("UtcDatetime")).then_some(())
}

/// Compares another way in a filter.
fn compare(files: &mut Files, old: &str, new: &str) -> Option<String> {
    line(files, "app/repositories/", |line| {
        // Nothing sets it in any golden project: no row can be told from another one by it.
        let fits = line.contains(old) && !line.contains("published_at");
        fits.then(|| line.replacen(old, new, 1))
    })
}

/// Makes an update empty the last attribute that a request leaves out, where there are several.
fn emptied(files: &mut Files) -> Option<String> {
    for (path, text) in files.iter_mut().filter(|(path, _)| path.starts_with("app/services/")) {
        let Some((_, body)) = text.split_once("async def update(") else { continue };
        let members: Vec<(&str, &str)> = body
            .lines()
            .filter_map(|line| {
                let rest = line.trim().strip_prefix("if data.")?;
                Some((line, rest.strip_suffix(" is not MISSING:")?))
            })
            // A reference that is nothing already stays nothing.
            .filter(|(_, member)| !member.ends_with("_id") && !member.ends_with("_ids"))
            .collect();
        let Some((line, member)) = members.last().filter(|_| members.len() > 1) else { continue };
        let target = body.lines().find_map(|line| {
            let (target, value) = line.trim().split_once(" = ")?;
            (value == format!("data.{member}")).then_some(target)
        });
        let Some(target) = target else { continue };
        let old = (*line).to_owned();
        let new = format!("{}{target} = type({target})()\n{old}", indent(&old));
        *text = text.replacen(&old, &new, 1);
        return Some(path.clone());
    }
    None
}
