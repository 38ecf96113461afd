"""What the checks of the house share: the files of the tree, C without comments, and TAP."""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT_LIMIT = 1 << 20


def _walk():
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and parts[0] != ".git" and not parts[0].startswith("build") \
                and "__pycache__" not in parts:
            yield "/".join(parts)


def all_files():
    """Paths from the root of every file that git knows or would add; without git, of every file."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    names = listed.stdout.split("\0") if listed.returncode == 0 else _walk()
    return [name for name in sorted(set(names)) if name and (ROOT / name).is_file()]


def files(*endings, under=()):
    return [name for name in all_files()
            if name.endswith(endings) and (not under or name.startswith(tuple(under)))]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def without_comments(text):
    """Comments become blanks of as many lines, so that line numbers stay."""
    def blank(match):
        token = match.group()
        return "\n" * token.count("\n") + " " if token.startswith("/") else token
    return TOKEN.sub(blank, text)


def strings(text):
    """(line, contents) of the string literals; includes are none."""
    bare = re.sub(r'(?m)^\s*#\s*include.*$', "", without_comments(text))
    for match in TOKEN.finditer(bare):
        if match.group().startswith('"'):
            yield bare.count("\n", 0, match.start()) + 1, match.group()[1:-1]


def without_strings(text):
    return TOKEN.sub(lambda m: '""' if m.group().startswith('"') else m.group(),
                     without_comments(text))


class Tap:
    """Collects results; problems are lines that say where."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def _line(self, good, text):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {text}")

    def check(self, what, problems):
        problems = list(problems)
        for problem in problems:
            print(f"# {problem}")
        self._line(not problems, what)

    def skip(self, what, why):
        self._line(True, f"{what} # SKIP {why}")

    def finish(self):
        print(f"1..{self.count}")
        sys.exit(self.failed > 0)
