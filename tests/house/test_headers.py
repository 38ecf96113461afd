#!/usr/bin/env python3
"""Every header compiles alone without a warning: the public ones as C11 and C++17, with each compiler
that is installed; the library's own as C11.

    test_headers.py FOLDER...        where clwise/clwise.h and the generated clwise/clwise_ops.h are
"""
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True  # nothing is written into the tree
from tree import ROOT, Tap, files

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wundef", "-Wcast-qual",
            "-Werror"]
LANGUAGES = [("gcc", "c", "c11"), ("clang", "c", "c11"), ("g++", "c++", "c++17"),
             ("clang++", "c++", "c++17")]

# The macros of the header, as a caller writes them.
USE = r"""
#include <clwise/{header}>
clw_status use(clw_context *context, clw_array **out, clw_error *error);
clw_status use(clw_context *context, clw_array **out, clw_error *error)
{{
    const clw_operand operands[] = {{CLW_ARRAY(*out),      CLW_BOOLEAN(1), CLW_INT(-3), CLW_UINT(3),
                                    CLW_FLOAT(2.5), CLW_COMPLEX(0, 1)}};
    clw_status status = clw_array_empty(context, CLW_F32, CLW_SHAPE(2, 3), out, error);
    if (status == CLW_OK)
        status = clw_eval(context, "a + 1", out, error, "a", *out, NULL);
    return operands[1].array ? CLW_OK : status;
}}
"""


def compiler_problems(compiler, language, standard, text, folders, extra=()):
    command = [compiler, "-x", language, f"-std={standard}", *WARNINGS, *extra, "-fsyntax-only",
               *[f"-I{folder}" for folder in folders], "-"]
    run = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, check=False, timeout=120)
    return run.stdout.splitlines()[:20] or ["fails"] if run.returncode else []


def check_public(tap, folders):
    for compiler, language, standard in LANGUAGES:
        for header in ("clwise.h", "clwise_cl.h"):
            what = f"{header} alone: {compiler} -std={standard}"
            if not shutil.which(compiler):
                tap.skip(what, f"{compiler} is not installed")
                continue
            tap.check(what, compiler_problems(compiler, language, standard,
                                              USE.format(header=header), folders))


def own_header_problems(compiler, folders):
    for name in files(".h", under=["runtime/", "tools/"]):
        text = f'#include "{name}"\n#include "{name}"\n'
        for line in compiler_problems(compiler, "c", "c11", text, [ROOT, *folders],
                                      ["-D_GNU_SOURCE", "-Wno-cast-qual"]):
            yield f"{name}: {line}"


def main():
    tap = Tap()
    folders = sys.argv[1:]
    check_public(tap, folders)
    compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    if compiler:
        tap.check("the library's own headers alone", own_header_problems(compiler, folders))
    else:
        tap.skip("the library's own headers alone", "no C compiler is installed")
    tap.finish()


if __name__ == "__main__":
    main()
