from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Remark
from app.models.enums import AccountRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"text": "Text"}
CHANGES: dict[str, Any] = {"text": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}"
    for member in ("text",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}"
    response = await client.put(url, json=BODY, headers=headers)
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Remark, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    response = await client.get(
        f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{uuid7()}", headers=headers
    )
    assert response.status_code == 404
    response = await client.patch(
        f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{uuid7()}",
        json={},
        headers=headers,
    )
    assert response.status_code == 404
    response = await client.delete(
        f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{uuid7()}", headers=headers
    )
    assert response.status_code == 404


async def test_no_row_below_another_parent(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    other_grandparent = await factory.shelf()
    response = await client.get(
        f"/api/v2/shelves/{other_grandparent.id}/books/{parent.id}/remarks/{row.id}",
        headers=headers,
    )
    assert response.status_code == 404
    other_parent = await factory.book()
    response = await client.get(
        f"/api/v2/shelves/{grandparent.id}/books/{other_parent.id}/remarks/{row.id}",
        headers=headers,
    )
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    response = await client.post(
        f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks", json=BODY, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
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
            f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks",
            json=sent | {member: value},
            headers=headers,
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    sent = BODY
    response = await client.post(
        f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/bulk",
        json={"items": [sent]},
        headers=headers,
    )
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post(
        f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/bulk",
        json={"items": []},
        headers=headers,
    )
    assert none.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    for _ in range(1):
        await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks"
    cases: list[dict[str, str]] = [
        {"writerId": "0195c9a0-0000-7000-8000-000000000001"},
        {"sort": "createdAt"},
        {"sort": "-createdAt"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200
    response = await client.get(url, params={"writerId": str(row.writer_id)}, headers=headers)
    assert response.json()["items"]


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    await factory.remark(book=parent)
    for _ in range(2):
        await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks"
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
    caller = await factory.account(role=AccountRole.ADMIN)
    headers = factory.auth(caller)
    grandparent = await factory.shelf(owner=caller)
    parent = await factory.book(shelf=grandparent)
    await factory.remark(book=parent)
    url = f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.remark(book=parent)
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.shelf()
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    assert (
        await client.get(f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}")
    ).status_code == 401
    assert (
        await client.patch(
            f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}", json={}
        )
    ).status_code == 401
    assert (
        await client.put(
            f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}", json={}
        )
    ).status_code == 401
    assert (
        await client.delete(f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}")
    ).status_code == 401
    assert (
        await client.get(f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks")
    ).status_code == 401
    assert (
        await client.post(f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks", json={})
    ).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    grandparent = await factory.shelf()
    parent = await factory.book(shelf=grandparent)
    row = await factory.remark(book=parent)
    caller = await factory.account()
    headers = factory.auth(caller)
    assert (
        await client.get(
            f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}", headers=headers
        )
    ).status_code == 404
    assert (
        await client.patch(
            f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}",
            json={},
            headers=headers,
        )
    ).status_code == 404
    assert (
        await client.put(
            f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}",
            json=BODY,
            headers=headers,
        )
    ).status_code == 404
    assert (
        await client.delete(
            f"/api/v2/shelves/{grandparent.id}/books/{parent.id}/remarks/{row.id}", headers=headers
        )
    ).status_code == 404
