"""Classes."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Class
from app.repositories.class__repository import ClassRepository
from app.schemas.class_ import ClassCreate, ClassListQuery, ClassUpdate


class ClassService:
    """Use cases of classes."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._classes = ClassRepository(session)

    async def list(self, query: ClassListQuery) -> tuple[Sequence[Class], str | None]:
        """List classes."""
        return await self._classes.list(query)

    async def get(self, class__id: UUID) -> Class:
        """Return one class."""
        class_ = await self._classes.get(class__id)
        if class_ is None:
            detail = "Class not found"
            raise NotFoundError(detail)
        return class_

    async def create(self, data: ClassCreate) -> Class:
        """Create a class."""
        class_ = Class(
            False_=data.False_,
            None_=data.None_,
            True_=data.True_,
            and_=data.and_,
            as_=data.as_,
            assert_=data.assert_,
            async_=data.async_,
            await_=data.await_,
            break_=data.break_,
            class_=data.class_,
            continue_=data.continue_,
            def_=data.def_,
            del_=data.del_,
            elif_=data.elif_,
            else_=data.else_,
            except_=data.except_,
            finally_=data.finally_,
            for_=data.for_,
            from_=data.from_,
            global_=data.global_,
            if_=data.if_,
            import_=data.import_,
            in_=data.in_,
            is_=data.is_,
            lambda_=data.lambda_,
            nonlocal_=data.nonlocal_,
            not_=data.not_,
            or_=data.or_,
            pass_=data.pass_,
            raise_=data.raise_,
            return_=data.return_,
            try_=data.try_,
            while_=data.while_,
            with_=data.with_,
            yield_=data.yield_,
        )
        await self._classes.create(class_)
        return class_

    async def update(self, class__id: UUID, data: ClassUpdate) -> Class:
        """Change a class."""
        class_ = await self.get(class__id)
        for attribute in (
            "False_",
            "None_",
            "True_",
            "and_",
            "as_",
            "assert_",
            "async_",
            "await_",
            "break_",
            "class_",
            "continue_",
            "def_",
            "del_",
            "elif_",
            "else_",
            "except_",
            "finally_",
            "for_",
            "from_",
            "global_",
            "if_",
            "import_",
            "in_",
            "is_",
            "lambda_",
            "nonlocal_",
            "not_",
            "or_",
            "pass_",
            "raise_",
            "return_",
            "try_",
            "while_",
            "with_",
            "yield_",
        ):
            if (value := getattr(data, attribute)) is not MISSING:
                setattr(class_, attribute, value)
        await self._classes.update(class_)
        return class_

    async def delete(self, class__id: UUID) -> None:
        """Delete a class."""
        class_ = await self.get(class__id)
        await self._classes.delete(class_)
