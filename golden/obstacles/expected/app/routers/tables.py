"""Tables."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import TableServiceDep, get_current_user
from app.schemas.table import TableCreate, TableListQuery, TablePage, TableRead, TableUpdate

router = APIRouter(prefix="/tables", tags=["tables"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_tables(
    query: Annotated[TableListQuery, Query()], tables: TableServiceDep
) -> TablePage:
    """List tables."""
    rows, total = await tables.list(query)
    return TablePage(
        items=[TableRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{table_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_table(table_id: UUID, tables: TableServiceDep) -> TableRead:
    """Return one table."""
    table = await tables.get(table_id)
    return TableRead.model_validate(table)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_table(data: TableCreate, tables: TableServiceDep, response: Response) -> TableRead:
    """Create a table."""
    table = await tables.create(data)
    response.headers["Location"] = f"/api/v1/tables/{table.id}"
    return TableRead.model_validate(table)


@router.patch(
    "/{table_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_table(table_id: UUID, data: TableUpdate, tables: TableServiceDep) -> TableRead:
    """Change a table."""
    table = await tables.update(table_id, data)
    return TableRead.model_validate(table)


@router.delete(
    "/{table_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_table(table_id: UUID, tables: TableServiceDep) -> None:
    """Delete a table."""
    await tables.delete(table_id)
