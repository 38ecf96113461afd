#!/usr/bin/env python3
"""Runs an example and holds the numbers that it prints ("name value" lines) within bounds.
usage: check.py NAME=LOW..HIGH[,NAME=LOW..HIGH...] PROGRAM [ARGUMENT...]; 77 of the program is 77."""
import re
import subprocess
import sys


def main(bounds, command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=120)
    print(done.stdout, end="", flush=True)
    if done.returncode:
        return done.returncode
    numbers = dict(re.findall(r"^(\w+) (\S+)$", done.stdout, re.M))
    bad = 0
    for name, low, high in (re.fullmatch(r"(\w+)=(.+)\.\.(.+)", b).groups()
                            for b in bounds.split(",")):
        value = float(numbers.get(name, "nan"))
        if not float(low) <= value <= float(high):
            print(f"{name} is {value}, should be from {low} to {high}")
            bad += 1
    if not re.search(r"^took \d", done.stdout, re.M):
        print("does not say how long it took")
        bad += 1
    return 1 if bad else 0


sys.exit(main(sys.argv[1], sys.argv[2:]))
