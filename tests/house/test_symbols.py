#!/usr/bin/env python3
"""The shared library exports the functions that the public headers mark CLW_API, and nothing else.

    test_symbols.py LIBRARY
"""
import re
import subprocess
import sys

sys.dont_write_bytecode = True  # nothing is written into the tree
from tree import Tap, files, read, without_comments


def declared():
    names = set()
    for name in files(".h", under=["include/"]):
        names.update(re.findall(r"CLW_API[^;{]*?\b(clw_\w+)\s*\(", without_comments(read(name))))
    return names


def exported(library):
    lines = subprocess.run(["nm", "-D", "--defined-only", "--format=posix", library],
                           stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    return {line.split()[0].split("@")[0] for line in lines if line}


def main():
    tap = Tap()
    promised, given = declared(), exported(sys.argv[1])
    print(f"# {len(promised)} functions are marked, {len(given)} symbols are exported")
    tap.check("the headers mark functions", [] if promised else ["none found"])
    tap.check("every function of the headers is exported", sorted(promised - given))
    tap.check("nothing else is exported", sorted(given - promised))
    tap.finish()


if __name__ == "__main__":
    main()
