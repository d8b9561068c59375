from typing import Any

from httpx2 import AsyncClient
from sqlalchemy.orm import joinedload

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Remark
from app.schemas.remark import RemarkSort
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"text": "Text"}
CHANGES: dict[str, Any] = {"text": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    row = await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    parent = await factory.article()
    row = await factory.remark(article=parent, author=caller)
    url = f"/api/v1/articles/{parent.slug}/remarks/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | {key: value for key, value in CHANGES.items() if key != "text"}


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    parent = await factory.article()
    row = await factory.remark(article=parent, author=caller)
    url = f"/api/v1/articles/{parent.slug}/remarks/{row.id}"
    for member in ("text",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    parent = await factory.article()
    row = await factory.remark(article=parent, author=caller)
    url = f"/api/v1/articles/{parent.slug}/remarks/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Remark, row.id)
    assert stored is not None
    assert not stored.is_active


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    response = await client.get(f"/api/v1/articles/{parent.slug}/remarks/{uuid7()}")
    assert response.status_code == 404
    caller = await factory.person()
    headers = factory.auth(caller)
    parent = await factory.article()
    response = await client.patch(
        f"/api/v1/articles/{parent.slug}/remarks/{uuid7()}", json={}, headers=headers
    )
    assert response.status_code == 404
    response = await client.delete(
        f"/api/v1/articles/{parent.slug}/remarks/{uuid7()}", headers=headers
    )
    assert response.status_code == 404


async def test_no_row_below_another_parent(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    row = await factory.remark(article=parent)
    other_parent = await factory.article()
    response = await client.get(f"/api/v1/articles/{other_parent.slug}/remarks/{row.id}")
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    parent = await factory.article()
    response = await client.post(
        f"/api/v1/articles/{parent.slug}/remarks", json=BODY, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | {key: value for key, value in BODY.items() if key != "text"}
    assert set(created) == {"id", "said", "mine"}


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    parent = await factory.article()
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("text", 1),
        ("text", "\x00"),
        ("text", ""),
        ("text", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            f"/api/v1/articles/{parent.slug}/remarks", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    for _ in range(1):
        await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    for _ in range(2):
        await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    total = len((await client.get(url, params={"limit": 100})).json()["items"])
    for sort in RemarkSort:
        params: dict[str, str] = {"sort": sort.value, "limit": "1"}
        seen: list[object] = []
        while True:
            page = (await client.get(url, params=params)).json()
            seen += page["items"]
            if page["next_cursor"] is None:
                break
            params["cursor"] = page["next_cursor"]
        assert len(seen) == total
    bad = await client.get(url, params={"cursor": "AAAA"})
    assert bad.status_code == 422


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value})
        assert response.status_code == 422


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    url = f"/api/v1/articles/{parent.slug}/remarks"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.remark(article=parent)
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_read_shows_its_view(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    parent = await factory.article()
    row = await factory.remark(article=parent)
    response = await client.get(f"/api/v1/articles/{parent.slug}/remarks/{row.id}")
    assert response.status_code == 200
    shown = response.json()
    assert set(shown) == {"id", "text", "created_at", "author"}
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Remark, row.id, options=[joinedload(Remark.author)])
    assert shown["text"] == row.text
    assert set(shown["author"]) == {"id", "display_name", "is_me"}
    assert shown["author"]["display_name"] == stored.author.name


async def test_list_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    await factory.remark(article=parent)
    response = await client.get(f"/api/v1/articles/{parent.slug}/remarks")
    assert response.status_code == 200
    shown = response.json()["items"][0]
    assert set(shown) == {"id", "text", "created_at", "author"}


async def test_update_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person()
    headers = factory.auth(caller)
    parent = await factory.article()
    row = await factory.remark(article=parent, author=caller)
    response = await client.patch(
        f"/api/v1/articles/{parent.slug}/remarks/{row.id}", json={}, headers=headers
    )
    assert response.status_code == 200
    shown = response.json()
    assert set(shown) == {"id", "said", "mine"}
    assert shown["said"] == row.text


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    row = await factory.remark(article=parent)
    assert (
        await client.patch(f"/api/v1/articles/{parent.slug}/remarks/{row.id}", json={})
    ).status_code == 401
    assert (
        await client.delete(f"/api/v1/articles/{parent.slug}/remarks/{row.id}")
    ).status_code == 401
    assert (
        await client.post(f"/api/v1/articles/{parent.slug}/remarks", json={})
    ).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.article()
    row = await factory.remark(article=parent)
    caller = await factory.person()
    headers = factory.auth(caller)
    assert (
        await client.patch(
            f"/api/v1/articles/{parent.slug}/remarks/{row.id}", json={}, headers=headers
        )
    ).status_code == 403
    assert (
        await client.delete(f"/api/v1/articles/{parent.slug}/remarks/{row.id}", headers=headers)
    ).status_code == 403
