from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Task
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"title": "Title"}
CHANGES: dict[str, Any] = {"title": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.task(team=await factory.team(lead=caller))
    url = f"/api/v1/tasks/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.task(team=await factory.team(lead=caller))
    url = f"/api/v1/tasks/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.task(team=await factory.team(lead=caller))
    url = f"/api/v1/tasks/{row.id}"
    for member in ("title", "team_id", "topic_ids"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.task(team=await factory.team(lead=caller))
    url = f"/api/v1/tasks/{row.id}"
    team_row = await factory.team(lead=caller)
    topics_row = await factory.topic()
    response = await client.put(
        url,
        json=BODY | {"team_id": str(team_row.id), "topic_ids": [str(topics_row.code)]},
        headers=headers,
    )
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.task(team=await factory.team(lead=caller))
    url = f"/api/v1/tasks/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Task, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/tasks/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/tasks/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/tasks/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_versions(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.task(team=await factory.team(lead=caller))
    url = f"/api/v1/tasks/{row.id}"
    response = await client.get(url, headers=headers)
    etag = response.headers["ETag"]
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": '"stale"'})
    ).status_code == 412
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": etag})
    ).status_code == 200


async def test_a_row_cannot_be_given_away(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.task(team=await factory.team(lead=caller))
    other = await factory.team()
    response = await client.patch(
        f"/api/v1/tasks/{row.id}", json={"team_id": str(other.id)}, headers=headers
    )
    assert response.status_code == 403
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Task, row.id)
    assert stored.team_id == row.team_id


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    team_row = await factory.team(lead=caller)
    topics_row = await factory.topic()
    response = await client.post(
        "/api/v1/tasks",
        json=BODY | {"team_id": str(team_row.id), "topic_ids": [str(topics_row.code)]},
        headers=headers,
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    team_row = await factory.team(lead=caller)
    topics_row = await factory.topic()
    sent = BODY | {"team_id": str(team_row.id), "topic_ids": [str(topics_row.code)]}
    cases: list[tuple[str, object]] = [
        ("title", 1),
        ("title", "\x00"),
        ("title", ""),
        ("title", None),
        ("team_id", None),
        ("team_id", "not a key"),
        ("topic_ids", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/tasks", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    team_row = await factory.team(lead=caller)
    topics_row = await factory.topic()
    sent = BODY | {"team_id": str(team_row.id), "topic_ids": [str(topics_row.code)]}
    response = await client.post("/api/v1/tasks/bulk", json={"items": [sent]}, headers=headers)
    assert response.status_code == 201
    assert len(response.json()["items"]) == 1
    none = await client.post("/api/v1/tasks/bulk", json={"items": []}, headers=headers)
    assert none.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.task(team=await factory.team(lead=caller))
    url = "/api/v1/tasks"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.task(team=await factory.team(lead=caller))
    for _ in range(1):
        await factory.task(team=await factory.team(lead=caller))
    url = "/api/v1/tasks"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.task(team=await factory.team(lead=caller))
    for _ in range(2):
        await factory.task(team=await factory.team(lead=caller))
    url = "/api/v1/tasks"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.task(team=await factory.team(lead=caller))
    url = "/api/v1/tasks"
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
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.task(team=await factory.team(lead=caller))
    url = "/api/v1/tasks"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.task(team=await factory.team(lead=caller))
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.task()
    assert (await client.get(f"/api/v1/tasks/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/tasks/{row.id}", json={})).status_code == 401
    assert (await client.put(f"/api/v1/tasks/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/tasks/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/tasks")).status_code == 401
    assert (await client.post("/api/v1/tasks", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.task()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/tasks/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/tasks/{row.id}", json={}, headers=headers)
    ).status_code == 404
    team_row = await factory.team(lead=caller)
    topics_row = await factory.topic()
    assert (
        await client.put(
            f"/api/v1/tasks/{row.id}",
            json=BODY | {"team_id": str(team_row.id), "topic_ids": [str(topics_row.code)]},
            headers=headers,
        )
    ).status_code == 404
    assert (await client.delete(f"/api/v1/tasks/{row.id}", headers=headers)).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.task()
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/tasks", headers=headers)
    assert response.json()["items"] == []
