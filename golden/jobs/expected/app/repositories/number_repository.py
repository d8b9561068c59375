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
        is_sqlite = self._session.get_bind().dialect.name == "sqlite"
        insert: sqlite.Insert | postgresql.Insert = (
            sqlite.insert(NumberSeries) if is_sqlite else postgresql.insert(NumberSeries)
        )
        first: dict[str, Any] = {"form": form, "last": 1}
        more = {"last": NumberSeries.last + 1}
        number = await self._session.scalar(
            insert.values(first)
            .on_conflict_do_update(index_elements=[NumberSeries.form], set_=more)
            .returning(NumberSeries.last)
        )
        return form.format(number)
