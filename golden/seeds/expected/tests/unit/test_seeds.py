from asyncio import gather

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.core.config import Settings
from app.core.database import Database
from app.main import create_app, lifespan
from app.models import Base
from app.models.seeded_row import SeededRow
from app.seeding import Seeding, seed
from app.seeds import SEEDS

ALL = sum(len(table.seeds) for table in SEEDS)


async def stored(database: Database) -> dict[str, list[RowMapping]]:
    """Everything that is in the database."""
    rows = {}
    async with database.session(read_only=True) as session:
        for table in Base.metadata.sorted_tables:
            statement = select(table).order_by(*table.primary_key.columns)
            rows[table.name] = list((await session.execute(statement)).mappings())
    return rows


async def related(session: AsyncSession, model: type[Base], names: list[str]) -> set[Base | None]:
    """Rows of seeds."""
    return {await Seeding(session, SEEDS).find(model, name) for name in names}


async def test_a_new_database_is_given_exactly_the_seeds(clean_database: Database) -> None:
    assert await seed(clean_database, SEEDS) == ALL
    async with clean_database.session(read_only=True) as session:
        for table in SEEDS:
            relationships = table.model.__mapper__.relationships
            loaded = [selectinload(getattr(table.model, it.key)) for it in relationships]
            rows = (await session.scalars(select(table.model).options(*loaded))).all()
            assert len(rows) == len(table.seeds)
            for name, members in table.seeds.items():
                row = await Seeding(session, SEEDS).find(table.model, name)
                for member, value in members.items():
                    found = getattr(row, member)
                    if member not in relationships:
                        assert found == value, (name, member)
                        continue
                    target = relationships[member].mapper.class_
                    one = not isinstance(value, list)
                    names = [value] if one else value
                    wanted = await related(session, target, names)
                    assert ({found} if one else set(found)) == wanted, (name, member)


async def test_a_second_time_changes_nothing(clean_database: Database) -> None:
    await seed(clean_database, SEEDS)
    before = await stored(clean_database)
    assert await seed(clean_database, SEEDS) == 0
    assert await stored(clean_database) == before


async def test_two_at_once_insert_each_seed_once(clean_database: Database) -> None:
    counts = await gather(seed(clean_database, SEEDS), seed(clean_database, SEEDS))
    assert sorted(counts) == [0, ALL]


async def test_a_service_that_migrates_seeds(clean_database: Database, settings: Settings) -> None:
    for migrates, count in [(False, 0), (True, ALL)]:
        changed = settings.model_copy(update={"auto_migrate": migrates})
        async with lifespan(create_app(changed)):
            async with clean_database.session(read_only=True) as session:
                found = await session.scalar(select(func.count()).select_from(SeededRow))
            assert found == count


async def test_what_was_deleted_stays_deleted(clean_database: Database) -> None:
    await seed(clean_database, SEEDS)
    table = SEEDS[-1]
    name = list(table.seeds)[-1]
    async with clean_database.session() as session:
        row = await Seeding(session, SEEDS).find(table.model, name)
        await session.delete(row)
    assert await seed(clean_database, SEEDS) == 0
    async with clean_database.session(read_only=True) as session:
        assert await Seeding(session, SEEDS).find(table.model, name) is None


async def test_a_row_of_people_stands_for_its_seed(clean_database: Database) -> None:
    table = SEEDS[0]
    async with clean_database.session() as session:
        session.add(table.model(**next(iter(table.seeds.values()))))
    assert await seed(clean_database, SEEDS) == ALL - 1


async def test_what_was_edited_stays_edited(clean_database: Database) -> None:
    await seed(clean_database, SEEDS)
    table = SEEDS[0]
    name = next(iter(table.seeds))
    async with clean_database.session() as session:
        row = await Seeding(session, SEEDS).find(table.model, name)
        assert row is not None
        setattr(row, "name", "Other")  # noqa: B010
    before = await stored(clean_database)
    assert await seed(clean_database, SEEDS) == 0
    assert await stored(clean_database) == before
