"""Models."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Model
from app.repositories.model_repository import ModelRepository
from app.schemas.model import ModelCreate, ModelListQuery, ModelUpdate


class ModelService:
    """Use cases of models."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._models = ModelRepository(session)

    async def list(self, query: ModelListQuery) -> tuple[Sequence[Model], int]:
        """List models."""
        return await self._models.list(query)

    async def get(self, model_row_id: UUID) -> Model:
        """Return one model."""
        model_row = await self._models.get(model_row_id)
        if model_row is None:
            detail = "Model not found"
            raise NotFoundError(detail)
        return model_row

    async def create(self, data: ModelCreate) -> Model:
        """Create a model."""
        model_row = Model(
            list_=data.list_,
            dict_=data.dict_,
            set_=data.set_,
            str_=data.str_,
            int_=data.int_,
            float_=data.float_,
            bool_=data.bool_,
            bytes_=data.bytes_,
            object_=data.object_,
            property_=data.property_,
            super_=data.super_,
            print=data.print,
            input=data.input,
            filter=data.filter,
            map=data.map,
            max=data.max,
            min=data.min,
            sum=data.sum,
            len_=data.len_,
            range=data.range,
            format=data.format,
            hash=data.hash,
            open=data.open,
            vars=data.vars,
            zip=data.zip,
            any=data.any,
            dir=data.dir,
            next=data.next,
            iter=data.iter,
            sorted_=data.sorted_,
            round=data.round,
            abs=data.abs,
            all=data.all,
            help=data.help,
            exit=data.exit,
            tuple_=data.tuple_,
            frozenset_=data.frozenset_,
            slice=data.slice,
            isinstance=data.isinstance,
            callable=data.callable,
            classmethod_=data.classmethod_,
            staticmethod_=data.staticmethod_,
            exec=data.exec,
            eval=data.eval,
            compile=data.compile,
            globals=data.globals,
            locals=data.locals,
            repr=data.repr,
            reversed=data.reversed,
            enumerate=data.enumerate,
            divmod=data.divmod,
            pow=data.pow,
            chr=data.chr,
            ord=data.ord,
            hex=data.hex,
            oct=data.oct,
            bin=data.bin,
            complex=data.complex,
            memoryview=data.memoryview,
            bytearray=data.bytearray,
            delattr=data.delattr,
            getattr=data.getattr,
            setattr=data.setattr,
            hasattr=data.hasattr,
            issubclass=data.issubclass,
            ascii=data.ascii,
            breakpoint=data.breakpoint,
            aiter=data.aiter,
            anext=data.anext,
            match=data.match,
            case=data.case,
            type_=data.type_,
        )
        await self._models.create(model_row)
        return model_row

    async def update(self, model_row_id: UUID, data: ModelUpdate) -> Model:
        """Change a model."""
        model_row = await self.get(model_row_id)
        for attribute in (
            "list_",
            "dict_",
            "set_",
            "str_",
            "int_",
            "float_",
            "bool_",
            "bytes_",
            "object_",
            "property_",
            "super_",
            "print",
            "input",
            "filter",
            "map",
            "max",
            "min",
            "sum",
            "len_",
            "range",
            "format",
            "hash",
            "open",
            "vars",
            "zip",
            "any",
            "dir",
            "next",
            "iter",
            "sorted_",
            "round",
            "abs",
            "all",
            "help",
            "exit",
            "tuple_",
            "frozenset_",
            "slice",
            "isinstance",
            "callable",
            "classmethod_",
            "staticmethod_",
            "exec",
            "eval",
            "compile",
            "globals",
            "locals",
            "repr",
            "reversed",
            "enumerate",
            "divmod",
            "pow",
            "chr",
            "ord",
            "hex",
            "oct",
            "bin",
            "complex",
            "memoryview",
            "bytearray",
            "delattr",
            "getattr",
            "setattr",
            "hasattr",
            "issubclass",
            "ascii",
            "breakpoint",
            "aiter",
            "anext",
            "match",
            "case",
            "type_",
        ):
            if (value := getattr(data, attribute)) is not MISSING:
                setattr(model_row, attribute, value)
        await self._models.update(model_row)
        return model_row

    async def delete(self, model_row_id: UUID) -> None:
        """Delete a model."""
        model_row = await self.get(model_row_id)
        await self._models.delete(model_row)
