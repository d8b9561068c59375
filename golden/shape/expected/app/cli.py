"""Maintenance commands: ``python -m app.cli --help``."""

import argparse
import asyncio
import getpass
import json
import sys
from collections.abc import Sequence

from pydantic import ValidationError

from app.core.config import get_settings
from app.core.database import Database, build_engine
from app.core.errors import AppError
from app.main import create_app
from app.models.enums import MemberRole
from app.schemas.member import MemberCreate
from app.services.member_service import MemberService


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    options = _parser().parse_args(arguments)
    if options.command == "openapi":
        return _print_openapi()
    try:
        asyncio.run(_create_user(options))
    except ValidationError as error:
        for item in error.errors(include_input=False, include_url=False):
            place = ".".join(str(part) for part in item["loc"])
            sys.stderr.write(f"{place}: {item['msg']}\n")
        return 1
    except AppError as error:
        sys.stderr.write(f"{error.detail}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.cli")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("openapi", help="print the OpenAPI document")
    account = commands.add_parser("create-user", help="create an account")
    account.add_argument("login")
    account.add_argument("--role", type=MemberRole, choices=list(MemberRole))
    account.add_argument("--password", help="asked for when omitted")
    account.add_argument(
        "--field",
        action="append",
        type=_field,
        default=[],
        metavar="NAME=VALUE",
        help="a further attribute",
    )
    return parser


def _print_openapi() -> int:
    document = create_app().openapi()
    sys.stdout.write(json.dumps(document, indent=2, sort_keys=True) + "\n")
    return 0


def _field(text: str) -> tuple[str, object]:
    name, separator, value = text.partition("=")
    if not separator:
        message = "an attribute is given as NAME=VALUE"
        raise argparse.ArgumentTypeError(message)
    return name, value


async def _create_user(options: argparse.Namespace) -> None:
    password: str = options.password or getpass.getpass()
    members = dict(options.field) | {
        "email": options.login,
        "password": password,
    }
    data = MemberCreate.model_validate_json(json.dumps(members))
    database = Database(build_engine(get_settings()))
    try:
        async with database.session() as session:
            account = await MemberService(session).register(data)
            account.role = options.role or account.role
    finally:
        await database.dispose()


if __name__ == "__main__":
    sys.exit(main())
