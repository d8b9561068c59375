"""Make mypy's cache of the libraries that generated projects use, as an archive on standard output.

Called as ``make_cache.py MYPY ARGUMENT...`` in a folder of its own: no project is near. Reading the
libraries is most of what mypy does in a project, and the same in all of them.
"""

import gzip
import subprocess
import sys
import tarfile
from pathlib import Path

WORK = Path(__file__).parent
CACHE = "cache"


def main() -> None:
    """Check the imports, and pack the cache. What mypy says of them does not matter."""
    subprocess.run(sys.argv[1:], cwd=WORK, stdout=subprocess.DEVNULL, check=False)
    with (
        gzip.GzipFile(fileobj=sys.stdout.buffer, mode="wb", compresslevel=1, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        archive.add(WORK / CACHE, arcname=CACHE)


main()
