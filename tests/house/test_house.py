#!/usr/bin/env python3
"""The rules of the house that a program can check. Exceptions stand here, each with its reason."""
import re
import shutil
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True  # nothing is written into the tree
from tree import ROOT, TEXT_LIMIT, Tap, all_files, files, read, strings, without_comments, \
    without_strings

FLOORS = ["base", "ops", "plan", "codegen", "cache", "device", "api"]
CL_FLOORS = ("cache", "device", "api")
FUNCTION_LINES = 60
FUNCTION_MEDIAN = 15
FILE_LINES = 400

# File: why it may include the library's own headers.
INCLUDE_EXCEPTIONS = {
    "tools/gen_ops_header.c": "writes clwise_ops.h while the library is built, with its parser",
}

# File: why it may be longer.
LENGTH_EXCEPTIONS = {
    "include/clwise/clwise.h": "the contract is one header",
}

# (file, name) that is an op's, or (file, None) for all names: why it may stand there.
OP_NAME_EXCEPTIONS = {
    ("runtime/ops/expression_operators.c", None): "the table of operators and the ops they call",
    ("runtime/ops/opfile_row.c", "complex"): "a class of dtypes in `loop` rows",
    ("runtime/codegen/element.c", "where"): "the mask of a call, clw_call_options.where",
    ("runtime/plan/words.c", "where"): "the mask of a call, clw_call_options.where",
}


# ---- Includes ----

def includes(name):
    for number, line in enumerate(without_comments(read(name)).splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+(<[^>]+>|"[^"]+")', line)
        if found:
            yield number, found.group(1)[1:-1], found.group(1)[0] == '"'


def is_cl(path):
    return path.startswith("CL/") or path == "clwise/clwise_cl.h"


def runtime_include_problem(name, path, quoted):
    floor = name.split("/")[1]
    if is_cl(path) and floor not in CL_FLOORS:
        return "OpenCL headers are for " + ", ".join(CL_FLOORS)
    if not quoted:
        return None
    parts = path.split("/")
    if parts[0] != "runtime" or len(parts) < 3:
        return "an include of the library is written from the root and stays in runtime/"
    if FLOORS.index(parts[1]) > FLOORS.index(floor):
        return f"{parts[1]} is above {floor}"
    return None


def include_problems():
    for name in files(".c", ".h", under=["runtime/", "tools/", "bench/", "examples/"]):
        top = name.split("/")[0]
        for number, path, quoted in includes(name):
            problem = None
            if top == "runtime":
                problem = runtime_include_problem(name, path, quoted)
            elif quoted and not path.startswith(top + "/") and name not in INCLUDE_EXCEPTIONS:
                problem = f"{top} includes <clwise/...> and its own headers, from the root"
            if problem:
                yield f"{name}:{number}: {path}: {problem}"


def public_functions():
    for name in files(".h", under=["include/"]):
        declarations = without_comments(read(name))
        yield from re.findall(r"CLW_API[^;{]*?\b(clw_\w+)\s*\(", declarations)


def upward_calls():
    """A floor below api that calls the public interface would need api to be linked."""
    public = set(public_functions())
    for name in files(".c", ".h", under=[f"runtime/{floor}/" for floor in FLOORS[:-1]]):
        for number, line in enumerate(without_strings(read(name)).splitlines(), 1):
            for called in re.findall(r"\b(clw_\w+)\s*\(", line):
                if called in public:
                    yield f"{name}:{number}: {called} is a function of api"


# ---- Sizes ----

def functions(name):
    """(first line, length) of each function: from its declaration to the brace in column 0."""
    lines = read(name).splitlines()
    start = 0
    for index, line in enumerate(lines):
        if re.match(r"\w.*\)\s*\{.*\}\s*$", line):
            yield index + 1, 1
        elif line == "{":
            start = index
            while start > 0 and re.match(r"[\w ]", lines[start - 1]) \
                    and not lines[start - 1].rstrip().endswith((";", "*/")):
                start -= 1
        elif line.startswith("}") and start:
            yield start + 1, index - start + 1
            start = 0


def function_problems():
    for name in files(".c", ".cl", ".clh"):
        for line, length in functions(name):
            if length > FUNCTION_LINES:
                yield f"{name}:{line}: a function of {length} lines, {FUNCTION_LINES} are most"


def hidden_functions():
    """A brace at the end of a function's first line would hide it from the checks above."""
    for name in files(".c", ".cl", ".clh"):
        for number, line in enumerate(without_comments(read(name)).splitlines(), 1):
            if re.match(r"[A-Za-z_].*\)\s*\{\s*$", line) and not line.startswith("#"):
                yield f"{name}:{number}: a function's brace stands on its own line"


def median_problems():
    lengths = [length for name in files(".c", under=["runtime/"]) for _, length in functions(name)]
    median = statistics.median(lengths) if lengths else 0
    print(f"# runtime: {len(lengths)} functions, median {median} lines, longest "
          f"{max(lengths, default=0)}")
    if median > FUNCTION_MEDIAN:
        yield f"the median function of runtime/ has {median} lines, {FUNCTION_MEDIAN} are most"


def file_length_problems():
    for name in files(".c", ".h", ".cl", ".clh", ".py", ".sh"):
        length = read(name).count("\n")
        if length > FILE_LINES and name not in LENGTH_EXCEPTIONS:
            yield f"{name}: {length} lines, {FILE_LINES} are most"


# ---- Ops are data ----

def op_names():
    names = set()
    for name in files(".cl", under=["cl/ops/"]):
        for line in read(name).splitlines():
            found = re.match(r"//!\s*(op|alias)\s+(.*)", line)
            if found and found.group(1) == "op":
                names.add(found.group(2).split("(")[0].strip())
            elif found:
                names.update(found.group(2).split())
    return names


def named_ops(string, names):
    """A word of English is an op's name only where it is all of the string, or is called."""
    if string in names:
        yield string
        return
    for found in re.finditer(r"\b[A-Za-z_]\w*", string):
        word = found.group()
        looks_like_name = "_" in word or re.search(r"\d", word)
        called = string[found.end():].lstrip().startswith("(")
        if word in names and (looks_like_name or called):
            yield word


def op_name_problems():
    names, used = op_names(), set()
    if not names:
        yield "no ops found in cl/ops"
    for name in files(".c", ".h", under=["runtime/"]):
        for line, string in strings(read(name)):
            for op in named_ops(string, names):
                excused = {(name, None), (name, op)} & OP_NAME_EXCEPTIONS.keys()
                used |= excused
                if not excused:
                    yield f'{name}:{line}: names the op {op}: "{string}"'
    for name, op in OP_NAME_EXCEPTIONS.keys() - used:
        yield f"the exception of {name} for {op or 'all ops'} is no longer needed"


# ---- Files ----

def readme_problems():
    folders = {"/".join(name.split("/")[:2]) for name in files("", under=["runtime/"])
               if name.count("/") > 1}
    for folder in sorted(folders | {"runtime", "cl", "tests", "tools", "bench", "examples"}):
        if not (ROOT / folder / "README.md").is_file():
            yield f"{folder}/README.md is missing"


def word_problems():
    words = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    machine_paths = re.compile(r"(?<![\w.])/(home/(?!me\b)|root/|work/|Users/)[\w.-]+")
    for name in all_files():
        if (ROOT / name).stat().st_size > TEXT_LIMIT or \
                name.startswith("tests/fuzz/corpus/") or name.endswith(".png"):
            continue
        for number, line in enumerate(read(name).splitlines(), 1):
            for found in (words.search(line), machine_paths.search(line)):
                if found:
                    yield f"{name}:{number}: {found.group()}"


def generated_names():
    """What the build files write, and what compilers and interpreters leave behind."""
    for name in files("meson.build"):
        for outputs in re.findall(r"\boutput:\s*(\[[^\]]*\]|'[^']*')", read(name)):
            yield from re.findall(r"'([^'@]+)'", outputs)


def committed_problems():
    generated = set(generated_names())
    leftovers = (".o", ".a", ".so", ".pyc", ".gch", ".gcda", ".gcno", ".orig", ".rej", ".swp", "~")
    for name in all_files():
        if name.split("/")[-1] in generated or name.endswith(leftovers):
            yield f"{name} is generated"


def format_problems():
    names = files(".c", ".h", under=["include/", "runtime/", "tools/", "bench/", "tests/",
                                    "examples/"])
    run = subprocess.run(["clang-format", "--dry-run", "-Werror", *names], cwd=ROOT,
                         stderr=subprocess.PIPE, text=True, check=False)
    reported = set()
    for line in run.stderr.splitlines():
        place = re.match(r"([^:\s]+):\d+:\d+: ", line)
        if place and place.group(1) not in reported:
            reported.add(place.group(1))
            yield line
    if run.returncode and not reported:
        yield f"clang-format fails: {run.stderr[:200]}"


CHECKS = [
    ("includes point down, from the root", include_problems),
    ("floors below api do not call it", upward_calls),
    (f"functions have at most {FUNCTION_LINES} lines", function_problems),
    ("a function's brace stands on its own line", hidden_functions),
    (f"the median function of runtime/ has at most {FUNCTION_MEDIAN} lines", median_problems),
    (f"files have at most {FILE_LINES} lines", file_length_problems),
    ("no op is named in C", op_name_problems),
    ("every folder has a README.md", readme_problems),
    ("no unfinished notes, no paths of one machine", word_problems),
    ("generated files are not committed", committed_problems),
]


def main():
    tap = Tap()
    for what, problems in CHECKS:
        tap.check(what, problems())
    if shutil.which("clang-format"):
        tap.check("clang-format changes nothing", format_problems())
    else:
        tap.skip("clang-format changes nothing", "clang-format is not installed")
    tap.finish()


if __name__ == "__main__":
    main()
