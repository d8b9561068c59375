from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Sheet
from app.models.enums import MemberRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title", "desk": 1}
CHANGES: dict[str, Any] = {"title": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    board_row = await factory.board(open=True)
    row = await factory.sheet(board=board_row)
    url = f"/api/v1/sheets/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    board_row = await factory.board(open=True)
    await factory.seat(board=board_row, member=caller, writes=True)
    row = await factory.sheet(board=board_row, desk=caller.desk)
    url = f"/api/v1/sheets/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    board_row = await factory.board(open=True)
    await factory.seat(board=board_row, member=caller, writes=True)
    row = await factory.sheet(board=board_row, desk=caller.desk)
    url = f"/api/v1/sheets/{row.id}"
    for member in ("title", "desk", "board_id"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    board_row = await factory.board(open=True)
    await factory.seat(board=board_row, member=caller, writes=True)
    row = await factory.sheet(board=board_row, desk=caller.desk)
    url = f"/api/v1/sheets/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Sheet, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    board_row = await factory.board(open=True)
    response = await client.get(f"/api/v1/sheets/{uuid7()}")
    assert response.status_code == 404
    caller = await factory.member()
    headers = factory.auth(caller)
    board_row = await factory.board(open=True)
    await factory.seat(board=board_row, member=caller, writes=True)
    response = await client.patch(f"/api/v1/sheets/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/sheets/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    board_row = await factory.board()
    await factory.seat(board=board_row, member=caller, writes=True)
    response = await client.post(
        "/api/v1/sheets", json=BODY | {"board_id": str(board_row.id)}, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    board_row = await factory.board()
    await factory.seat(board=board_row, member=caller, writes=True)
    sent = BODY | {"board_id": str(board_row.id)}
    cases: list[tuple[str, object]] = [
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("desk", "1"),
        ("desk", 1.5),
        ("desk", True),
        ("desk", 0),
        ("desk", 401),
        ("desk", None),
        ("board_id", None),
        ("board_id", "not a key"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/sheets", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    board_row = await factory.board()
    await factory.seat(board=board_row, member=caller, writes=True)
    sent = BODY | {"board_id": str(board_row.id)}
    response = await client.post("/api/v1/sheets/bulk", json={"items": [sent]}, headers=headers)
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post("/api/v1/sheets/bulk", json={"items": []}, headers=headers)
    assert none.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    board_row = await factory.board(open=True)
    await factory.sheet(board=board_row)
    url = "/api/v1/sheets"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    board_row = await factory.board(open=True)
    await factory.sheet(board=board_row)
    for _ in range(1):
        await factory.sheet(board=board_row)
    url = "/api/v1/sheets"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    board_row = await factory.board(open=True)
    await factory.sheet(board=board_row)
    for _ in range(2):
        await factory.sheet(board=board_row)
    url = "/api/v1/sheets"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    board_row = await factory.board(open=True)
    await factory.sheet(board=board_row)
    url = "/api/v1/sheets"
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
    board_row = await factory.board(open=True)
    await factory.sheet(board=board_row)
    url = "/api/v1/sheets"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.sheet(board=board_row)
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.sheet()
    assert (await client.patch(f"/api/v1/sheets/{row.id}", json={})).status_code == 401
    assert (await client.put(f"/api/v1/sheets/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/sheets/{row.id}")).status_code == 401
    assert (await client.post("/api/v1/sheets", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.sheet()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/sheets/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/sheets/{row.id}", json={}, headers=headers)
    ).status_code == 404
    board_row = await factory.board()
    await factory.seat(board=board_row, member=caller, writes=True)
    assert (
        await client.put(
            f"/api/v1/sheets/{row.id}", json=BODY | {"board_id": str(board_row.id)}, headers=headers
        )
    ).status_code == 404
    assert (await client.delete(f"/api/v1/sheets/{row.id}", headers=headers)).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.sheet()
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/sheets", headers=headers)
    assert response.json()["items"] == []


async def test_mark_is_shown_to_those_who_may_read_it(
    client: AsyncClient, factory: Factory
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    board_row = await factory.board(open=True)
    row = await factory.sheet(board=board_row, mark=2, desk=caller.desk)
    response = await client.get(f"/api/v1/sheets/{row.id}", headers=headers)
    assert response.status_code == 200
    assert "mark" in response.json()


async def test_mark_is_left_out_for_others(client: AsyncClient, factory: Factory) -> None:
    board_row = await factory.board(open=True)
    row = await factory.sheet(board=board_row, mark=2)
    response = await client.get(f"/api/v1/sheets/{row.id}")
    assert response.status_code == 200
    assert "mark" not in response.json()
    response = await client.get("/api/v1/sheets")
    shown = response.json()["items"]
    assert ["mark" in item for item in shown if item["id"] == str(row.id)] == [False]


async def test_mark_is_not_for_everybody_to_change(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    board_row = await factory.board(open=True)
    await factory.seat(board=board_row, member=caller, writes=True)
    row = await factory.sheet(board=board_row, mark=2, desk=caller.desk)
    response = await client.patch(f"/api/v1/sheets/{row.id}", json={"mark": 1}, headers=headers)
    assert response.status_code == 403
    assert response.json()["code"] == "attribute_not_writable"
    assert response.json()["errors"][0]["pointer"] == "/mark"
    async with database.session(read_only=True) as session:
        stored = await session.get(Sheet, row.id)
        assert stored is not None
        assert stored.mark == 2
