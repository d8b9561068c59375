from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Team
from app.models.enums import MemberRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"name": "Name"}
CHANGES: dict[str, Any] = {"name": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.team()
    url = f"/api/v1/teams/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.team()
    url = f"/api/v1/teams/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.team()
    url = f"/api/v1/teams/{row.id}"
    for member in ("name", "lead_id"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.team()
    url = f"/api/v1/teams/{row.id}"
    lead_row = await factory.member()
    response = await client.put(url, json=BODY | {"lead_id": str(lead_row.id)}, headers=headers)
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.team()
    url = f"/api/v1/teams/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Team, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/teams/{uuid7()}", headers=headers)
    assert response.status_code == 404
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.patch(f"/api/v1/teams/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/teams/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_a_row_cannot_be_given_away(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.team(lead=caller)
    other = await factory.member()
    response = await client.patch(
        f"/api/v1/teams/{row.id}", json={"lead_id": str(other.id)}, headers=headers
    )
    assert response.status_code == 403
    async with database.session(read_only=True) as session:
        stored = await session.get_one(Team, row.id)
    assert stored.lead_id == row.lead_id


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    lead_row = await factory.member()
    response = await client.post(
        "/api/v1/teams", json=BODY | {"lead_id": str(lead_row.id)}, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    lead_row = await factory.member()
    sent = BODY | {"lead_id": str(lead_row.id)}
    cases: list[tuple[str, object]] = [
        ("name", 1),
        ("name", "\x00"),
        ("name", ""),
        ("name", None),
        ("budget", "1"),
        ("budget", 1.5),
        ("budget", True),
        ("budget", -1),
        ("budget", 1_000_001),
        ("budget", None),
        ("lead_id", None),
        ("lead_id", "not a key"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/teams", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.team()
    url = "/api/v1/teams"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.team()
    for _ in range(1):
        await factory.team()
    url = "/api/v1/teams"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.team()
    for _ in range(2):
        await factory.team()
    url = "/api/v1/teams"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.team()
    url = "/api/v1/teams"
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
    await factory.team()
    url = "/api/v1/teams"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.team()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.team()
    assert (await client.get(f"/api/v1/teams/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/teams/{row.id}", json={})).status_code == 401
    assert (await client.put(f"/api/v1/teams/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/teams/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/teams")).status_code == 401
    assert (await client.post("/api/v1/teams", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.team()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/teams/{row.id}", json={}, headers=headers)
    ).status_code == 403
    lead_row = await factory.member()
    assert (
        await client.put(
            f"/api/v1/teams/{row.id}", json=BODY | {"lead_id": str(lead_row.id)}, headers=headers
        )
    ).status_code == 403
    assert (await client.delete(f"/api/v1/teams/{row.id}", headers=headers)).status_code == 403


async def test_budget_is_shown_to_those_who_may_read_it(
    client: AsyncClient, factory: Factory
) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.team(budget=2)
    response = await client.get(f"/api/v1/teams/{row.id}", headers=headers)
    assert response.status_code == 200
    assert "budget" in response.json()


async def test_budget_is_left_out_for_others(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    row = await factory.team(budget=2)
    response = await client.get(f"/api/v1/teams/{row.id}", headers=headers)
    assert response.status_code == 200
    assert "budget" not in response.json()
    response = await client.get("/api/v1/teams", headers=headers)
    shown = response.json()["items"]
    assert ["budget" in item for item in shown if item["id"] == str(row.id)] == [False]


async def test_budget_is_taken_from_those_who_may_set_it(
    client: AsyncClient, factory: Factory
) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    lead_row = await factory.member()
    response = await client.post(
        "/api/v1/teams", json=BODY | {"lead_id": str(lead_row.id)} | {"budget": 1}, headers=headers
    )
    assert response.status_code == 201


async def test_budget_is_not_for_everybody_to_set(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    lead_row = caller
    response = await client.post(
        "/api/v1/teams", json=BODY | {"lead_id": str(lead_row.id)} | {"budget": 1}, headers=headers
    )
    assert response.status_code == 403
    assert response.json()["code"] == "attribute_not_writable"
    assert response.json()["errors"][0]["pointer"] == "/budget"


async def test_budget_is_changed_by_those_who_may_write_it(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.team(budget=2)
    response = await client.patch(f"/api/v1/teams/{row.id}", json={"budget": 1}, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        stored = await session.get(Team, row.id)
        assert stored is not None
        assert stored.budget == 1


async def test_budget_is_not_for_everybody_to_change(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    row = await factory.team(lead=caller, budget=2)
    response = await client.patch(f"/api/v1/teams/{row.id}", json={"budget": 1}, headers=headers)
    assert response.status_code == 403
    assert response.json()["code"] == "attribute_not_writable"
    assert response.json()["errors"][0]["pointer"] == "/budget"
    async with database.session(read_only=True) as session:
        stored = await session.get(Team, row.id)
        assert stored is not None
        assert stored.budget == 2


async def test_budget_stays_where_it_is_left_out(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    row = await factory.team(lead=caller, budget=2)
    lead_row = caller
    sent = BODY | {"lead_id": str(lead_row.id)}
    response = await client.put(
        f"/api/v1/teams/{row.id}", json=sent | {"budget": 1}, headers=headers
    )
    assert response.status_code == 403
    assert response.json()["code"] == "attribute_not_writable"
    assert response.json()["errors"][0]["pointer"] == "/budget"
    response = await client.put(f"/api/v1/teams/{row.id}", json=sent, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        stored = await session.get(Team, row.id)
        assert stored is not None
        assert stored.budget == 2
