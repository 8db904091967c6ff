"""Where ``plantao`` starts. What is imported here is imported by ``plantao --version``: next to nothing."""

import sys

from .cli.main import run
from .hardening import harden


def main() -> int:
    """Run the command line of this process; return its exit code."""
    harden()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
