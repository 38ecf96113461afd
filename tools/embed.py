#!/usr/bin/env python3
"""Writes the files of cl/ into a C file, as the table that runtime/ops/builtin.h declares.

    embed.py OUT ROOT    # OUT: builtin.c; ROOT: the source folder, which has cl/
"""
import sys
from pathlib import Path

FOLDERS = {"kernel": "*.cl*", "lib": "*.clh", "ops": "*.cl"}


def c_array(name, data):
    """Numbers, for a string literal may be too long for a C compiler. NUL-terminated."""
    numbers = [str(byte) if byte < 128 else f"'\\{byte:o}'" for byte in data] + ["0"]
    lines = [",".join(numbers[i:i + 24]) for i in range(0, len(numbers), 24)]
    return f"static const char {name}[] = {{\n" + ",\n".join(lines) + "\n};\n"


def main(out, root):
    arrays, rows = [], []
    for folder, pattern in FOLDERS.items():
        for path in sorted((Path(root) / "cl" / folder).glob(pattern), key=lambda p: p.name):
            data = path.read_bytes()
            if b"\0" in data:
                sys.exit(f"{path}: a NUL byte")
            name = f"file_{len(rows)}"
            arrays.append(f"/* {folder}/{path.name} */\n" + c_array(name, data))
            rows.append(f'    {{"{folder}", "{path.name}", {name}, sizeof {name} - 1}},\n')
    text = ('#include "runtime/ops/builtin.h"\n\n' + "\n".join(arrays) +
            "\nconst struct builtin_file builtin_files[] = {\n" + "".join(rows) +
            "    {0, 0, 0, 0},\n};\n")
    Path(out).write_text(text)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
