"""Adjustments of the generated OpenAPI document."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.core.problem_schema import Problem

_REF = "#/components/schemas/{model}"
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def operation_id(route: APIRoute) -> str:
    """Use the function name, so that generated clients get ``listPosts`` and the like."""
    return route.name


def install_openapi(app: FastAPI) -> None:
    """Add the Problem schema, which the error responses refer to, and restore integers."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        document = generate()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        problem = Problem.model_json_schema(ref_template=_REF, mode="serialization")
        schemas["Problem"] = problem
        _restore_integers(document)
        _drop_default_errors(document)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _drop_default_errors(document: dict[str, Any]) -> None:
    """Drop the 422 that FastAPI documents by itself: invalid requests are answered by 400."""
    default = "HTTPValidationError"
    for path in document["paths"].values():
        for operation in path.values():
            if default in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
    for name in (default, "ValidationError"):
        document["components"]["schemas"].pop(name, None)


def _restore_integers(node: Any) -> None:  # noqa: ANN401
    """Write the bounds of integers with all their digits."""
    # FastAPI holds bounds as floats, which JSON shows as 100.0 or 9.223372036854776e+18.
    if isinstance(node, list):
        for item in node:
            _restore_integers(item)
    elif isinstance(node, dict):
        if node.get("type") == "integer":
            for bound in _BOUNDS:
                if isinstance(value := node.get(bound), float) and value.is_integer():
                    node[bound] = int(value)
        for member in node.values():
            _restore_integers(member)
