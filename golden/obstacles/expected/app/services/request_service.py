"""Requests."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import RequestEntity
from app.repositories.request_repository import RequestRepository
from app.schemas.request import RequestCreate, RequestListQuery, RequestUpdate


class RequestService:
    """Use cases of requests."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._requests = RequestRepository(session)

    async def list(self, query: RequestListQuery) -> tuple[Sequence[RequestEntity], int]:
        """List requests."""
        return await self._requests.list(query)

    async def get(self, request_row_id: UUID) -> RequestEntity:
        """Return one request."""
        request_row = await self._requests.get(request_row_id)
        if request_row is None:
            detail = "Request not found"
            raise NotFoundError(detail)
        return request_row

    async def create(self, data: RequestCreate) -> RequestEntity:
        """Create a request."""
        request_row = RequestEntity(
            self_=data.self_,
            cls=data.cls,
            app=data.app,
            request=data.request,
            response=data.response,
            router=data.router,
            service=data.service,
            repository=data.repository,
            settings=data.settings,
            logger=data.logger,
            db=data.db,
            database=data.database,
            logging=data.logging,
            uuid=data.uuid,
            datetime_=data.datetime_,
            date_time=data.date_time,
            decimal=data.decimal,
            enum=data.enum,
            typing=data.typing,
            annotated=data.annotated,
            field_=data.field_,
            body=data.body,
            path=data.path,
            header=data.header,
            cookie=data.cookie,
            depends=data.depends,
            status=data.status,
            query_params=data.query_params,
            limit=data.limit,
            cursor=data.cursor,
            sort=data.sort,
            q=data.q,
            items=data.items,
            total=data.total,
            next_cursor=data.next_cursor,
            etag=data.etag,
            location=data.location,
            problem=data.problem,
            args=data.args,
            kwargs=data.kwargs,
            name=data.name,
            value=data.value,
            data=data.data,
            result=data.result,
            row=data.row,
            rows=data.rows,
            entity=data.entity,
            payload=data.payload,
            current_user=data.current_user,
            viewer=data.viewer,
            utcnow_=data.utcnow_,
            annotations=data.annotations,
        )
        await self._requests.create(request_row)
        return request_row

    async def update(self, request_row_id: UUID, data: RequestUpdate) -> RequestEntity:
        """Change a request."""
        request_row = await self.get(request_row_id)
        for attribute in (
            "self_",
            "cls",
            "app",
            "request",
            "response",
            "router",
            "service",
            "repository",
            "settings",
            "logger",
            "db",
            "database",
            "logging",
            "uuid",
            "datetime_",
            "date_time",
            "decimal",
            "enum",
            "typing",
            "annotated",
            "field_",
            "body",
            "path",
            "header",
            "cookie",
            "depends",
            "status",
            "query_params",
            "limit",
            "cursor",
            "sort",
            "q",
            "items",
            "total",
            "next_cursor",
            "etag",
            "location",
            "problem",
            "args",
            "kwargs",
            "name",
            "value",
            "data",
            "result",
            "row",
            "rows",
            "entity",
            "payload",
            "current_user",
            "viewer",
            "utcnow_",
            "annotations",
        ):
            if (value := getattr(data, attribute)) is not MISSING:
                setattr(request_row, attribute, value)
        await self._requests.update(request_row)
        return request_row

    async def delete(self, request_row_id: UUID) -> None:
        """Delete a request."""
        request_row = await self.get(request_row_id)
        await self._requests.delete(request_row)
