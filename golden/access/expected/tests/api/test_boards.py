from asyncio import gather
from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Board
from app.models.enums import MemberRole, TaskState
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title", "open": True}
CHANGES: dict[str, Any] = {"title": "Other", "open": False}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.board(open=True)
    url = f"/api/v1/boards/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.board(open=True)
    url = f"/api/v1/boards/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.board(open=True)
    url = f"/api/v1/boards/{row.id}"
    for member in ("title", "open", "guest_ids"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.board(open=True)
    url = f"/api/v1/boards/{row.id}"
    guests_row = await factory.member()
    response = await client.put(
        url, json=BODY | {"guest_ids": [str(guests_row.id)]}, headers=headers
    )
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.board(open=True)
    url = f"/api/v1/boards/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Board, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    response = await client.get(f"/api/v1/boards/{uuid7()}")
    assert response.status_code == 404
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.patch(f"/api/v1/boards/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/boards/{uuid7()}", headers=headers)
    assert response.status_code == 404
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/boards/{uuid7()}/start", headers=headers)
    assert response.status_code == 404
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/boards/{uuid7()}/finish", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    guests_row = await factory.member()
    response = await client.post(
        "/api/v1/boards", json=BODY | {"guest_ids": [str(guests_row.id)]}, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    guests_row = await factory.member()
    sent = BODY | {"guest_ids": [str(guests_row.id)]}
    cases: list[tuple[str, object, str]] = [("guest_ids", [str(uuid7())], "/guest_ids/0")]
    for member, value, place in cases:
        response = await client.post("/api/v1/boards", json=sent | {member: value}, headers=headers)
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    guests_row = await factory.member()
    sent = BODY | {"guest_ids": [str(guests_row.id)]}
    cases: list[tuple[str, object]] = [
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("open", "yes"),
        ("open", 1),
        ("open", None),
        ("guest_ids", None),
        ("state", "draft"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/boards", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_transition_start(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.board(state=TaskState.DRAFT, open=True)
    await factory.seat(board=row, member=caller, writes=True)
    response = await client.post(f"/api/v1/boards/{row.id}/start", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["state"] == "open"


async def test_wrong_state_for_start(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    rows = [
        await factory.board(state=TaskState.OPEN, open=True),
        await factory.board(state=TaskState.DONE, open=True),
    ]
    for row in rows:
        await factory.seat(board=row, member=caller, writes=True)
        response = await client.post(f"/api/v1/boards/{row.id}/start", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_race_of_start(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.board(state=TaskState.DRAFT, open=True)
    await factory.seat(board=row, member=caller, writes=True)
    one, other = await gather(
        client.post(f"/api/v1/boards/{row.id}/start", headers=headers),
        client.post(f"/api/v1/boards/{row.id}/start", headers=headers),
    )
    assert sorted([one.status_code, other.status_code]) == [200, 409]


async def test_transition_finish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    rows = [
        await factory.board(state=TaskState.DRAFT, open=True),
        await factory.board(state=TaskState.OPEN, open=True),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/boards/{row.id}/finish", headers=headers)
        assert response.status_code == 200
        shown = response.json()
        assert shown["state"] == "done"


async def test_wrong_state_for_finish(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.board(state=TaskState.DONE, open=True)
    response = await client.post(f"/api/v1/boards/{row.id}/finish", headers=headers)
    assert response.status_code == 409
    assert response.json()["code"] == "invalid_transition"


async def test_changes_leave_states_alone(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.board(open=True)
    url = f"/api/v1/boards/{row.id}"
    response = await client.patch(url, json={"state": "open"}, headers=headers)
    assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.board(open=True)
    url = "/api/v1/boards"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.board(open=True)
    for _ in range(1):
        await factory.board(open=True)
    url = "/api/v1/boards"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.board(open=True)
    for _ in range(2):
        await factory.board(open=True)
    url = "/api/v1/boards"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.board(open=True)
    url = "/api/v1/boards"
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
    await factory.board(open=True)
    url = "/api/v1/boards"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.board(open=True)
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.board()
    assert (await client.patch(f"/api/v1/boards/{row.id}", json={})).status_code == 401
    assert (await client.put(f"/api/v1/boards/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/boards/{row.id}")).status_code == 401
    assert (await client.post(f"/api/v1/boards/{row.id}/start")).status_code == 401
    assert (await client.post(f"/api/v1/boards/{row.id}/finish")).status_code == 401
    assert (await client.post("/api/v1/boards", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.board()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/boards/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/boards/{row.id}", json={}, headers=headers)
    ).status_code == 404
    guests_row = await factory.member()
    assert (
        await client.put(
            f"/api/v1/boards/{row.id}",
            json=BODY | {"guest_ids": [str(guests_row.id)]},
            headers=headers,
        )
    ).status_code == 404
    assert (await client.delete(f"/api/v1/boards/{row.id}", headers=headers)).status_code == 404
    assert (await client.post(f"/api/v1/boards/{row.id}/start", headers=headers)).status_code == 404
    assert (
        await client.post(f"/api/v1/boards/{row.id}/finish", headers=headers)
    ).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.board()
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/boards", headers=headers)
    assert response.json()["items"] == []
