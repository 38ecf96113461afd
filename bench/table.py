"""Prints the bars of all benchmarks: python3 table.py FOLDER, which has what run.sh left there."""
import json
import pathlib
import sys

MET = {True: "reach", False: "miss", None: "absent"}


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python3 table.py FOLDER")
    counts = dict.fromkeys(MET.values(), 0)
    print(f"{'bar':72} {'measured':>8} {'at most':>8}")
    for name in ("bench", "layouts", "expressions"):
        path = pathlib.Path(sys.argv[1], f"{name}.json")
        if not path.exists():
            print(f"{path.name} is not there: its bars were not measured")
            continue
        for bar in json.loads(path.read_text(encoding="utf-8"))["bars"]:
            value = "-" if bar["value"] is None else f"{bar['value']:.3f}"
            print(f"{bar['name']:72} {value:>8} {bar['limit']:8.3f} {bar['unit']:4} "
                  f"{MET[bar['met']]}")
            counts[MET[bar["met"]]] += 1
    batch = pathlib.Path(sys.argv[1], "batch.txt")
    if batch.exists():
        print(batch.read_text(encoding="utf-8"), end="")
    print(", ".join(f"{count} {word}" for word, count in counts.items()))


if __name__ == "__main__":
    main()
