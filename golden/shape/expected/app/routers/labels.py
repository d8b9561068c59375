"""Labels."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems, row_in
from app.dependencies import LabelServiceDep, require_admin
from app.schemas.label import (
    LabelBulkCreate,
    LabelBulkResult,
    LabelCreateEnvelope,
    LabelListQuery,
    LabelRead,
    LabelReadEnvelope,
    LabelReplaceEnvelope,
    LabelUpdateEnvelope,
)

router = APIRouter(prefix="/labels", tags=["labels"], responses=problems(400))


@router.get("")
async def list_labels(
    query: Annotated[LabelListQuery, Query()], labels: LabelServiceDep
) -> list[LabelRead]:
    """List labels."""
    rows = await labels.list(query)
    return [LabelRead.model_validate(row) for row in rows]


@router.get("/{label_id:uuid}", responses=problems(404))
async def get_label(label_id: UUID, labels: LabelServiceDep) -> LabelReadEnvelope:
    """Return one label."""
    label = await labels.get(label_id)
    return LabelReadEnvelope(item=LabelRead.model_validate(label))


@router.post(
    "",
    dependencies=[Depends(require_admin), Depends(row_in("label"))],
    responses=problems(401, 403, 409),
)
async def create_label(
    data: LabelCreateEnvelope, labels: LabelServiceDep, response: Response
) -> LabelReadEnvelope:
    """Create a label."""
    label = await labels.create(data.item)
    response.headers["Location"] = f"/api/v1/labels/{label.id}"
    return LabelReadEnvelope(item=LabelRead.model_validate(label))


@router.post("/bulk", dependencies=[Depends(require_admin)], responses=problems(401, 403, 409))
async def bulk_create_labels(data: LabelBulkCreate, labels: LabelServiceDep) -> LabelBulkResult:
    """Create several labels, all or none."""
    rows = await labels.bulk_create(data)
    return LabelBulkResult(items=[LabelRead.model_validate(row) for row in rows])


@router.patch(
    "/{label_id:uuid}",
    dependencies=[Depends(require_admin), Depends(row_in("label"))],
    responses=problems(401, 403, 404, 409),
)
async def update_label(
    label_id: UUID, data: LabelUpdateEnvelope, labels: LabelServiceDep
) -> LabelReadEnvelope:
    """Change a label."""
    label = await labels.update(label_id, data.item)
    return LabelReadEnvelope(item=LabelRead.model_validate(label))


@router.put(
    "/{label_id:uuid}",
    dependencies=[Depends(require_admin), Depends(row_in("label"))],
    responses=problems(401, 403, 404, 409),
)
async def replace_label(
    label_id: UUID, data: LabelReplaceEnvelope, labels: LabelServiceDep
) -> LabelReadEnvelope:
    """Replace a label."""
    label = await labels.replace(label_id, data.item)
    return LabelReadEnvelope(item=LabelRead.model_validate(label))


@router.delete(
    "/{label_id:uuid}",
    response_class=Response,
    dependencies=[Depends(require_admin)],
    responses=problems(401, 403, 404),
)
async def delete_label(label_id: UUID, labels: LabelServiceDep) -> Response:
    """Delete a label."""
    await labels.delete(label_id)
    return Response()
