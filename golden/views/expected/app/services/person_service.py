"""People."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError, PermissionDeniedError
from app.core.security import hash_password
from app.models import Person
from app.models.enums import PersonRole
from app.models.values import Place
from app.repositories.person_repository import PersonRepository
from app.schemas.person import PersonCreate, PersonListQuery, PersonRead, PersonUpdate


class PersonService:
    """Use cases of people."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._people = PersonRepository(session)

    async def list(self, query: PersonListQuery) -> tuple[Sequence[Person], int]:
        """List people."""
        return await self._people.list(query)

    async def get(self, person_id: UUID) -> Person:
        """Return one person."""
        person = await self._people.get(person_id)
        if person is None:
            detail = "Person not found"
            raise NotFoundError(detail)
        return person

    async def show(self, person_id: UUID) -> Person:
        """Return one person with what is shown along with it."""
        person = await self.get(person_id)
        await self._people.load_shown(person)
        return person

    async def update(self, person_id: UUID, data: PersonUpdate, caller: Person) -> Person:
        """Change a person."""
        person = await self.get(person_id)
        if not _may_update(person, caller):
            detail = "You may not change this person"
            raise PermissionDeniedError(detail)
        await self._apply(person, data)
        return person

    async def register(self, data: PersonCreate) -> Person:
        """Create one person for whoever asks."""
        person = Person(
            email=data.email,
            hashed_password=await hash_password(data.password),
            name=data.name,
            salary=data.salary,
            home=None if data.home is None else Place(street=data.home.street, city=data.home.city),
        )
        await self._people.create(person)
        return person

    async def update_me(self, person: Person, data: PersonUpdate) -> Person:
        """Change the caller's own person."""
        await self._apply(person, data)
        return person

    async def _apply(self, person: Person, data: PersonUpdate) -> None:
        if data.email is not MISSING:
            person.email = data.email
        if data.name is not MISSING:
            person.name = data.name
        if data.salary is not MISSING:
            person.salary = data.salary
        if data.password is not MISSING:
            person.hashed_password = await hash_password(data.password)
        if data.home is not MISSING:
            person.home = (
                None if data.home is None else Place(street=data.home.street, city=data.home.city)
            )
        await self._people.update(person)

    @staticmethod
    def represent(person: Person, caller: Person) -> PersonRead:
        """Show one person without what the caller may not read."""
        shown = PersonRead.model_validate(person)
        if not _reads_salary(caller):
            shown.salary = MISSING
        return shown


def _may_update(person: Person, caller: Person) -> bool:
    return person.id == caller.id


def _reads_salary(caller: Person) -> bool:
    return caller.role is PersonRole.ADMIN
