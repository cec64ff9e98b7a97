"""``python -m docdrift_cli`` runs the program."""

import os
import subprocess
import sys

from . import DocdriftError, find_program


def main() -> int:
    """Run the program with the arguments of this process, and return its exit code."""
    try:
        program = find_program()
    except DocdriftError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if sys.platform == "win32":
        return subprocess.run([program, *sys.argv[1:]], check=False).returncode
    os.execv(program, [program, *sys.argv[1:]])
    return 0


if __name__ == "__main__":
    sys.exit(main())
