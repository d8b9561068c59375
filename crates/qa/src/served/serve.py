"""Serve the project of the current folder, walk through requests, and say what came of it.

One JSON object comes in on the standard input, one goes out behind a line of its own. The folder is only read:
the database and the log stand in the folder for temporary files.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from ctypes import CDLL
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import lists
import sessions

LONGEST = 2_000
PR_SET_DUMPABLE = 4
CREATIONS = """
import json
import sys

from app.cli import main

sys.exit(max(main(arguments) for arguments in json.loads(sys.argv[1])))
"""


def main() -> None:
    """Answer what was asked, behind the line that the asker named."""
    if sys.platform == "linux":
        # What is served runs as the same user, and must not get at this process.
        CDLL(None).prctl(PR_SET_DUMPABLE, 0)
    asked = json.loads(sys.stdin.buffer.readline())
    with tempfile.TemporaryDirectory() as folder:
        reached = os.environ.get("STRATAPI_REACHED")
        answer = visit(asked, reached) if reached else serve(asked, Path(folder))
    print(f"\n{asked['mark']}\n{json.dumps(answer)}")


def visit(asked: dict[str, Any], path: str) -> dict[str, Any]:
    """Use an application that somebody else serves behind a socket; whoever does so looks for the secrets."""
    transport = httpx2.HTTPTransport(uds=path)
    with httpx2.Client(base_url="http://127.0.0.1", transport=transport, timeout=20) as client:
        if not is_ready(client, lambda: True, asked["patience"]):
            return {"stage": "start", "hangs": True, "log": ""}
        return use(client, asked) | {"stage": "done", "log": ""}


def serve(asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Migrate, create the accounts, start the application and use it."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'judged.db'}",
        "SECRET_KEY": asked["key"],
        "AUTH_RATE_LIMIT": "100000/minute",
        "RATE_LIMITS_ENABLED": "false",
        "LOG_LEVEL": "WARNING",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    log = folder / "log"
    if failed := run(["-m", "alembic", "upgrade", "head"], environment, log):
        return {"stage": "migrate", "log": failed}
    if asked["accounts"]:
        accounts = json.dumps([creation(account, asked["password"]) for account in asked["accounts"]])
        if failed := run(["-c", CREATIONS, accounts], environment, log):
            return {"stage": "account", "log": failed}
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--log-level", "warning"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
                if not is_ready(client, lambda: server.poll() is None, asked["patience"]):
                    return {"stage": "start", "hangs": server.poll() is None, "log": tail(log)}
                answer = use(client, asked)
                answer["weak"] += sessions.stored(folder, "judged.db", [asked["password"], *answer.pop("secrets")])
                return answer | {"stage": "done", "log": tail(log)}
        finally:
            server.kill()
            server.wait()


def run(arguments: list[str], environment: dict[str, str], log: Path) -> str | None:
    """Run Python to its end; the end of what it said, if it failed."""
    with tempfile.TemporaryFile(dir=log.parent) as output:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        size = output.seek(0, os.SEEK_END)
        output.seek(max(0, size - LONGEST))
        said = output.read().decode(errors="replace")
    return None if done.returncode == 0 else said or f"it left with {done.returncode}"


def creation(account: dict[str, Any], password: str) -> list[str]:
    """Arguments that create an account."""
    arguments = ["create-user", account["login"], "--password", password]
    if account["role"] is not None:
        arguments += ["--role", account["role"]]
    for name, value in account["fields"].items():
        arguments += ["--field", f"{name}={value if isinstance(value, str) else json.dumps(value)}"]
    return arguments


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(client: httpx2.Client, lives: Callable[[], bool], patience: float) -> bool:
    """Wait until the application answers, it ends, or patience does."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and lives():
        try:
            client.get("/health/health", timeout=2)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return True
    return False


def use(client: httpx2.Client, asked: dict[str, Any]) -> dict[str, Any]:
    """Probe, read the document, sign in and walk."""
    answer: dict[str, Any] = {"probes": {}, "steps": [], "document": None, "sign_in": None, "weak": [], "secrets": []}
    for path in ["/health/health", "/health/ready", "/metrics"]:
        response = client.get(path)
        answer["probes"][path] = [response.status_code, cut(response.text)]
    document = client.get(asked["document_path"])
    if document.status_code == 200:
        answer["document"] = document.json()
    actors: dict[str, dict[str, str]] = {"nobody": {}}
    saved: dict[str, Any] = {}
    for account in asked["accounts"]:
        form = {"username": account["login"], "password": asked["password"]}
        tokens = client.post(asked["token_path"], data=form)
        if tokens.status_code != 200:
            answer["sign_in"] = f"{tokens.status_code} {cut(tokens.text)}"
            return answer
        actors[account["actor"]] = {"Authorization": f"{asked['scheme']} {tokens.json()['access_token']}"}
        answer["secrets"].append(tokens.json()["refresh_token"])
        me = client.get(asked["me_path"], headers=actors[account["actor"]])
        if me.status_code == 200:
            saved[account["saved"]], _ = alone(me.json(), asked["me_row"])
        else:
            answer["sign_in"] = f"{asked['me_path']}: {me.status_code} {cut(me.text)}"
            return answer
    for step in asked["steps"]:
        answer["steps"].append(take(client, step, actors, saved, asked["problem"]))
    if asked["accounts"]:
        login = asked["accounts"][0]["login"]
        answer["tried"] = True
        answer["weak"] = sessions.check(client, asked, login, asked["password"], asked["key"])
    return answer


def take(
    client: httpx2.Client,
    step: dict[str, Any],
    actors: dict[str, dict[str, str]],
    saved: dict[str, Any],
    problem: dict[str, Any],
) -> dict[str, Any]:
    """Take one step: its status and what differs from what was to come; no status if a row is missing."""
    try:
        path = fill(step["path"], saved)
        body = fill(step["body"], saved)
        expected = fill(step["contains"], saved)
        hidden = fill(step["hides"], saved)
        members = fill(step["members"], saved)
        if step["beside"] is not None:
            _ = saved[step["beside"]]
    except (KeyError, TypeError):
        return {"status": None, "text": "", "wrong": None}
    headers = actors[step["actor"]]
    try:
        if step["list"] is not None:
            asked = step["list"] | {"body": body, "names": step["names"]}
            wrong = lists.look(client, path, headers, asked, saved)
            return {"status": 200, "text": "", "wrong": wrong}
        response = client.request(
            step["method"],
            path,
            json=body,
            headers=headers | step["headers"],
            params=step["query"] or None,
        )
    except httpx2.TransportError as error:
        return {"status": 0, "text": f"no answer: {type(error).__name__}", "wrong": None}
    if step["method"] == "DELETE" and response.is_success and response.status_code not in step["expect"]:
        # Somebody who must not has deleted it: later steps do without.
        saved.pop(step["row"], None)
    wrong = None
    content: Any = None
    if response.status_code == step["expect"][0]:
        try:
            content = response.json() if response.content else None
        except ValueError:
            wrong = "the answer is no JSON"
        else:
            if response.is_success:
                content, wrong = alone(content, step["one"])
            elif response.is_error:
                content, wrong = told(response, content, problem)
            # The list of what was not made may be empty.
            least = step["least"] if step["row"] in saved else 0
            content = lists.named(lists.canonical(content, step["form"]), step["names"])
            wrong = wrong or difference(content, expected, least)
        if sessions.HASH in response.text:
            wrong = "the hash of a password is shown"
        if hidden is not None and shows(content, hidden):
            wrong = "a row is shown that the caller may not see"
        if members is not None and wrong is None:
            wrong = unlike(content, members)
        if step["save"] and wrong is None:
            # A view does not show all of the row.
            known = saved.get(step["save"], {}) if step["names"] else {}
            saved[step["save"]] = known | content
            location = response.headers.get("Location")
            if step["locates"]:
                found = client.get(location or "", headers=headers)
                if found.status_code != 200:
                    wrong = f"nothing is found at its Location, {location}"
                elif step["names"]:
                    row, _ = alone(found.json(), step["one"])
                    saved[step["save"]] |= lists.named(row, step["read"])
    return {"status": response.status_code, "text": cut(response.text), "wrong": wrong}


def alone(content: Any, member: str | None) -> tuple[Any, str | None]:
    """The row of an answer, which may be the only member of an envelope, and what is wrong about that."""
    if member is None:
        return content, None
    if isinstance(content, dict) and list(content) == [member]:
        return content[member], None
    return content, f"`{member}` is not the only member"


def told(response: httpx2.Response, content: Any, form: dict[str, Any]) -> tuple[Any, str | None]:
    """A problem in the words of problem details, and what is wrong about its form."""
    if (media_type := response.headers.get("Content-Type")) != form["media_type"]:
        return content, f"an error is of type {media_type}, not {form['media_type']}"
    content, wrong = alone(content, form["one"])
    if wrong is not None or not isinstance(content, dict):
        return content, wrong or "an error is no object"
    for name in content.keys() - form["members"].keys():
        return content, f"an error tells `{name}`"
    for name in form["required"]:
        if name not in content:
            return content, f"an error does not tell `{name}`"
    content = {form["members"][name]: value for name, value in content.items()}
    if content.get("status", response.status_code) != response.status_code:
        return content, f"an error tells the status {content['status']}"
    for name in content.get("keyed", {}):
        if name.startswith(("/", "#")):
            return content, f"texts about `{name}` do not go by the name of the member"
    return content, None


def unlike(content: Any, members: dict[str, Any]) -> str | None:
    """Say which members the row shows, or leaves out, although it must not."""
    row = content
    if members["of"] is not None:
        items = content.get("items") if isinstance(content, dict) else None
        known = members["of"].items()
        # The row may stand on another page.
        row = next((item for item in items or [] if all(item.get(key) == value for key, value in known)), None)
        if row is None:
            return None
    for name in members["names"]:
        if (name in row) != members["shown"]:
            return f"`{name}` is {'left out' if members['shown'] else 'shown'}"
    return None


def difference(content: Any, expected: Any, least: int) -> str | None:
    """Say what of the expected members is missing or another one, and whether a list is too short."""
    if least:
        items = content.get("items") if isinstance(content, dict) else None
        if not isinstance(items, list) or len(items) < least:
            return f"at least {least} rows are wanted"
    if not isinstance(expected, dict):
        return None
    if not isinstance(content, dict):
        return "an object is wanted"
    for name, value in expected.items():
        if name not in content:
            return f"`{name}` is missing"
        if not is_same(content[name], value):
            return f"`{name}` is {cut(json.dumps(content[name]))}, not {cut(json.dumps(value))}"
    return None


def shows(content: Any, key: dict[str, Any]) -> bool:
    """Whether a list shows the row with this key."""
    items = content.get("items") if isinstance(content, dict) else content
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return any(all(row.get(name) == value for name, value in key.items()) for row in rows)


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are equal; moments are, whatever their zone."""
    if one == other or not isinstance(one, str) or not isinstance(other, str):
        return bool(one == other)
    try:
        moments = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:
        return False
    return all(moment.tzinfo for moment in moments) and moments[0] == moments[1]


def fill(value: Any, saved: dict[str, Any]) -> Any:
    """Replace ``<row.member>`` by what was saved."""
    if isinstance(value, dict):
        return {key: fill(item, saved) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, saved) for item in value]
    if not isinstance(value, str):
        return value
    if match := re.fullmatch(r"<(\w+)\.(\w+)>", value):
        return saved[match[1]][match[2]]
    return re.sub(r"<(\w+)\.(\w+)>", lambda match: quoted(saved[match[1]][match[2]]), value)


def quoted(value: Any) -> str:
    """A value as a part of a path."""
    return quote(str(value), safe="")


def tail(path: Path) -> str:
    """The end of a file."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - LONGEST))
        return file.read().decode(errors="replace")


def cut(text: str) -> str:
    """The start of a text."""
    return text[:500]


if __name__ == "__main__":
    main()
