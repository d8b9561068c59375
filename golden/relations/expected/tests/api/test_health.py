from pathlib import Path

from fastapi.testclient import TestClient
from httpx2 import ASGITransport, AsyncClient

from app.core.config import Settings
from app.main import create_app


async def test_probes_and_metrics(client: AsyncClient) -> None:
    assert (await client.get("/health/health")).json() == {"status": "ok"}
    assert (await client.get("/health/ready")).json() == {"status": "ok"}
    await client.get("/nope")
    metrics = await client.get("/metrics")
    assert 'method="GET",route="/health/health",status="200"' in metrics.text
    assert 'method="OTHER",route="unmatched",status="404"' in metrics.text
    assert metrics.headers["Content-Type"].startswith("text/plain")


async def not_ready(settings: Settings, path: Path) -> str:
    app = create_app(settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{path}"}))
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
        response = await client.get("/health/ready")
    await app.state.database.dispose()
    assert response.status_code == 503
    assert response.json()["code"] == "not_ready"
    return response.text


async def test_not_ready_without_a_database(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "missing" / "app.db"
    assert "Database unreachable" in await not_ready(settings, path)


async def test_not_ready_before_the_migrations(settings: Settings, tmp_path: Path) -> None:
    assert "Migrations are pending" in await not_ready(settings, tmp_path / "empty.db")


def test_zero_configuration_start(tmp_path: Path) -> None:
    settings = Settings.model_validate({"database_url": f"sqlite:///{tmp_path / 'fresh.db'}"})
    with TestClient(create_app(settings)) as client:
        assert client.get("/health/ready").status_code == 200
