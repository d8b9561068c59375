from asyncio import gather
from datetime import datetime
from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.core.database import Database
from app.core.errors import NotFoundError
from app.core.ids import uuid7
from app.models import Claim, ClaimStageChange
from app.models.enums import ClaimStage, MemberRole
from app.repositories.claim_repository import ClaimRepository
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"subject": "Subject", "amount": "12.50", "reviewer_note": "Reviewer note"}
CHANGES: dict[str, Any] = {"subject": "Other", "amount": "13.50", "reviewer_note": "Other"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim()
    url = f"/api/v1/claims/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim()
    url = f"/api/v1/claims/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim()
    url = f"/api/v1/claims/{row.id}"
    for member in ("reviewer_note",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("subject", "amount"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim()
    url = f"/api/v1/claims/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Claim, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/claims/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/claims/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/claims/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/claims/{uuid7()}/review", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/claims/{uuid7()}/return", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/claims/{uuid7()}/accept", headers=headers)
    assert response.status_code == 404
    response = await client.post(f"/api/v1/claims/{uuid7()}/withdraw", headers=headers)
    assert response.status_code == 404
    response = await client.get(f"/api/v1/claims/{uuid7()}/stage-history", headers=headers)
    assert response.status_code == 404


async def test_versions(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim()
    url = f"/api/v1/claims/{row.id}"
    response = await client.get(url, headers=headers)
    etag = response.headers["ETag"]
    assert (await client.get(url, headers=headers | {"If-None-Match": etag})).status_code == 304
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": '"stale"'})
    ).status_code == 412
    assert (
        await client.patch(url, json={}, headers=headers | {"If-Match": etag})
    ).status_code == 200


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/claims", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("subject", 1),
        ("subject", "\x00"),
        ("subject", ""),
        ("subject", None),
        ("amount", "twelve"),
        ("amount", 12.5),
        ("amount", "1e400"),
        ("amount", "1000000000.00"),
        ("amount", "-0.01"),
        ("amount", None),
        ("reviewer_note", 1),
        ("reviewer_note", "\x00"),
        ("reviewer_note", ""),
        ("stage", "filed"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/claims", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_rows_keep_invariants(factory: Factory) -> None:
    with pytest.raises(IntegrityError, match="ck_claims_accepted_is_decided"):
        await factory.claim(stage=ClaimStage.ACCEPTED, decided_at=None)


async def test_transition_review(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    rows = [
        await factory.claim(stage=ClaimStage.FILED),
        await factory.claim(stage=ClaimStage.RETURNED),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/claims/{row.id}/review", headers=headers)
        assert response.status_code == 200
        shown = response.json()
        assert shown["stage"] == "in_review"
        assert "ETag" in response.headers


async def test_wrong_state_for_review(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    rows = [
        await factory.claim(stage=ClaimStage.IN_REVIEW),
        await factory.claim(
            stage=ClaimStage.ACCEPTED, decided_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
        ),
        await factory.claim(stage=ClaimStage.WITHDRAWN),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/claims/{row.id}/review", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_stale_version_for_review(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.FILED)
    response = await client.post(
        f"/api/v1/claims/{row.id}/review", headers=headers | {"If-Match": '"stale"'}
    )
    assert response.status_code == 412


async def test_race_of_review(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.FILED)
    one, other = await gather(
        client.post(f"/api/v1/claims/{row.id}/review", headers=headers),
        client.post(f"/api/v1/claims/{row.id}/review", headers=headers),
    )
    assert sorted([one.status_code, other.status_code]) == [200, 409]


async def test_history_of_review(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.FILED)
    response = await client.post(f"/api/v1/claims/{row.id}/review", headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        changes = (await session.scalars(select(ClaimStageChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("review", "filed", "in_review", caller.id)]
    response = await client.get(f"/api/v1/claims/{row.id}/stage-history", headers=headers)
    assert response.status_code == 200
    page = response.json()
    assert page["total"] == 1
    assert page["items"][0]["transition"] == "review"
    assert page["items"][0]["from_state"] == "filed"
    assert page["items"][0]["to_state"] == "in_review"
    assert page["items"][0]["changed_by_id"] is not None


async def test_history_without_refused_review(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.IN_REVIEW)
    response = await client.post(f"/api/v1/claims/{row.id}/review", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(ClaimStageChange))).all()


async def test_transition_send_back(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.IN_REVIEW, reviewer_note="Reviewer note")
    response = await client.post(f"/api/v1/claims/{row.id}/return", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["stage"] == "returned"
    assert "ETag" in response.headers
    assert shown["urgent"] is True


async def test_wrong_state_for_send_back(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    rows = [
        await factory.claim(stage=ClaimStage.FILED),
        await factory.claim(stage=ClaimStage.RETURNED),
        await factory.claim(
            stage=ClaimStage.ACCEPTED, decided_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
        ),
        await factory.claim(stage=ClaimStage.WITHDRAWN),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/claims/{row.id}/return", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_guard_of_send_back(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.IN_REVIEW)
    response = await client.post(f"/api/v1/claims/{row.id}/return", headers=headers)
    assert response.status_code == 409
    assert response.json()["code"] == "transition_refused"


async def test_stale_version_for_send_back(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.IN_REVIEW, reviewer_note="Reviewer note")
    response = await client.post(
        f"/api/v1/claims/{row.id}/return", headers=headers | {"If-Match": '"stale"'}
    )
    assert response.status_code == 412


async def test_history_of_send_back(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.IN_REVIEW, reviewer_note="Reviewer note")
    response = await client.post(f"/api/v1/claims/{row.id}/return", headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        changes = (await session.scalars(select(ClaimStageChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("send_back", "in_review", "returned", caller.id)]
    response = await client.get(f"/api/v1/claims/{row.id}/stage-history", headers=headers)
    assert response.status_code == 200
    page = response.json()
    assert page["total"] == 1
    assert page["items"][0]["transition"] == "send_back"
    assert page["items"][0]["from_state"] == "in_review"
    assert page["items"][0]["to_state"] == "returned"
    assert page["items"][0]["changed_by_id"] is not None


async def test_history_without_refused_send_back(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.FILED)
    response = await client.post(f"/api/v1/claims/{row.id}/return", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(ClaimStageChange))).all()


async def test_transition_accept(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.IN_REVIEW)
    response = await client.post(f"/api/v1/claims/{row.id}/accept", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["stage"] == "accepted"
    assert "ETag" in response.headers
    assert shown["decided_at"] is not None
    assert shown["decided_on"] is not None
    assert shown["urgent"] is False


async def test_wrong_state_for_accept(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    rows = [
        await factory.claim(stage=ClaimStage.FILED),
        await factory.claim(stage=ClaimStage.RETURNED),
        await factory.claim(
            stage=ClaimStage.ACCEPTED, decided_at=datetime.fromisoformat("2026-01-31T08:30:00Z")
        ),
        await factory.claim(stage=ClaimStage.WITHDRAWN),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/claims/{row.id}/accept", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_stale_version_for_accept(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.IN_REVIEW)
    response = await client.post(
        f"/api/v1/claims/{row.id}/accept", headers=headers | {"If-Match": '"stale"'}
    )
    assert response.status_code == 412


async def test_history_of_accept(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.IN_REVIEW)
    response = await client.post(f"/api/v1/claims/{row.id}/accept", headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        changes = (await session.scalars(select(ClaimStageChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("accept", "in_review", "accepted", caller.id)]
    response = await client.get(f"/api/v1/claims/{row.id}/stage-history", headers=headers)
    assert response.status_code == 200
    page = response.json()
    assert page["total"] == 1
    assert page["items"][0]["transition"] == "accept"
    assert page["items"][0]["from_state"] == "in_review"
    assert page["items"][0]["to_state"] == "accepted"
    assert page["items"][0]["changed_by_id"] is not None


async def test_history_without_refused_accept(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(stage=ClaimStage.FILED)
    response = await client.post(f"/api/v1/claims/{row.id}/accept", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(ClaimStageChange))).all()


async def test_transition_withdraw(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    rows = [
        await factory.claim(claimant=caller, stage=ClaimStage.FILED),
        await factory.claim(claimant=caller, stage=ClaimStage.IN_REVIEW),
        await factory.claim(claimant=caller, stage=ClaimStage.RETURNED),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/claims/{row.id}/withdraw", headers=headers)
        assert response.status_code == 200
        shown = response.json()
        assert shown["stage"] == "withdrawn"
        assert "ETag" in response.headers
        assert shown["reviewer_note"] is None


async def test_wrong_state_for_withdraw(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    rows = [
        await factory.claim(
            claimant=caller,
            stage=ClaimStage.ACCEPTED,
            decided_at=datetime.fromisoformat("2026-01-31T08:30:00Z"),
        ),
        await factory.claim(claimant=caller, stage=ClaimStage.WITHDRAWN),
    ]
    for row in rows:
        response = await client.post(f"/api/v1/claims/{row.id}/withdraw", headers=headers)
        assert response.status_code == 409
        assert response.json()["code"] == "invalid_transition"


async def test_stale_version_for_withdraw(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(claimant=caller, stage=ClaimStage.FILED)
    response = await client.post(
        f"/api/v1/claims/{row.id}/withdraw", headers=headers | {"If-Match": '"stale"'}
    )
    assert response.status_code == 412


async def test_history_of_withdraw(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(claimant=caller, stage=ClaimStage.FILED)
    response = await client.post(f"/api/v1/claims/{row.id}/withdraw", headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        changes = (await session.scalars(select(ClaimStageChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("withdraw", "filed", "withdrawn", caller.id)]
    response = await client.get(f"/api/v1/claims/{row.id}/stage-history", headers=headers)
    assert response.status_code == 200
    page = response.json()
    assert page["total"] == 1
    assert page["items"][0]["transition"] == "withdraw"
    assert page["items"][0]["from_state"] == "filed"
    assert page["items"][0]["to_state"] == "withdrawn"
    assert page["items"][0]["changed_by_id"] is not None


async def test_history_without_refused_withdraw(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim(
        claimant=caller,
        stage=ClaimStage.ACCEPTED,
        decided_at=datetime.fromisoformat("2026-01-31T08:30:00Z"),
    )
    response = await client.post(f"/api/v1/claims/{row.id}/withdraw", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(ClaimStageChange))).all()


async def test_one_transition_after_the_other(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim()
    steps = [("review", "in_review"), ("accept", "accepted")]
    url = f"/api/v1/claims/{row.id}"
    for step, state in steps:
        response = await client.post(f"{url}/{step}", headers=headers)
        assert response.status_code == 200
        assert response.json()["stage"] == state


async def test_changes_leave_states_alone(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.claim()
    url = f"/api/v1/claims/{row.id}"
    response = await client.patch(url, json={"stage": "in_review"}, headers=headers)
    assert response.status_code == 422


async def test_no_row_is_locked_that_is_gone(factory: Factory, database: Database) -> None:
    row = await factory.claim()
    async with database.session() as session:
        found = await session.get_one(Claim, row.id)
        await session.execute(delete(Claim), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            await ClaimRepository(session).lock(found)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.claim()
    url = "/api/v1/claims"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.claim()
    for _ in range(1):
        await factory.claim()
    url = "/api/v1/claims"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.claim()
    for _ in range(2):
        await factory.claim()
    url = "/api/v1/claims"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.claim()
    url = "/api/v1/claims"
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
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.claim()
    url = "/api/v1/claims"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.claim()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.claim()
    assert (await client.get(f"/api/v1/claims/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/claims/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/claims/{row.id}")).status_code == 401
    assert (await client.post(f"/api/v1/claims/{row.id}/review")).status_code == 401
    assert (await client.post(f"/api/v1/claims/{row.id}/return")).status_code == 401
    assert (await client.post(f"/api/v1/claims/{row.id}/accept")).status_code == 401
    assert (await client.post(f"/api/v1/claims/{row.id}/withdraw")).status_code == 401
    assert (await client.get(f"/api/v1/claims/{row.id}/stage-history")).status_code == 401
    assert (await client.get("/api/v1/claims")).status_code == 401
    assert (await client.post("/api/v1/claims", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.claim()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/claims/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/claims/{row.id}", json={}, headers=headers)
    ).status_code == 404
    assert (await client.delete(f"/api/v1/claims/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.post(f"/api/v1/claims/{row.id}/review", headers=headers)
    ).status_code == 403
    assert (
        await client.post(f"/api/v1/claims/{row.id}/return", headers=headers)
    ).status_code == 403
    assert (
        await client.post(f"/api/v1/claims/{row.id}/accept", headers=headers)
    ).status_code == 403
    assert (
        await client.post(f"/api/v1/claims/{row.id}/withdraw", headers=headers)
    ).status_code == 404
    assert (
        await client.get(f"/api/v1/claims/{row.id}/stage-history", headers=headers)
    ).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.claim()
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/claims", headers=headers)
    assert response.json()["items"] == []
