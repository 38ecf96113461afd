"""compare.py on figures made up."""
import json
import pathlib
import subprocess
import sys
import tempfile

COMPARE = pathlib.Path(__file__).with_name("compare.py")
FACTS = {"program": "clwise-bench", "platform": "P", "device": "D", "driver": "1",
         "compute_units": 2, "machine": {"processor": "X", "cores": 2}}
OLD = {"x": {"clwise call": 1e-3, "C": 1e-3, "NumPy": 2e-3},
       "y": {"clwise call": 1e-6, "C": 1e-6, "NumPy": 2e-6}}


def changed(row, peer, seconds):
    return OLD | {row: OLD[row] | {peer: seconds}}


def times(ratio):
    return {row: {peer: ratio * t for peer, t in seconds.items()} for row, seconds in OLD.items()}


# name, rows, other facts, options, exit status, words of the output
CASES = [
    ("the same", OLD, {}, [], 0, "2 figures compared, 0 slower"),
    ("slower by less", changed("x", "clwise call", 1.1e-3), {}, [], 0, "0 slower"),
    ("slower", changed("x", "clwise call", 1.5e-3), {}, [], 1,
     "x, clwise call: 1.50 times as long"),
    ("a slower machine", times(1.5), {}, [], 0, "peers take 1.50 times as long"),
    ("a faster machine", times(0.5) | {"x": times(0.5)["x"] | {"clwise call": 1e-3}}, {}, [], 1,
     "x, clwise call: 2.00 times as long"),
    ("a slower peer", changed("x", "NumPy", 9e-3), {}, [], 0, "0 slower"),
    ("slower peers of one row are not the machine",
     OLD | {"x": {"clwise call": 1.5e-3, "NumPy": 3e-3}}, {}, [], 1, "1 slower"),
    ("another ratio", changed("x", "clwise call", 1.5e-3), {}, ["--ratio", "2"], 0, "0 slower"),
    ("no longer there", changed("x", "clwise call", None), {}, [], 1, "x: no longer measured"),
    ("a new row", OLD | {"z": OLD["x"]}, {}, [], 0, "2 figures compared, 0 slower"),
    ("another program", OLD, {"program": "clwise-layouts"}, [], 2,
     "program is clwise-bench in the first and clwise-layouts in the second"),
    ("another device", OLD, {"device": "E"}, [], 2, "device is D in the first and E in"),
    ("another driver", OLD, {"driver": "2"}, [], 2, "driver is 1 in the first and 2 in"),
    ("another machine", OLD, {"machine": {"processor": "Z", "cores": 2}}, [], 2,
     "machine processor is X in the first and Z in"),
    ("no figure in common", {"z": OLD["x"]}, {}, [], 2, "have no figure of clwise in common"),
    ("not of a benchmark", OLD, {"program": None}, [], 2, "program is clwise-bench"),
]


def report(rows, facts):
    works = [{"name": name, "elements": 64, "seconds": seconds} for name, seconds in rows.items()]
    return FACTS | {"works": works} | facts


def run(folder, texts, options):
    files = [pathlib.Path(folder, name) for name in ("old.json", "new.json")]
    for file, text in zip(files, texts):
        if text is not None:
            file.write_text(text, encoding="utf-8")
    return subprocess.run([sys.executable, COMPARE, *files, *options], capture_output=True,
                          text=True, check=False)


def cases():
    """(name, texts of both files, options, exit status, words)"""
    old = json.dumps(report(OLD, {}))
    for name, rows, facts, options, status, words in CASES:
        yield name, (old, json.dumps(report(rows, facts))), options, status, words
    yield "no JSON", (old, "{"), [], 2, "new.json cannot be read: "
    yield "no file", (old, None), [], 2, "new.json cannot be read: "
    yield "other JSON", (old, '{"works": []}'), [], 2, "new.json is not what --json of a benchmark"
    shorter = report(OLD, {})
    for work in shorter["works"]:
        work["elements"] = 8
    yield "other sizes", (old, json.dumps(shorter)), [], 2, "have no figure of clwise in common"


ALL = list(cases())
print(f"1..{len(ALL)}")
failed = 0
for number, (name, texts, options, status, words) in enumerate(ALL, 1):
    with tempfile.TemporaryDirectory() as folder:
        said = run(folder, texts, options)
    right = said.returncode == status and words in (said.stderr if status == 2 else said.stdout)
    failed += not right
    print("ok" if right else "not ok", number, "-", name)
    if not right:
        print(f"# status {said.returncode}: {said.stdout} {said.stderr}")
sys.exit(failed != 0)
