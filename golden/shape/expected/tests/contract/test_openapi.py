import json
import os
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, seed, settings
from schemathesis import Case

from app.cli import main
from app.core.config import Settings
from app.main import create_app

# The same requests each time: CONTRACT_EXAMPLES asks for more of them, CONTRACT_SEED for others.
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "15"))
SEED = os.environ.get("CONTRACT_SEED")

schema = schemathesis.openapi.from_dict(create_app(Settings()).openapi())


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@seed(SEED)
def test_every_operation_keeps_its_contract(
    case: Case[Any], live_server: str, headers: dict[str, str]
) -> None:
    case.call_and_validate(base_url=live_server, headers=headers)


def test_the_document_is_valid_and_stable(capsys: pytest.CaptureFixture[str]) -> None:
    main(["openapi"])
    first = capsys.readouterr().out
    main(["openapi"])
    assert capsys.readouterr().out == first
    operations = [
        operation for path in json.loads(first)["paths"].values() for operation in path.values()
    ]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    assert all(operation["description"] for operation in operations)


def test_the_written_document_is_the_published_one() -> None:
    written = schemathesis.openapi.from_path(Path(__file__).parents[2] / "docs" / "openapi.yaml")
    assert written.raw_schema == schema.raw_schema
