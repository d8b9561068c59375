"""Numbers that nobody gets twice."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.number_series import NumberSeries


class NumberRepository:
    """Series of numbers, one a form; none is left out."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._session = session

    async def next(self, form: str) -> str:
        """Return the next number of the series in its form: ``ORD-00000001``.

        Others who ask for one of this series wait until the transaction ends.
        """
        first: dict[str, Any] = {"form": form, "last": 1}
        key = [NumberSeries.form]
        more = {"last": NumberSeries.last + 1}
        if self._session.get_bind().dialect.name == "sqlite":
            number = await self._session.scalar(
                sqlite.insert(NumberSeries)
                .values(first)
                .on_conflict_do_update(index_elements=key, set_=more)
                .returning(NumberSeries.last)
            )
        else:
            number = await self._session.scalar(
                postgresql.insert(NumberSeries)
                .values(first)
                .on_conflict_do_update(index_elements=key, set_=more)
                .returning(NumberSeries.last)
            )
        return form.format(number)
