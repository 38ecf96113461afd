#!/usr/bin/env python3
"""Writes a text file into a C file, as `const char NAME[]`.

    embed_text.py OUT NAME FILE
"""
import sys
from pathlib import Path

from embed import c_array


def main(out, name, file):
    array = c_array(name, Path(file).read_bytes()).replace("static const", "const", 1)
    Path(out).write_text(f"extern const char {name}[];\n" + array)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
