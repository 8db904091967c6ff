"""Where a TOML file is malformed, in Portuguese; the parser's own sentence is English and quotes the line."""

import re
import tomllib


def toml_place(error: tomllib.TOMLDecodeError) -> str:
    """Return ", linha 2, coluna 18", or nothing where the parser gives no place. Never repeats content."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    return f", linha {place[1]}, coluna {place[2]}" if place else ""
