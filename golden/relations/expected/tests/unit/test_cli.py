import json

import pytest
from anyio import to_thread
from fastapi import FastAPI

from app import cli


@pytest.fixture(autouse=True)
def application(monkeypatch: pytest.MonkeyPatch, app: FastAPI) -> None:
    monkeypatch.setattr(cli, "create_app", lambda: app)


async def run(*arguments: str) -> int:
    """Run a command as the shell does, outside the loop of the tests."""
    return await to_thread.run_sync(cli.main, arguments)


async def test_openapi(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run("openapi") == 0
    assert json.loads(capsys.readouterr().out)["openapi"].startswith("3.")
