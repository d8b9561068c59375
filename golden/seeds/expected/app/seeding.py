"""Gives a database the rows that it starts with: each once, whatever people make of it later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import (
    ColumnElement,
    PrimaryKeyConstraint,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database
from app.models.base import Base, UuidKeyMixin
from app.models.seeded_row import SeededRow
from app.repositories.base import Repository

_NAMESPACE = UUID("5d1c2f0e-7a55-5c7e-9f43-1b7d3f6a2c88")
_LOCK = 0x5EED


@dataclass(frozen=True)
class SeedTable:
    """The seeds of one entity by their names; relationships hold the names of other seeds."""

    model: type[Base]
    repository: type[Repository[Any]]
    known_by: Sequence[str]
    """Members in which no two rows agree: a seed is found again by them."""
    seeds: Mapping[str, Mapping[str, Any]]


async def seed(database: Database, tables: Sequence[SeedTable]) -> int:
    """Insert the seeds that the database was never given, all or none; return how many."""
    async with database.session() as session:
        return await Seeding(session, tables).run()


class Seeding:
    """Inserts seeds inside of one transaction."""

    def __init__(self, session: AsyncSession, tables: Sequence[SeedTable]) -> None:
        """Work inside the transaction of ``session``; seeds name others of tables before theirs."""
        self._session = session
        self._tables = {table.model: table for table in tables}

    async def run(self) -> int:
        """Insert what was never inserted before; return how many rows that made."""
        await self._lock()
        done = set((await self._session.scalars(select(SeededRow.id))).all())
        inserted = 0
        for table in self._tables.values():
            for name in table.seeds:
                key = seed_id(table.model, name)
                values = None if key in done else await self._values(table, table.seeds[name])
                if values is None:  # inserted once, or it names a row that is gone
                    continue
                if not await self._is_there(table.model, values):
                    row = table.model(**_with_key(table.model, key, values))
                    await table.repository(self._session).create(row)
                    inserted += 1
                self._session.add(SeededRow(id=key, name=seed_name(table.model, name)))
        return inserted

    async def find(self, model: type[Base], name: str) -> Base | None:
        """Return the row of a seed, unless people have deleted or renamed it."""
        table = self._tables[model]
        known = {member: table.seeds[name][member] for member in table.known_by}
        values = await self._values(table, known)
        if values is None:
            return None
        criteria = [getattr(model, member) == value for member, value in values.items()]
        return await self._session.scalar(select(model).where(*criteria))

    async def _lock(self) -> None:
        """Let others that seed the same database wait; SQLite has one writer at a time."""
        if self._session.get_bind().dialect.name != "sqlite":
            await self._session.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    async def _values(self, table: SeedTable, members: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return members of the model, or nothing if a seed is named whose row is gone."""
        mapper = table.model.__mapper__
        values: dict[str, Any] = {}
        for name, value in members.items():
            relationship = mapper.relationships.get(name)
            if relationship is None:
                values[name] = value
                continue
            names = value if relationship.uselist else [value]
            rows = [await self.find(relationship.mapper.class_, one) for one in names]
            if None in rows:
                return None
            if relationship.uselist:
                values[name] = rows
                continue
            for own, other in relationship.local_remote_pairs:
                attribute = relationship.mapper.get_property_by_column(other).key
                values[mapper.get_property_by_column(own).key] = getattr(rows[0], attribute)
        return values

    async def _is_there(self, model: type[Base], values: Mapping[str, Any]) -> bool:
        """Tell whether a row of people's own has what no two rows may have alike."""
        alike = or_(*_alike(model, values))
        return await self._session.scalar(select(model).where(alike).limit(1)) is not None


def seed_name(model: type[Base], name: str) -> str:
    """Return the name of a seed among those of all tables."""
    return f"{model.__tablename__}/{name}"


def seed_id(model: type[Base], name: str) -> UUID:
    """Return the same key for the same seed in every database."""
    return uuid5(_NAMESPACE, seed_name(model, name))


def _with_key(model: type[Base], key: UUID, values: dict[str, Any]) -> dict[str, Any]:
    return {"id": key, **values} if issubclass(model, UuidKeyMixin) else values


def _alike(model: type[Base], values: Mapping[str, Any]) -> Iterator[ColumnElement[bool]]:
    table, mapper = Base.metadata.tables[model.__tablename__], model.__mapper__
    kinds = (PrimaryKeyConstraint, UniqueConstraint)
    groups = [it.columns for it in table.constraints if isinstance(it, kinds)]
    groups += [it.columns for it in table.indexes if it.unique]
    for group in groups:
        given = [
            (column, values.get(mapper.get_property_by_column(column).key)) for column in group
        ]
        if all(value is not None for _, value in given):
            yield and_(*(column == value for column, value in given))
