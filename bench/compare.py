"""Names what got slower: python3 compare.py OLD.json NEW.json [--ratio 1.2]

The files are what --json of one benchmark wrote, on one device of one machine. What the machine itself
lost or won between them is the median of how many times as long the peers of clwise take, over all rows.
A figure of clwise counts as slower if it takes more than RATIO times as long beyond that. Exit status: 1
if there is one, 2 if the files cannot be compared."""
import argparse
import json
import statistics
import sys

LISTS = ("works", "expressions", "functions")
NEITHER = ("copy", "built-in")  # by clwise, but nothing of its own
SAME = (("program",), ("platform",), ("device",), ("driver",), ("compute_units",),
        ("machine", "processor"), ("machine", "cores"))


class Unlike(Exception):
    """A sentence that says why two files cannot be compared."""


def is_ours(peer):
    return peer.startswith("clwise") or peer == "one by one"


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
    except (OSError, ValueError) as error:
        raise Unlike(f"{path} cannot be read: {error}") from None
    if not isinstance(report, dict) or "program" not in report or "machine" not in report \
            or not any(name in report for name in LISTS):
        raise Unlike(f"{path} is not what --json of a benchmark writes: it has no program, machine "
                     "and list of figures")
    return report


def fact(report, names):
    for name in names:
        report = report.get(name)
    return report


def check_alike(old, new):
    for names in SAME:
        before, after = fact(old, names), fact(new, names)
        if before != after:
            raise Unlike(f"the files are of two kinds: {' '.join(names).replace('_', ' ')} is "
                         f"{before} in the first and {after} in the second")


def rows(report):
    """Seconds by (name of the row with its number of elements, peer)."""
    found = {}
    for row in next(report[name] for name in LISTS if name in report):
        name = " ".join(str(row[key]) for key in ("name", "function", "dtype") if key in row)
        for peer, seconds in row["seconds"].items():
            if seconds and peer not in NEITHER:
                found[name, row.get("elements"), peer] = seconds
    return found


def slower(old, new, ratio):
    """How many times as long the machine takes, and (row, peer, times as long beyond that)."""
    grown = {key: new[key] / old[key] for key in old if key in new}
    others = [times for (_, _, peer), times in grown.items() if not is_ours(peer)]
    machine = statistics.median(others) if others else 1
    found = [(name, peer, times / machine) for (name, _, peer), times in grown.items()
             if is_ours(peer) and times / machine > ratio]
    return machine, sorted(found, key=lambda row: -row[2])


def compare(options):
    reports = read(options.old), read(options.new)
    check_alike(*reports)
    old, new = (rows(report) for report in reports)
    compared = [key for key in old if key in new and is_ours(key[2])]
    if not compared:
        raise Unlike(f"{options.old} and {options.new} have no figure of clwise in common")
    machine, found = slower(old, new, options.ratio)
    print(f"peers take {machine:.2f} times as long: so much is the machine")
    for name, peer, times in found:
        print(f"{name}, {peer}: {times:.2f} times as long beyond that")
    gone = sorted({name for name, elements, peer in old
                   if is_ours(peer) and (name, elements, peer) not in new})
    for name in gone:
        print(f"{name}: no longer measured")
    print(f"{len(compared)} figures compared, {len(found)} slower")
    return 1 if found or gone else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--ratio", type=float, default=1.2, help="default 1.2")
    try:
        sys.exit(compare(parser.parse_args()))
    except Unlike as problem:
        print(f"compare.py: {problem}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
