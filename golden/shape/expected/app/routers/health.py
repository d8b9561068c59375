"""Probes and metrics."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from app.core.migrations import is_at_head
from app.core.problems import problem_response, problems
from app.dependencies import DatabaseDep
from app.schemas.health import Health

router = APIRouter(tags=["health"])


@router.get("/health/health")
async def health() -> Health:
    """Tell that the process is alive."""
    return Health()


@router.get("/health/ready", response_model=Health, responses=problems(503))
async def ready(request: Request, database: DatabaseDep) -> Health | Response:
    """Tell whether the service can do its work: the database answers and is migrated."""
    try:
        detail = None if await is_at_head(database) else "Migrations are pending"
    except (SQLAlchemyError, OSError):
        detail = "Database unreachable"
    if detail is not None:
        return problem_response(
            request, HTTPStatus.SERVICE_UNAVAILABLE, code="not_ready", detail=detail
        )
    return Health()


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Expose the metrics in the Prometheus format."""
    registry: CollectorRegistry = request.app.state.registry
    return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
