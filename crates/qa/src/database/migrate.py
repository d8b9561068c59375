"""Migrate an empty database up and down, and say what its catalog holds in between.

Runs in the environment of the judged project, in its folder: ``python -I - sqlite`` or
``python -I - postgresql [URL]``. The project's code runs in processes of its own; this one reads
the catalogs by its own SQL and prints one line of JSON. It never imports a module of the project.
"""

import contextlib
import importlib.util
import json
import os
import pwd
import re
import secrets
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SECONDS = float(os.environ.get("STRATAPI_STEP_SECONDS", "30"))
"""How long one run of Alembic may take."""
OUTPUT = 32 << 20
"""How many bytes it may print."""
KEPT = 16 << 10
"""How many of the last ones are told."""


class MissingError(Exception):
    """There is no PostgreSQL that could be used here."""


class DeadError(Exception):
    """The PostgreSQL server does not answer."""


class Migrator:
    """Alembic in a process of its own, which migrates up and, when it is told to, down again."""

    SCRIPT = """
import os
import sys

from alembic.config import main

told, done = map(int, sys.argv[1:])
for arguments in (["upgrade", "head"], ["downgrade", "base"]):
    if os.read(told, 1):
        main(argv=arguments)
        os.write(done, b".")
"""

    def __init__(self, url: str) -> None:
        """Start it; it does nothing yet."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        environment |= {
            "DATABASE_URL": url,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "PYTHONUTF8": "1",
        }
        told, self._tell = os.pipe()
        self._done, done = os.pipe()
        self._process = start(
            [sys.executable, "-c", self.SCRIPT, str(told), str(done)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(told, done),
        )
        os.close(told)
        os.close(done)
        self._output = b""
        self._flooded = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        stream, size = self._process.stdout, 0
        while stream and (chunk := os.read(stream.fileno(), 1 << 16)):
            size += len(chunk)
            self._output = (self._output + chunk)[-KEPT:]
            if size > OUTPUT:
                self._flooded = True
                end(self._process)
                return

    def step(self) -> dict[str, str]:
        """Take the next step, and say how it ended and what was printed last."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._tell, b".")
        if not select.select([self._done], [], [], SECONDS)[0]:
            ended = "hung"
        elif os.read(self._done, 1):
            return {"ended": "well", "output": ""}
        else:
            ended = "badly"
        self.close()
        output = self._output.decode("utf-8", "replace")
        return {"ended": "flooded" if self._flooded else ended, "output": output}

    def close(self) -> None:
        """End it, with all that it started."""
        end(self._process)
        self._process.wait()
        self._reader.join(timeout=2)


def start(arguments: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, if that is allowed.

    One way of keeping programs in bounds ends all of them as one group, which none may leave.
    """
    try:
        return subprocess.Popen(arguments, start_new_session=True, **options)  # noqa: S603
    except PermissionError:
        return subprocess.Popen(arguments, **options)  # noqa: S603


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process together with those that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def migrate(url: str, catalog: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Migrate up, read the catalog, migrate down, read what is left."""
    migrator = Migrator(url)
    try:
        result: dict[str, Any] = {"upgrade": migrator.step()}
        if result["upgrade"]["ended"] == "well":
            result["catalog"] = catalog()
            result["downgrade"] = migrator.step()
            result["left"] = catalog()
        return result
    finally:
        migrator.close()


def on_sqlite(folder: Path) -> dict[str, Any]:
    """Do it on SQLite."""
    file = folder / "judged.db"

    def catalog() -> dict[str, Any]:
        with contextlib.closing(sqlite3.connect(file, timeout=5)) as connection:
            return sqlite_catalog(connection)

    return migrate(f"sqlite:///{file}", catalog)


def sqlite_catalog(connection: sqlite3.Connection) -> dict[str, Any]:
    """Read the catalog of a SQLite database: columns as it sees them, all else as its SQL."""
    tables: list[dict[str, Any]] = []
    others: list[dict[str, str]] = []
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
        " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC, name"
    ).fetchall()
    for kind, name, _, sql in (row for row in rows if row[0] != "index"):
        if kind != "table":
            others.append({"kind": kind, "name": name})
            continue
        columns = connection.execute(
            'SELECT name, type, "notnull", dflt_value, hidden FROM pragma_table_xinfo(?)', (name,)
        )
        tables.append(
            {
                "name": name,
                "sql": sql,
                "columns": [
                    {
                        "name": column,
                        "type": type_,
                        "nullable": not not_null,
                        "default": default,
                        "generated": hidden != 0,
                    }
                    for column, type_, not_null, default, hidden in columns
                ],
                "indexes_sql": [row[3] for row in rows if row[0] == "index" and row[2] == name],
            }
        )
    return {"tables": tables, "others": others}


def on_postgresql(folder: Path, url: str | None) -> dict[str, Any]:
    """Do it on PostgreSQL: on the server that is given, or on one that is started for it."""
    if importlib.util.find_spec("psycopg") is None:
        message = "the project's environment has no `psycopg`"
        raise MissingError(message)
    import psycopg  # noqa: PLC0415 - SQLite is judged without it

    with server(folder, url) as base:
        name = f"stratapi_judge_{secrets.token_hex(8)}"
        try:
            with psycopg.connect(base, autocommit=True, connect_timeout=5) as connection:
                connection.execute(f'CREATE DATABASE "{name}"')
        except psycopg.Error as error:
            raise DeadError(str(error).strip()) from error
        database = re.sub(r"^(\w+://[^/?]*)(/[^?]*)?", rf"\1/{name}", base, count=1)

        def catalog() -> dict[str, Any]:
            with psycopg.connect(database, connect_timeout=5) as connection:
                return postgresql_catalog(connection)

        try:
            return migrate(database, catalog)
        finally:
            with (
                contextlib.suppress(psycopg.Error),
                psycopg.connect(base, autocommit=True, connect_timeout=5) as connection,
            ):
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def server(folder: Path, url: str | None) -> Iterator[str]:
    """Yield the URL of a server: the one that is given, or that of a new cluster in a folder."""
    if url is not None:
        yield re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", url)
        return
    programs = find_programs()
    account = unprivileged_account(folder)
    data, password = folder / "cluster", folder / "password"
    password.write_text(secrets.token_hex(16), encoding="ascii")
    if account:
        os.chown(password, account["user"], account["group"])
    options = ["-A", "scram-sha-256", "-U", "postgres", "--encoding=UTF8", "--locale=C"]
    try:
        made = subprocess.run(  # noqa: S603
            [programs / "initdb", "-D", data, *options, f"--pwfile={password}", "--no-sync"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            **account,
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = f"`initdb` cannot be run: {error}"
        raise MissingError(message) from error
    if made.returncode:
        said = (made.stderr + made.stdout).decode("utf-8", "replace").strip().splitlines()
        message = f"`initdb` failed: {said[-1] if said else made.returncode}"
        raise MissingError(message)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "shared_buffers": "16MB",
        "max_connections": "20",
        "dynamic_shared_memory_type": "mmap",
    }
    with (folder / "postgres.log").open("wb") as log:
        process = start(
            [
                *(str(programs / "postgres"), "-D", str(data), "-p", str(port)),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **account,
        )
    try:
        new = f"postgresql://postgres:{password.read_text('ascii')}@127.0.0.1:{port}/postgres"
        wait_for(new, process, folder / "postgres.log")
        yield new
    finally:
        process.send_signal(signal.SIGQUIT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
        end(process)


def find_programs() -> Path:
    """Return the folder of PostgreSQL's own programs."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    for pattern in (
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "usr/local/pgsql/bin",
        "usr/local/bin",
        "opt/homebrew/opt/postgresql*/bin",
        "usr/local/opt/postgresql*/bin",
    ):
        candidates += sorted(Path("/").glob(pattern), reverse=True)
    for folder in candidates:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    message = "neither a server is given nor are `initdb` and `postgres` found"
    raise MissingError(message)


def unprivileged_account(folder: Path) -> dict[str, Any]:
    """Give the folder to an account that PostgreSQL runs under, where this one may do anything."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError, OSError):
            account = pwd.getpwnam(name)
            os.chown(folder, account.pw_uid, account.pw_gid)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    message = "it refuses to run as root, and there is no account to run it under"
    raise MissingError(message)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a new cluster answers."""
    import psycopg  # noqa: PLC0415 - SQLite is judged without it

    limit = time.monotonic() + SECONDS
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        time.sleep(0.02)
    said = log.read_text("utf-8", "replace").strip().splitlines()
    message = f"the cluster does not start: {said[-1] if said else process.returncode}"
    raise MissingError(message)


RELATIONS = """
SELECT c.oid, c.relkind::text, CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END
    || c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_|^information_schema$' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND c.relkind = 'S'
        AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
ORDER BY 3
"""
COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
    pg_get_expr(d.adbin, d.adrelid), a.attidentity <> '', a.attgenerated <> '',
    CASE WHEN a.attcollation <> t.typcollation THEN o.collname::text END
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_collation o ON o.oid = a.attcollation
WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
CONSTRAINTS = """
SELECT k.conname, k.contype::text, names(k.conrelid, k.conkey), f.relname,
    names(k.confrelid, k.confkey), k.confdeltype::text, k.confupdtype::text, k.condeferrable,
    k.convalidated, pg_get_constraintdef(k.oid)
FROM pg_constraint k LEFT JOIN pg_class f ON f.oid = k.confrelid
WHERE k.conrelid = %s AND k.contype IN ('p', 'u', 'f', 'c', 'x') ORDER BY k.conname
"""
NAMES = """
CREATE FUNCTION pg_temp.names(oid, smallint[]) RETURNS text[] LANGUAGE sql AS $$
    SELECT array_agg(a.attname::text ORDER BY k.position)
    FROM unnest($2) WITH ORDINALITY AS k (number, position)
    JOIN pg_attribute a ON a.attrelid = $1 AND a.attnum = k.number
$$
"""
INDEXES = """
SELECT c.relname, i.indisunique, m.amname, i.indisvalid, pg_get_expr(i.indpred, i.indrelid),
    (SELECT array_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k)
        FROM generate_series(1, i.indnkeyatts) k),
    (SELECT array_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k)
        FROM generate_series(i.indnkeyatts + 1, i.indnatts) k),
    pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
WHERE i.indrelid = %s
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid
        AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY c.relname
"""
OTHERS = """
SELECT 'type', t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname !~ '^pg_|^information_schema$' AND t.typtype IN ('e', 'd', 'r')
UNION ALL
SELECT 'function', p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_|^information_schema$'
UNION ALL
SELECT 'trigger', t.tgname FROM pg_trigger t WHERE NOT t.tgisinternal
UNION ALL
SELECT 'policy', p.polname FROM pg_policy p
UNION ALL
SELECT 'schema', n.nspname FROM pg_namespace n
WHERE n.nspname !~ '^pg_|^information_schema$|^public$'
ORDER BY 1, 2
"""
KINDS = {"v": "view", "m": "materialized view", "f": "foreign table", "S": "sequence"}


def postgresql_catalog(connection: Any) -> dict[str, Any]:  # noqa: ANN401
    """Read the catalog of a PostgreSQL database."""
    connection.execute(NAMES)

    def rows(sql: str, *names: str, oid: int) -> list[dict[str, Any]]:
        found = connection.execute(sql.replace("names(k", "pg_temp.names(k"), (oid,)).fetchall()
        return [dict(zip(names, row, strict=True)) for row in found]

    columns = ("name", "type", "nullable", "default", "identity", "generated", "collation")
    constraints = (
        *("name", "kind", "columns", "target", "target_columns", "on_delete", "on_update"),
        *("deferrable", "validated", "text"),
    )
    indexes = ("name", "unique", "method", "valid", "where", "columns", "include", "text")
    tables: list[dict[str, Any]] = []
    others: list[dict[str, str]] = []
    for oid, kind, name in connection.execute(RELATIONS).fetchall():
        if kind in KINDS:
            others.append({"kind": KINDS[kind], "name": name})
            continue
        tables.append(
            {
                "name": name,
                "columns": rows(COLUMNS, *columns, oid=oid),
                "constraints": rows(CONSTRAINTS, *constraints, oid=oid),
                "indexes": rows(INDEXES, *indexes, oid=oid),
            }
        )
    others += [{"kind": kind, "name": name} for kind, name in connection.execute(OTHERS)]
    return {"tables": tables, "others": others}


def main() -> None:
    """Judge one database."""
    database, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            if database == "sqlite":
                result = on_sqlite(folder)
            else:
                result = on_postgresql(folder, rest[0] if rest else None)
        except MissingError as error:
            result = {"missing": str(error)}
        except DeadError as error:
            result = {"dead": str(error)}
    sys.stdout.write(json.dumps(result) + "\n")


main()
