from datetime import datetime
from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Comment
from app.models.enums import PostStatus, UserRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"body": "Body"}
CHANGES: dict[str, Any] = {"body": "Other"}


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    row = await factory.comment(post=parent)
    url = f"/api/v1/posts/{parent.id}/comments/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    row = await factory.comment(post=parent)
    url = f"/api/v1/posts/{parent.id}/comments/{row.id}"
    for member in ("reply_to_id",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("body",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    row = await factory.comment(post=parent)
    url = f"/api/v1/posts/{parent.id}/comments/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Comment, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    response = await client.patch(
        f"/api/v1/posts/{parent.id}/comments/{uuid7()}", json={}, headers=headers
    )
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/posts/{parent.id}/comments/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post(
        status=PostStatus.PUBLISHED, published_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
    )
    reply_to_row = await factory.comment()
    response = await client.post(
        f"/api/v1/posts/{parent.id}/comments",
        json=BODY | {"reply_to_id": str(reply_to_row.id)},
        headers=headers,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post(
        status=PostStatus.PUBLISHED, published_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
    )
    reply_to_row = await factory.comment()
    sent = BODY | {"reply_to_id": str(reply_to_row.id)}
    cases: list[tuple[str, object, str]] = [("reply_to_id", str(uuid7()), "/reply_to_id")]
    for member, value, place in cases:
        response = await client.post(
            f"/api/v1/posts/{parent.id}/comments", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post(
        status=PostStatus.PUBLISHED, published_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
    )
    reply_to_row = await factory.comment()
    sent = BODY | {"reply_to_id": str(reply_to_row.id)}
    cases: list[tuple[str, object]] = [
        ("body", 1),
        ("body", "\x00"),
        ("body", ""),
        ("body", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            f"/api/v1/posts/{parent.id}/comments", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_a_row_does_not_refer_to_itself(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    row = await factory.comment(post=parent)
    response = await client.patch(
        f"/api/v1/posts/{parent.id}/comments/{row.id}",
        json={"reply_to_id": str(row.id)},
        headers=headers,
    )
    assert response.status_code == 409
    assert response.json()["code"] == "no_self_reply"


async def test_create_keeps_only_on_published_posts(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    reply_to_row = await factory.comment()
    response = await client.post(
        f"/api/v1/posts/{parent.id}/comments",
        json=BODY | {"reply_to_id": str(reply_to_row.id)},
        headers=headers,
    )
    assert response.status_code == 409
    assert response.json()["code"] == "only_on_published_posts"


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    await factory.comment(post=parent)
    url = f"/api/v1/posts/{parent.id}/comments"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    await factory.comment(post=parent)
    for _ in range(1):
        await factory.comment(post=parent)
    url = f"/api/v1/posts/{parent.id}/comments"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    await factory.comment(post=parent)
    for _ in range(2):
        await factory.comment(post=parent)
    url = f"/api/v1/posts/{parent.id}/comments"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    await factory.comment(post=parent)
    url = f"/api/v1/posts/{parent.id}/comments"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value}, headers=headers)
        assert response.status_code == 422


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    parent = await factory.post()
    await factory.comment(post=parent)
    url = f"/api/v1/posts/{parent.id}/comments"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.comment(post=parent)
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.post()
    row = await factory.comment(post=parent)
    assert (
        await client.patch(f"/api/v1/posts/{parent.id}/comments/{row.id}", json={})
    ).status_code == 401
    assert (await client.delete(f"/api/v1/posts/{parent.id}/comments/{row.id}")).status_code == 401
    assert (await client.post(f"/api/v1/posts/{parent.id}/comments", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.post()
    row = await factory.comment(post=parent)
    caller = await factory.user()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/posts/{parent.id}/comments/{row.id}", json={}, headers=headers)
    ).status_code == 404
    assert (
        await client.delete(f"/api/v1/posts/{parent.id}/comments/{row.id}", headers=headers)
    ).status_code == 404
