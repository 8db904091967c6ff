"""Where ``plantao`` starts. What is imported here is imported by ``plantao --version``: next to nothing."""

import os
import sys

from .cli.main import run
from .hardening import harden


def main() -> int:
    """Run the command line of this process; return its exit code."""
    harden()
    # looking for plugins of pydantic reads the metadata of every package there is
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
