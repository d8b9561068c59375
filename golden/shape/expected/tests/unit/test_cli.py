import json

import pytest
from anyio import to_thread
from fastapi import FastAPI

from app import cli
from app.core.config import Settings
from app.core.database import Database
from app.models.enums import MemberRole
from app.repositories.member_repository import MemberRepository

LOGIN = "sample-0@example.com"
ACCOUNT = [
    "create-user",
    LOGIN,
    "--password",
    "correct horse ba",
]


@pytest.fixture(autouse=True)
def application(monkeypatch: pytest.MonkeyPatch, app: FastAPI, settings: Settings) -> None:
    monkeypatch.setattr(cli, "create_app", lambda: app)
    monkeypatch.setattr(cli, "get_settings", lambda: settings)


async def run(*arguments: str) -> int:
    """Run a command as the shell does, outside the loop of the tests."""
    return await to_thread.run_sync(cli.main, arguments)


async def test_openapi(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run("openapi") == 0
    assert json.loads(capsys.readouterr().out)["openapi"].startswith("3.")


async def test_create_user(clean_database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert await run(*ACCOUNT, "--role", MemberRole.ADMIN.value) == 0
    async with clean_database.session(read_only=True) as session:
        stored = await MemberRepository(session).get_by_email(LOGIN)
    assert stored is not None
    assert stored.role is MemberRole.ADMIN
    assert await run(*ACCOUNT) == 1
    assert "already exists" in capsys.readouterr().err


async def test_create_user_asks_for_names_and_values(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        await run(*ACCOUNT, "--field", "no_such_member")
    assert "NAME=VALUE" in capsys.readouterr().err


async def test_create_user_names_bad_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run(*ACCOUNT, "--field", "no_such_member=1") == 1
    assert capsys.readouterr().err.startswith("no_such_member: ")


async def test_create_user_refuses_unknown_roles(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        await run(*ACCOUNT, "--role", "no-such-role")
    assert "--role" in capsys.readouterr().err
