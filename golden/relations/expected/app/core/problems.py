"""Exception handlers that answer every error with RFC 9457 problem details."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import iter_route_contexts
from sqlalchemy import MetaData
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from app.core.db_errors import translate_integrity_error
from app.core.errors import AppError, ConflictError, FieldError
from app.core.problem_schema import Problem, ProblemError

MEDIA_TYPE = "application/problem+json"
_SCHEMA = {"$ref": "#/components/schemas/Problem"}
_LIMIT_HEADERS = {
    "Retry-After": {
        "description": "Seconds until another request may be answered.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "RateLimit": {
        "description": "What is left of the limit (r), and the seconds until there is more (t).",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {
        "description": "The limit: requests (q) in a window of seconds (w).",
        "schema": {"type": "string"},
    },
}
_logger: structlog.stdlib.BoundLogger = structlog.get_logger("app.errors")
_RETRYABLE_STATES = frozenset({"40001", "40P01", "55P03", "57P01", "08000", "08003", "08006"})

Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """Document the error responses of an operation."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            **({"headers": _LIMIT_HEADERS} if status == HTTPStatus.TOO_MANY_REQUESTS else {}),
            "content": {MEDIA_TYPE: {"schema": _SCHEMA}},
        }
        for status in statuses
    }


def problem_response(
    request: Request,
    status: int,
    *,
    code: str,
    detail: str,
    errors: Iterable[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build the response; text that UTF-8 cannot encode (lone surrogates) is replaced."""
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=_printable(request.url.path),
        code=code,
        request_id=getattr(request.state, "request_id", None),
        errors=[
            ProblemError(pointer=_printable(e.pointer), message=_printable(e.message), code=e.code)
            for e in errors
        ],
    )
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def register_problem_handlers(app: FastAPI, metadata: MetaData) -> None:
    """Install every handler on ``app``; ``metadata`` tells which columns a constraint covers."""

    async def on_integrity_error(request: Request, error: Exception) -> Response:
        return _render(request, translate_integrity_error(cast("IntegrityError", error), metadata))

    app.add_exception_handler(AppError, _on_app_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(IntegrityError, on_integrity_error)
    app.add_exception_handler(StaleDataError, _on_stale_data)
    app.add_exception_handler(DBAPIError, _on_database_error)


async def _on_app_error(request: Request, error: Exception) -> Response:
    return _render(request, cast("AppError", error))


def _render(request: Request, error: AppError) -> Response:
    return problem_response(
        request,
        error.status,
        code=error.code,
        detail=error.detail,
        errors=error.errors,
        headers=error.headers,
    )


async def _on_validation_error(request: Request, error: Exception) -> Response:
    # The rejected input is deliberately not echoed: it may be a password, and it may hold
    # values (NaN, lone surrogates) that would make the error response itself fail.
    details = cast("RequestValidationError", error).errors()
    if any(d["type"] == "json_invalid" for d in details):
        return problem_response(
            request, HTTPStatus.BAD_REQUEST, code="malformed_json", detail="The body is not JSON"
        )
    return problem_response(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        code="validation_error",
        detail="The request is invalid",
        errors=[FieldError(_pointer(d["loc"]), d["msg"], d["type"]) for d in details],
    )


def _pointer(location: tuple[int | str, ...]) -> str:
    source, *path = location
    escaped = [str(part).replace("~", "~0").replace("/", "~1") for part in path]
    return (
        "".join(f"/{part}" for part in escaped)
        if source == "body"
        else f"#{source}/" + "/".join(escaped)
    )


async def _on_http_exception(request: Request, error: Exception) -> Response:
    exception = cast("HTTPException", error)
    headers = dict(exception.headers or {})
    if exception.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(_allowed_methods(request)))
    return problem_response(
        request,
        exception.status_code,
        code=HTTPStatus(exception.status_code).name.lower(),
        detail=exception.detail,
        headers=headers,
    )


def _allowed_methods(request: Request) -> set[str]:
    """Collect the methods of *all* routes of the path; the router only reports one of them."""
    app = cast("FastAPI", request.app)
    allowed: set[str] = set()
    for context in iter_route_contexts(app.routes):
        if context.path and compile_path(context.path)[0].match(request.url.path):
            allowed |= context.methods or set()
    return allowed


async def _on_stale_data(request: Request, error: Exception) -> Response:
    del error
    return _render(request, ConflictError("The resource was changed concurrently"))


async def _on_database_error(request: Request, error: Exception) -> Response:
    exception = cast("DBAPIError", error)
    state = getattr(exception.orig, "sqlstate", None)
    locked = "database is locked" in str(exception.orig)
    if exception.connection_invalidated or locked or state in _RETRYABLE_STATES:
        _logger.warning("database_unavailable", exc_info=exception)
        return problem_response(
            request,
            HTTPStatus.SERVICE_UNAVAILABLE,
            code="database_unavailable",
            detail="The database is busy; try again",
            headers={"Retry-After": "1"},
        )
    if isinstance(error, DataError) or str(state or "").startswith("22"):
        # A safety net: the schemas are supposed to refuse what the database cannot store.
        _logger.warning("unstorable_value", exc_info=exception)
        return problem_response(
            request,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            code="unstorable_value",
            detail="A value cannot be stored",
        )
    return await on_unexpected_error(request, error)


async def on_unexpected_error(request: Request, error: Exception) -> Response:
    """Log the error and answer without its details."""
    _logger.error("unhandled_error", exc_info=error)
    return problem_response(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        code="internal_error",
        detail="An unexpected error occurred",
    )
