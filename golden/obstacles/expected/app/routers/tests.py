"""Tests."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import TestServiceDep, get_current_user
from app.schemas.test import TestCreate, TestListQuery, TestPage, TestRead, TestUpdate

router = APIRouter(prefix="/tests", tags=["tests"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_tests(query: Annotated[TestListQuery, Query()], tests: TestServiceDep) -> TestPage:
    """List tests."""
    rows, total = await tests.list(query)
    return TestPage(
        items=[TestRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{test_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_test(test_id: UUID, tests: TestServiceDep) -> TestRead:
    """Return one test."""
    test = await tests.get(test_id)
    return TestRead.model_validate(test)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_test(data: TestCreate, tests: TestServiceDep, response: Response) -> TestRead:
    """Create a test."""
    test = await tests.create(data)
    response.headers["Location"] = f"/api/v1/tests/{test.id}"
    return TestRead.model_validate(test)


@router.patch(
    "/{test_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_test(test_id: UUID, data: TestUpdate, tests: TestServiceDep) -> TestRead:
    """Change a test."""
    test = await tests.update(test_id, data)
    return TestRead.model_validate(test)


@router.delete(
    "/{test_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_test(test_id: UUID, tests: TestServiceDep) -> None:
    """Delete a test."""
    await tests.delete(test_id)
