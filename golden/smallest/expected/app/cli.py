"""Maintenance commands: ``python -m app.cli --help``."""

import argparse
import json
import sys
from collections.abc import Sequence

from app.main import create_app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    options = _parser().parse_args(arguments)
    del options
    return _print_openapi()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.cli")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("openapi", help="print the OpenAPI document")
    return parser


def _print_openapi() -> int:
    document = create_app().openapi()
    sys.stdout.write(json.dumps(document, indent=2, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
