//! Mistakes that show in the files themselves.

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::Structural;

use super::{Mutation, append, remove, replace, replace_span, row};

pub(super) const ALL: &[Mutation] = &[
    row("syntax error", Structural, Code::J0101, "", |files| {
        replace(files, "app/core/clock.py", "utcnow().date()", "utcnow().date(")
    }),
    row("argument twice", Structural, Code::J0101, "", |files| {
        append(files, "app/core/ids.py", "\n\ndef twice(a: int, a: int) -> int:\n    return a\n")
    }),
    row("nests without end", Structural, Code::J0101, "deeply", |files| {
        append(files, "app/core/deep.py", &format!("x = {}\n", "(".repeat(50_000)))
    }),
    row("body not written", Structural, Code::J0102, "`later`", |files| {
        append(
            files,
            "app/core/ids.py",
            "\n\ndef later() -> None:\n    raise NotImplementedError\n",
        )
    }),
    row("body removed", Structural, Code::J0102, "does nothing", |files| {
        let body = ("        await self.session.delete(entity)\n", "self._flush()\n");
        replace_span(files, "app/repositories/base.py", body, "")
    }),
    row("version not pinned", Structural, Code::J0105, "pinned", |files| {
        replace(files, "requirements.txt", "fastapi==", "fastapi>=")
    }),
    row("hashes removed", Structural, Code::J0105, "no hash", |files| {
        replace_span(files, "requirements.txt", (" \\\n    --hash", "\nalembic"), "\nalembic")
    }),
    row("file removed", Structural, Code::J0107, "", |files| {
        remove(files, "tests/api/test_health.py")
    }),
    row("wrong name imported", Structural, Code::J0108, "`Bass`", |files| {
        replace(files, "app/main.py", "from app.models import Base", "from app.models import Bass")
    }),
    row("wrong module imported", Structural, Code::J0108, "no module", |files| {
        replace(files, "app/main.py", "from app.core.database", "from app.core.databases")
    }),
    row("package not pinned", Structural, Code::J0108, "do not pin", |files| {
        append(files, "app/core/ids.py", "\nimport pendulum\n")
    }),
    row("package of the tests in the application", Structural, Code::J0108, "`pytest`", |files| {
        append(files, "app/core/ids.py", "\nimport pytest\n")
    }),
    row("import removed", Structural, Code::J0109, "`HTTPStatus`", |files| {
        replace(files, "app/routers/health.py", "from http import HTTPStatus\n", "")
    }),
    row("misspelt name", Structural, Code::J0109, "`utc_now`", |files| {
        replace(files, "app/core/clock.py", "utcnow().date()", "utc_now().date()")
    }),
    row("misspelt type in a text", Structural, Code::J0109, "`Applicaton`", |files| {
        append(
            files,
            "app/core/ids.py",
            "\n\ndef of(app: \"Applicaton\") -> object:\n    return app\n",
        )
    }),
    row("caller need not be known", Structural, Code::J0110, "get through", |files| {
        replace(files, "app/routers/", "caller: CurrentUserDep", "caller: OptionalUserDep")
    }),
    row("dependency of a route removed", Structural, Code::J0110, "get through", |files| {
        let signed_in = ("dependencies=[Depends(get_current_user)]", ",");
        let role = ("dependencies=[Depends(require_", ")],");
        replace_span(files, "app/routers/", signed_in, "")
            .or_else(|| replace_span(files, "app/routers/", role, ""))
    }),
    Mutation {
        least: 3,
        ..row("role not asked for", Structural, Code::J0110, "role", |files| {
            let span = ("dependencies=[Depends(require_", ")]");
            replace_span(files, "app/routers/", span, "dependencies=[Depends(get_current_user)]")
        })
    },
    row("route removed", Structural, Code::J0110, "no route", |files| {
        replace(files, "app/routers/", "async def list_", "async def lost_")
    }),
    row("route without a rule", Structural, Code::J0110, "no access rule", |files| {
        let is_one = |(path, text): &(&String, &mut String)| {
            path.starts_with("app/routers/") && text.contains("CurrentUserDep")
        };
        let (path, text) = files.iter_mut().find(is_one)?;
        text.push_str(
            "\n\n@router.get(\"/all\")\nasync def everything() -> list[int]:\n    return [1]\n",
        );
        Some(path.clone())
    }),
    row("gate that refuses nobody", Structural, Code::J0110, "refuses nobody", |files| {
        let guard = "    if user is None:\n        raise AuthenticationError\n";
        replace(files, "app/dependencies.py", guard, "")
    }),
    row("owner not looked at", Structural, Code::J0125, "never looks", |files| {
        let of_caller =
            |line: &&str| line.trim_start().starts_with("return") && line.contains("caller.");
        let found = files.iter().find_map(|(path, text)| {
            let (_, rest) = text.split_once("\ndef _may_")?;
            let line = rest.split("\ndef ").next()?.lines().find(of_caller)?;
            path.starts_with("app/").then(|| (path.clone(), line.to_owned()))
        });
        let (path, line) = found?;
        replace(files, &path, &line, "    return True")
    }),
    row("slot that nobody declared", Structural, Code::J0111, "", |files| {
        append(files, "app/services/note_business_rules.py", "\"\"\"Rules.\"\"\"\n")
    }),
    row("key of a cloud", Structural, Code::J0112, "", |files| {
        append(files, "app/core/metadata.py", "# AKIAIOSFODNN7EXAMPLE\n")
    }),
    row("private key", Structural, Code::J0112, "", |files| {
        append(files, "docker/server.pem", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n")
    }),
    row("random text as a password", Structural, Code::J0112, "`db_password`", |files| {
        append(files, "app/core/ids.py", "\ndb_password = \"9f8aKx72LqPz01TbVw44\"\n")
    }),
    row("settings with secrets", Structural, Code::J0112, "`SECRET_KEY`", |files| {
        append(files, ".env.production", "SECRET_KEY=hunter2-hunter2-hunter2\n")
    }),
    row("await removed from a statement", Structural, Code::J0113, "`_flush`", |files| {
        replace(
            files,
            "app/repositories/base.py",
            "        await self._flush",
            "        self._flush",
        )
    }),
    row("await removed from a value", Structural, Code::J0113, "", |files| {
        replace(files, "app/routers/", " = await ", " = ")
    }),
    row("await removed from a library's call", Structural, Code::J0113, "`delete`", |files| {
        let call = ("await self.session.delete(entity)", "self.session.delete(entity)");
        replace(files, "app/repositories/base.py", call.0, call.1)
    }),
    row("blocking sleep", Structural, Code::J0114, "`time.sleep`", |files| {
        append(files, "app/routers/health.py", "import time\n");
        let new = "    time.sleep(1)\n    return Health()";
        replace(files, "app/routers/health.py", "    return Health()", new)
    }),
    row("blocking request", Structural, Code::J0114, "`requests.get`", |files| {
        append(files, "app/routers/health.py", "import requests\n");
        let new = "    requests.get(\"http://localhost\")\n    return Health()";
        replace(files, "app/routers/health.py", "    return Health()", new)
    }),
    row("SQL from a formatted text", Structural, Code::J0115, "", |files| {
        let new = "text(f\"SELECT {self.engine.name}\")";
        replace(files, "app/core/database.py", "text(\"SELECT 1\")", new)
    }),
    row("SQL from a sum", Structural, Code::J0115, "", |files| {
        let new = "text(\"SELECT \" + self.engine.name)";
        replace(files, "app/core/database.py", "text(\"SELECT 1\")", new)
    }),
    row("SQL from a variable", Structural, Code::J0115, "", |files| {
        let old = "            await session.execute(text(\"SELECT 1\"))";
        let new = "            query = \"SELECT {}\".format(self)\n            await session.execute(text(query))";
        replace(files, "app/core/database.py", old, new)
    }),
    row("CORS for everybody with credentials", Structural, Code::J0116, "", |files| {
        let new = "allow_origins=[\"*\"], allow_credentials=True";
        replace(files, "app/main.py", "allow_origins=settings.cors_origins", new)
    }),
    row("CORS for everybody by default", Structural, Code::J0116, "", |files| {
        let old = "cors_origins: Annotated[list[str], NoDecode] = []";
        let new = "cors_origins: Annotated[list[str], NoDecode] = [\"*\"]";
        replace(files, "app/core/config.py", old, new)
    }),
    row("token not verified", Structural, Code::J0117, "", |files| {
        let old = "options={\"require\"";
        replace(files, "app/core/security.py", old, "options={\"verify_exp\": False, \"require\"")
    }),
    row("any algorithm", Structural, Code::J0117, "algorithms", |files| {
        replace(files, "app/core/security.py", "            algorithms=[_ALGORITHM],\n", "")
    }),
    row("no algorithm", Structural, Code::J0117, "unsigned", |files| {
        replace(files, "app/core/security.py", "algorithms=[_ALGORITHM]", "algorithms=[\"none\"]")
    }),
    row("secret with a default", Structural, Code::J0118, "`secret_key`", |files| {
        let new = "secret_key: SecretStr = SecretStr(\"changeme\")";
        replace(files, "app/core/config.py", "secret_key: SecretStr = SecretStr(\"\")", new)
    }),
    row("secret with a default in the environment", Structural, Code::J0118, "", |files| {
        let text = "\nimport os\n\nKEY = os.environ.get(\"SECRET_KEY\", \"changeme\")\n";
        append(files, "app/core/ids.py", text)
    }),
    row("secret with a default in a container", Structural, Code::J0118, "", |files| {
        let span = ("${POSTGRES_PASSWORD:?", "}");
        replace_span(files, "docker-compose.yml", span, "${POSTGRES_PASSWORD:-postgres}")
    }),
    row("time of the machine", Structural, Code::J0119, "", |files| {
        replace(files, "app/core/clock.py", "datetime.now(UTC)", "datetime.now()")
    }),
    row("time that does not say it is UTC", Structural, Code::J0119, "", |files| {
        replace(files, "app/core/clock.py", "datetime.now(UTC)", "datetime.utcnow()")
    }),
    row("column that loses the zone", Structural, Code::J0119, "", |files| {
        replace(files, "migrations/versions/", "sa.DateTime(timezone=True)", "sa.DateTime()")
    }),
    row("zone dropped", Structural, Code::J0119, "", |files| {
        let old = "value.astimezone(UTC)";
        replace(
            files,
            "app/core/column_types.py",
            old,
            "value.astimezone(UTC).replace(tzinfo=None)",
        )
    }),
    Mutation {
        least: 4,
        ..row("float for money in a model", Structural, Code::J0120, "", |files| {
            replace(files, "app/models/", ": Mapped[Decimal", ": Mapped[float")
        })
    },
    row("default that is shared", Structural, Code::J0121, "", |files| {
        let text = "\n\ndef of(names: list[str] = []) -> list[str]:\n    return names\n";
        append(files, "app/core/ids.py", text)
    }),
    row("everything caught", Structural, Code::J0122, "", |files| {
        let old = "    except (SQLAlchemyError, OSError):";
        replace(files, "app/routers/health.py", old, "    except:")
    }),
    row("error forgotten", Structural, Code::J0122, "", |files| {
        let text = "\n\ndef calm(text: str) -> int | None:\n    try:\n        return int(text)\n    except Exception:\n        pass\n    return None\n";
        append(files, "app/core/ids.py", text)
    }),
    row("debugging on", Structural, Code::J0123, "", |files| {
        replace(
            files,
            "app/main.py",
            "redirect_slashes=False",
            "redirect_slashes=False, debug=True",
        )
    }),
    row("statements logged", Structural, Code::J0123, "", |files| {
        let old = "database_echo: bool = False";
        replace(files, "app/core/config.py", old, "database_echo: bool = True")
    }),
];
