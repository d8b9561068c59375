from httpx2 import AsyncClient

from app.core.ids import uuid7
from tests.factories import Factory


async def test_no_stranger_may_count(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/articles/{uuid7()}/count", json={"words": 1})
    assert response.status_code == 401


async def test_missing_rows_for_count(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/articles/{uuid7()}/count", json={"words": 1}, headers=headers
    )
    assert response.status_code == 404


async def test_unknown_members_for_count(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/articles/{uuid7()}/count",
        json={"words": 1, "no_such_member": True},
        headers=headers,
    )
    assert response.status_code == 400


async def test_count_works_1(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    article = await factory.article()
    response = await client.post(
        f"/api/v1/articles/{article.id}/count", json={"words": 1}, headers=headers
    )
    assert response.status_code == 200
    shown = response.json()["article"]
    assert shown["status"] == "draft"


async def test_count_is_done_once(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    article = await factory.article()
    headers["Idempotency-Key"] = "one-request"
    first = await client.post(
        f"/api/v1/articles/{article.id}/count", json={"words": 1}, headers=headers
    )
    response = await client.post(
        f"/api/v1/articles/{article.id}/count", json={"words": 1}, headers=headers
    )
    assert response.status_code == 200
    assert response.headers["Idempotent-Replayed"] == "true"
    assert response.json() == first.json()
    other = await client.post(
        f"/api/v1/articles/{article.id}/count", json={"no_such_member": True}, headers=headers
    )
    assert other.status_code == 400
    assert other.json()["code"] == "idempotency_key_reused"
    shown = response.json()["article"]
    assert shown["status"] == "draft"
