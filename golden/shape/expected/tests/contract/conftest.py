import asyncio
import threading
import time
from collections.abc import Generator

import pytest
import uvicorn

from app.core.config import Settings
from app.core.database import Database, build_engine
from app.main import create_app
from app.models.enums import MemberRole
from tests.factories import Factory


@pytest.fixture(scope="session")
def contract_settings(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    path = tmp_path_factory.mktemp("contract") / "contract.db"
    return settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{path}"})


@pytest.fixture(scope="session")
def live_server(contract_settings: Settings) -> Generator[str]:
    """Serve over a real socket: an in-process client would run the app in another event loop."""
    config = uvicorn.Config(create_app(contract_settings), port=0, log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def headers(live_server: str, contract_settings: Settings) -> dict[str, str]:
    """Sign in; the server has migrated the database by now."""
    del live_server

    async def sign_in() -> dict[str, str]:
        database = Database(build_engine(contract_settings))
        factory = Factory(database, contract_settings)
        try:
            return factory.auth(await factory.member(role=MemberRole.ADMIN))
        finally:
            await database.dispose()

    return asyncio.run(sign_in())
