from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Seat
from app.models.enums import MemberRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"writes": True}
CHANGES: dict[str, Any] = {"writes": False}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.seat()
    url = f"/api/v1/seats/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.seat()
    url = f"/api/v1/seats/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.seat()
    url = f"/api/v1/seats/{row.id}"
    for member in ("writes", "board_id", "member_id"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.seat()
    url = f"/api/v1/seats/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Seat, row.id)
    assert stored is not None
    assert not stored.is_active


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/seats/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/seats/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/seats/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_a_row_cannot_be_given_away(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.seat(board=await factory.board(owner=caller))
    other = await factory.board()
    response = await client.patch(
        f"/api/v1/seats/{row.id}", json={"board_id": str(other.id)}, headers=headers
    )
    assert response.status_code == 403
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Seat, row.id)
    assert stored.board_id == row.board_id


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    board_row = await factory.board()
    member_row = await factory.member()
    response = await client.post(
        "/api/v1/seats",
        json=BODY | {"board_id": str(board_row.id), "member_id": str(member_row.id)},
        headers=headers,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    board_row = await factory.board()
    member_row = await factory.member()
    sent = BODY | {"board_id": str(board_row.id), "member_id": str(member_row.id)}
    cases: list[tuple[str, object]] = [
        ("writes", "yes"),
        ("writes", 1),
        ("writes", None),
        ("board_id", None),
        ("board_id", "not a key"),
        ("member_id", None),
        ("member_id", "not a key"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/seats", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    await factory.seat()
    url = "/api/v1/seats"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    await factory.seat()
    for _ in range(1):
        await factory.seat()
    url = "/api/v1/seats"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    await factory.seat()
    for _ in range(2):
        await factory.seat()
    url = "/api/v1/seats"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    await factory.seat()
    url = "/api/v1/seats"
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
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    await factory.seat()
    url = "/api/v1/seats"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.seat()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.seat()
    assert (await client.get(f"/api/v1/seats/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/seats/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/seats/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/seats")).status_code == 401
    assert (await client.post("/api/v1/seats", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.seat()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/seats/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/seats/{row.id}", json={}, headers=headers)
    ).status_code == 404
    assert (await client.delete(f"/api/v1/seats/{row.id}", headers=headers)).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.seat()
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/seats", headers=headers)
    assert response.json()["items"] == []
