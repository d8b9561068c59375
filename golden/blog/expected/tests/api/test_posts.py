from asyncio import gather
from datetime import datetime
from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.core.database import Database
from app.core.errors import NotFoundError
from app.core.ids import uuid7
from app.models import Post
from app.models.enums import PostStatus, UserRole
from app.repositories.post_repository import PostRepository
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title0", "body": "Body"}
CHANGES: dict[str, Any] = {"title": "Other0", "slug": "other-0", "body": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post()
    url = f"/api/v1/posts/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post()
    url = f"/api/v1/posts/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post()
    url = f"/api/v1/posts/{row.id}"
    for member in ("category_id",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("title", "slug", "body", "tag_ids"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post()
    url = f"/api/v1/posts/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Post, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/posts/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/posts/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/posts/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/posts/{uuid7()}/publish", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/posts/{uuid7()}/archive", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/posts/{uuid7()}/reopen", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    category_row = await factory.category()
    tags_row = await factory.tag_row()
    response = await client.post(
        "/api/v1/posts",
        json=BODY | {"category_id": str(category_row.id), "tag_ids": [str(tags_row.id)]},
        headers=headers,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    category_row = await factory.category()
    tags_row = await factory.tag_row()
    sent = BODY | {"category_id": str(category_row.id), "tag_ids": [str(tags_row.id)]}
    cases: list[tuple[str, object, str]] = [
        ("category_id", str(uuid7()), "/category_id"),
        ("tag_ids", [str(uuid7())], "/tag_ids/0"),
    ]
    for member, value, place in cases:
        response = await client.post("/api/v1/posts", json=sent | {member: value}, headers=headers)
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    category_row = await factory.category()
    tags_row = await factory.tag_row()
    sent = BODY | {"category_id": str(category_row.id), "tag_ids": [str(tags_row.id)]}
    cases: list[tuple[str, object]] = [
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("slug", "Not a slug!"),
        ("slug", 1),
        ("slug", None),
        ("body", 1),
        ("body", "\x00"),
        ("body", None),
        ("tag_ids", None),
        ("status", "draft"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/posts", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_rows_keep_invariants(factory: Factory) -> None:
    with pytest.raises(IntegrityError, match="ck_posts_published_has_a_date"):
        await factory.post(status=PostStatus.PUBLISHED, published_at=None)


async def test_transition_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post(status=PostStatus.DRAFT)
    response = await client.post(f"/api/v1/posts/{row.id}/publish", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["status"] == "published"
    assert shown["published_at"] is not None


async def test_wrong_state_for_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    rows = [
        await factory.post(
            status=PostStatus.PUBLISHED, published_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
        ),
        await factory.post(status=PostStatus.ARCHIVED),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/posts/{row.id}/publish", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_guard_of_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post(status=PostStatus.DRAFT, body="")
    response = await client.post(f"/api/v1/posts/{row.id}/publish", headers=headers)
    assert response.status_code == 409
    assert response.json()["code"] == "transition_refused"


async def test_race_of_publish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post(status=PostStatus.DRAFT)
    one, other = await gather(
        client.post(f"/api/v1/posts/{row.id}/publish", headers=headers),
        client.post(f"/api/v1/posts/{row.id}/publish", headers=headers),
    )
    assert sorted([one.status_code, other.status_code]) == [200, 409]


async def test_transition_archive(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post(
        status=PostStatus.PUBLISHED, published_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
    )
    response = await client.post(f"/api/v1/posts/{row.id}/archive", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["status"] == "archived"


async def test_wrong_state_for_archive(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    rows = [
        await factory.post(status=PostStatus.DRAFT),
        await factory.post(status=PostStatus.ARCHIVED),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/posts/{row.id}/archive", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_transition_reopen(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post(status=PostStatus.ARCHIVED)
    response = await client.post(f"/api/v1/posts/{row.id}/reopen", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["status"] == "draft"
    assert shown["published_at"] is None


async def test_wrong_state_for_reopen(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    rows = [
        await factory.post(status=PostStatus.DRAFT),
        await factory.post(
            status=PostStatus.PUBLISHED, published_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
        ),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/posts/{row.id}/reopen", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_one_transition_after_the_other(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post()
    steps = [("publish", "published"), ("archive", "archived"), ("reopen", "draft")]
    url = f"/api/v1/posts/{row.id}"
    for step, state in steps:
        response = await client.post(f"{url}/{step}", headers=headers)
        assert response.status_code == 200
        assert response.json()["status"] == state


async def test_changes_leave_states_alone(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post()
    url = f"/api/v1/posts/{row.id}"
    response = await client.patch(url, json={"status": "published"}, headers=headers)
    assert response.status_code == 422


async def test_no_row_is_locked_that_is_gone(factory: Factory, database: Database) -> None:
    row = await factory.post()
    async with database.session() as session:
        found = await session.get_one(Post, row.id)
        await session.execute(delete(Post), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            await PostRepository(session).lock(found)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    await factory.post()
    url = "/api/v1/posts"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.post()
    for _ in range(1):
        await factory.post()
    url = "/api/v1/posts"
    cases: list[dict[str, str]] = [
        {"status": "draft"},
        {"author_id": "0195c9a0-0000-7000-8000-000000000001"},
        {"category_id": "0195c9a0-0000-7000-8000-000000000001"},
        {"tags_name": "Name0"},
        {"published_at": "2026-01-31T08:30:00Z"},
        {"published_at_from": "2026-01-31T08:30:00Z"},
        {"published_at_before": "2026-01-31T08:30:00Z"},
        {"sort": "created_at"},
        {"sort": "-created_at"},
        {"sort": "published_at"},
        {"sort": "-published_at"},
        {"sort": "title"},
        {"sort": "-title"},
        {"sort": "views"},
        {"sort": "-views"},
        {"q": "a"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200
    response = await client.get(url, params={"author_id": str(row.author_id)}, headers=headers)
    assert response.json()["items"]


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    await factory.post()
    for _ in range(2):
        await factory.post()
    url = "/api/v1/posts"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user(role=UserRole.ADMIN)
    headers = factory.auth(caller)
    await factory.post()
    url = "/api/v1/posts"
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
    await factory.post()
    url = "/api/v1/posts"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.post()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.post()
    assert (await client.patch(f"/api/v1/posts/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/posts/{row.id}")).status_code == 401
    assert (await client.post(f"/api/v1/posts/{row.id}/publish")).status_code == 401
    assert (await client.post(f"/api/v1/posts/{row.id}/archive")).status_code == 401
    assert (await client.post(f"/api/v1/posts/{row.id}/reopen")).status_code == 401
    assert (await client.post("/api/v1/posts", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.post()
    caller = await factory.user()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/posts/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/posts/{row.id}", json={}, headers=headers)
    ).status_code == 404
    assert (await client.delete(f"/api/v1/posts/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.post(f"/api/v1/posts/{row.id}/publish", headers=headers)
    ).status_code == 404
    assert (
        await client.post(f"/api/v1/posts/{row.id}/archive", headers=headers)
    ).status_code == 404
    assert (await client.post(f"/api/v1/posts/{row.id}/reopen", headers=headers)).status_code == 403


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.post()
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/posts", headers=headers)
    assert response.json()["items"] == []
