"""Members of a request that not every caller may write."""

from collections.abc import Mapping

from pydantic import BaseModel

from app.core.errors import AttributeNotWritableError


def require_writable(data: BaseModel, may_write: Mapping[str, bool]) -> None:
    """Refuse members that were sent although the caller may not write them."""
    fields = type(data).model_fields
    refused = [
        fields[name].alias or name
        for name, allowed in may_write.items()
        if name in data.model_fields_set and not allowed
    ]
    if refused:
        raise AttributeNotWritableError(refused)
