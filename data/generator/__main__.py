"""Write the sample company's tables.

``python -m data.generator [FOLDER] [--without STORY]``: into ``data/`` if no folder is named.
A story left out shows that the tests find it by computing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from data.generator.books import make_books, write_books
from data.generator.stories import ALL


def main() -> None:
    """Write the tables and say how many rows each has."""
    parser = argparse.ArgumentParser(prog="python -m data.generator", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--without", action="append", default=[], choices=sorted(ALL))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    books = make_books(ALL - set(asked.without))
    write_books(books, asked.folder)
    for name, rows in books.items():
        print(f"{name:15} {len(rows):6}")


if __name__ == "__main__":
    main()
