"""Pure ASGI middleware (BaseHTTPMiddleware breaks context variables and streaming)."""

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.ids import uuid7

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_logger: structlog.stdlib.BoundLogger = structlog.get_logger("app.access")

_MAX_DIGITS = 19

RouteTemplates = Mapping[Callable[..., Any], str]
ErrorResponder = Callable[[Request, Exception], Awaitable[Response]]


class HttpMetrics:
    """The RED metrics of the HTTP layer."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Register the metrics."""
        labels = ("method", "route", "status")
        self.requests = Counter("http_requests", "HTTP requests.", labels, registry=registry)
        self.duration = Histogram(
            "http_request_duration_seconds", "HTTP latency.", labels[:2], registry=registry
        )
        self.in_progress = Gauge(
            "http_requests_in_progress", "HTTP requests being served.", registry=registry
        )


class RequestContextMiddleware:
    """Give each request an id, one access-log line, metrics and safe response headers."""

    def __init__(
        self, app: ASGIApp, *, metrics: HttpMetrics, templates: Callable[[], RouteTemplates]
    ) -> None:
        """Wrap ``app``; ``templates`` maps an endpoint to its full path template."""
        self.app = app
        self.metrics = metrics
        self.templates = templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        supplied = Headers(scope=scope).get("x-request-id", "")
        request_id = supplied if _REQUEST_ID.fullmatch(supplied) else str(uuid7())
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        status: int = HTTPStatus.INTERNAL_SERVER_ERROR
        started = time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("X-Frame-Options", "DENY")
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        try:
            with self.metrics.in_progress.track_inprogress():
                await self.app(scope, receive, send_with_headers)
        finally:
            elapsed = time.perf_counter() - started
            endpoint = scope.get("endpoint")
            route = self.templates().get(endpoint, "unmatched") if endpoint else "unmatched"
            method = scope["method"] if route != "unmatched" else "OTHER"
            self.metrics.requests.labels(method, route, str(status)).inc()
            self.metrics.duration.labels(method, route).observe(elapsed)
            _logger.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                route=route,
                status=status,
                duration_ms=round(elapsed * 1000, 2),
            )


class BodyLimitMiddleware:
    """Refuse large bodies while they arrive.

    FastAPI's own ``max_body_size`` does the same but answers with plain text.
    """

    def __init__(self, app: ASGIApp, *, max_body_size: int) -> None:
        """Wrap ``app``."""
        self.app = app
        self.max_body_size = max_body_size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        received = int(declared) if declared.isdecimal() and len(declared) < _MAX_DIGITS else 0
        if received <= self.max_body_size:
            received = 0

        async def limited_receive() -> Message:
            nonlocal received
            message = await receive() if received <= self.max_body_size else {"type": ""}
            received += len(message.get("body", b""))
            if received > self.max_body_size:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self.app(scope, limited_receive, send)


class ErrorBoundaryMiddleware:
    """Answer unexpected errors here, inside the other middleware.

    Starlette runs the handler of ``Exception`` outside all of them, so its responses would have
    neither CORS headers nor a request id.
    """

    def __init__(self, app: ASGIApp, *, respond: ErrorResponder) -> None:
        """Wrap ``app``; ``respond`` builds the response."""
        self.app = app
        self.respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def tracking_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, tracking_send)
        except Exception as error:
            if started:
                raise
            response = await self.respond(Request(scope), error)
            await response(scope, receive, send)
