"""Ask the function of a slot for each of its examples, and say on a line each what it did.

The first argument is the name of the function. What fills the slot stands beside this file, and so do the examples.
"""

import json
import sys
from pathlib import Path

LONGEST = 200


def shown(value: object) -> str:
    """Return a value as people write it."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def raised(error: BaseException) -> dict[str, object]:
    """Say what was raised."""
    return {"raised": shown(f"{type(error).__name__}: {error}")[1:-1]}


def main(name: str) -> None:
    """Ask for each example."""
    sys.path.insert(0, str(Path(__file__).parent))
    from slot_examples import EXAMPLES

    try:
        import slot_body

        function = getattr(slot_body, name)
    except BaseException as error:  # noqa: BLE001
        say({"unloadable": raised(error)["raised"]})
        return
    for given, expect in EXAMPLES:
        try:
            value = function(**given)
            alike = type(value) is type(expect)
            answer = {
                "good": alike and value == expect,
                "gave": shown(value),
                "type": None if alike else type(value).__name__,
            }
        except BaseException as error:  # noqa: BLE001
            answer = raised(error)
        say(answer)


def say(answer: dict[str, object]) -> None:
    """Write a line at once: the next example may not come to an end."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
