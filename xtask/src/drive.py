"""Serve the project of the current folder and walk through the steps of a JSON file over HTTP."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2

PASSWORD = "correct horse battery staple"


def main() -> int:
    """Return how the walk ended."""
    plan = json.loads(Path(sys.argv[1]).read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "warning"]
    environment = os.environ | {"SECRET_KEY": "s" * 40, "AUTH_RATE_LIMIT": "10000/minute", "PYTHONPATH": "."}
    with subprocess.Popen(command, env=environment) as server:
        try:
            return walk(plan, f"http://127.0.0.1:{port}", environment)
        finally:
            server.terminate()


def walk(plan: dict[str, Any], base: str, environment: dict[str, str]) -> int:
    with httpx2.Client(base_url=base, timeout=20) as client:
        wait(client)
        saved: dict[str, Any] = {}
        if plan["account"]:
            sign_in(client, plan["account"], environment, saved)
        failures = [text for step in plan["steps"] if (text := take(client, step, saved))]
        metrics = client.get("/metrics")
        if metrics.status_code != 200 or "http_requests_total" not in metrics.text:
            failures.append("no metrics")
    for failure in failures:
        print(failure)
    print(f"{len(plan['steps'])} steps, {len(failures)} failures")
    return 1 if failures else 0


def wait(client: httpx2.Client) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if client.get("/health/ready").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise SystemExit("the application was not ready within 60 s")


def sign_in(client: httpx2.Client, account: dict[str, Any], environment: dict[str, str], saved: dict[str, Any]) -> None:
    command = [sys.executable, "-m", "app.cli", "create-user", account["login"], "--password", PASSWORD]
    if account["role"]:
        command += ["--role", account["role"]]
    for name, value in account["fields"].items():
        command += ["--field", f"{name}={value if isinstance(value, str) else json.dumps(value)}"]
    subprocess.run(command, env=environment, check=True)
    form = {"username": account["login"], "password": PASSWORD}
    tokens = client.post(account["token_path"], data=form)
    if tokens.status_code != 200:
        raise SystemExit(f"sign-in: {tokens.status_code} {tokens.text}")
    client.headers["Authorization"] = f"Bearer {tokens.json()['access_token']}"
    me = client.get(account["me_path"])
    if me.status_code != 200:
        raise SystemExit(f"me: {me.status_code} {me.text}")
    saved[account["entity"]] = me.json()


def take(client: httpx2.Client, step: dict[str, Any], saved: dict[str, Any]) -> str | None:
    try:
        path = fill(step["path"], saved)
        body = fill(step["body"], saved) if step["body"] is not None else None
    except KeyError as missing:
        return f"{step['name']}: needs {missing}, which an earlier step did not create"
    response = client.request(step["method"], path, json=body)
    if response.status_code != step["expect"]:
        return f"{step['name']}: {step['method']} {path} {json.dumps(body)[:500]} -> {response.status_code} {response.text[:500]}"
    if step["save"]:
        saved[step["save"]] = response.json()
    if step["expect"] == 201 and step["save"]:
        location = response.headers["Location"]
        if client.get(location).status_code not in {200, 405}:
            return f"{step['name']}: nothing at its Location {location}"
    return None


def fill(value: Any, saved: dict[str, Any]) -> Any:
    """Replace ``<entity.member>`` by what was saved."""
    if isinstance(value, dict):
        return {key: fill(item, saved) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, saved) for item in value]
    if not isinstance(value, str):
        return value
    if match := re.fullmatch(r"<(\w+)\.(\w+)>", value):
        return saved[match[1]][match[2]]
    return re.sub(r"<(\w+)\.(\w+)>", lambda match: str(saved[match[1]][match[2]]), value)


if __name__ == "__main__":
    sys.exit(main())
