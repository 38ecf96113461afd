#!/usr/bin/env python3
"""Random expressions: the graph that clwise makes of one must be the tree that Python's own parser
makes of it, and arithmetic between literals must give Python's numbers, bit for bit.

    compare_python.py TEST_EXPRESSION [SEED]
"""
import ast
import random
import subprocess
import sys
import time
import warnings

COUNT = 20000
OPS = {
    ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide",
    ast.FloorDiv: "floor_divide", ast.Mod: "remainder", ast.Pow: "power",
    ast.BitAnd: "bitwise_and", ast.BitOr: "bitwise_or", ast.BitXor: "bitwise_xor",
    ast.LShift: "bitwise_left_shift", ast.RShift: "bitwise_right_shift",
    ast.Eq: "equal", ast.NotEq: "not_equal", ast.Lt: "less", ast.LtE: "less_equal",
    ast.Gt: "greater", ast.GtE: "greater_equal",
    ast.UAdd: "positive", ast.USub: "negative", ast.Invert: "bitwise_invert",
}
BETWEEN = "+ - * / // % ** == != < <= > >= & | ^ << >>".split()
BEFORE = "- + ~".split()


class Refused(Exception):
    """Python computes it, clwise says that it does not."""


def show_number(value):
    if isinstance(value, complex):
        return f"({show_number(value.real)} {show_number(value.imag)}j)"
    if isinstance(value, int):
        if not -2**63 <= value < 2**64:
            raise Refused
        return f"{value}u" if value >= 2**63 else str(value)
    text = "%.17g" % value
    text = text.replace("-nan", "nan")
    return text if any(c in text for c in ".en") else text + ".0"


def fold(node, values):
    """What Python makes of an operator between numbers; None where clwise calls the op."""
    is_complex = any(isinstance(v, complex) for v in values)
    kinds = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.UAdd, ast.USub) if is_complex else None
    if isinstance(node, ast.Compare) or (kinds and not isinstance(node.op, kinds)):
        return None
    if all(isinstance(v, int) for v in values) and len(values) == 2:
        if isinstance(node.op, ast.LShift) and values[0] and values[1] > 64:
            raise Refused
        if isinstance(node.op, ast.Pow) and abs(values[0]) > 1 and values[1] > 64:
            raise Refused
        if isinstance(node.op, ast.Pow) and values[1] > 64:
            values = [values[0], 64 + values[1] % 2]
        if isinstance(node.op, ast.Div):  # clwise rounds integers above 2**53 before it divides
            values = [float(v) for v in values]
    try:
        whole = ast.Expression(ast.UnaryOp(node.op, ast.Constant(values[0])) if len(values) == 1
                               else ast.BinOp(ast.Constant(values[0]), node.op,
                                              ast.Constant(values[1])))
        result = eval(compile(ast.fix_missing_locations(whole), "", "eval"))
    except TypeError:
        return None
    except (ZeroDivisionError, OverflowError, ValueError):
        raise Refused from None
    if isinstance(result, complex) and not is_complex:
        raise Refused
    return result


def tree(node):
    """A number, or a tuple of an op's name and its operands, or an array's name."""
    if isinstance(node, ast.Constant):
        show_number(node.value)
        return node.value
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Call):
        return (node.func.id, *[tree(a) for a in node.args])
    if isinstance(node, ast.UnaryOp):
        op, parts = node.op, [node.operand]
    elif isinstance(node, ast.Compare):
        if len(node.ops) > 1:
            raise Refused
        op, parts = node.ops[0], [node.left, node.comparators[0]]
    else:
        op, parts = node.op, [node.left, node.right]
    values = [tree(part) for part in parts]
    if all(isinstance(v, (int, float, complex)) for v in values):
        folded = fold(node, values)
        if folded is not None:
            show_number(folded)
            return folded
    return (OPS[type(op)], *values)


def inputs(node, names):
    for part in node[1:] if isinstance(node, tuple) else [node]:
        if isinstance(part, tuple):
            inputs(part, names)
        elif isinstance(part, str) and part not in names:
            names.append(part)
    return names


def show(node, seen):
    if isinstance(node, str):
        return node
    if not isinstance(node, tuple):
        return show_number(node)
    key = repr(node)
    if key not in seen:
        seen[key] = len(seen) + 1
        return f"{node[0]}({' '.join(show(part, seen) for part in node[1:])})"
    return f"%{seen[key]}"


def expected(text):
    try:
        top = tree(ast.parse(text, mode="eval").body)
        names = inputs(top, [])
        return (" ".join(names) + ": " if names else "") + "y=" + show(top, {})
    except (Refused, SyntaxError):
        return "error"


def random_number(rng):
    whole = rng.choice([0, 1, 2, 3, 7, 63, 64, rng.getrandbits(rng.randint(1, 64)), 2**63, 2**64 - 1])
    fraction = rng.choice([0.5, 1.5, 2.25, rng.random(), rng.random() * 10**rng.randint(-30, 30)])
    return rng.choice([str(whole), hex(whole), oct(whole), bin(whole), f"{whole:_}", repr(fraction),
                       f"{fraction:.3e}", f"{whole % 100}j", repr(fraction) + "j",
                       f"{whole % 1000}."])


def random_text(rng, depth, arrays):
    kind = rng.random()
    if depth == 0 or kind < 0.15:
        return rng.choice("abcd") if arrays and rng.random() < 0.7 else random_number(rng)
    if kind < 0.30:
        return rng.choice(BEFORE) + rng.choice(["", " "]) + random_text(rng, depth - 1, arrays)
    if kind < 0.45:
        return "(" + random_text(rng, depth - 1, arrays) + ")"
    if kind < 0.52 and arrays:
        return "sin(" + random_text(rng, depth - 1, arrays) + ")"
    space = rng.choice(["", " "])
    return (random_text(rng, depth - 1, arrays) + space + rng.choice(BETWEEN) + space +
            random_text(rng, depth - 1, arrays))


def same(got, want):
    return got.startswith("error: ") if want == "error" else got == want


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 2**32
    rng = random.Random(seed)
    warnings.simplefilter("ignore")  # Python warns of calls of numbers and the like
    texts = [random_text(rng, rng.randint(1, 5), i % 3 > 0) for i in range(COUNT)]
    run = subprocess.run([sys.argv[1], "show"], input="\n".join(texts) + "\n", text=True,
                         stdout=subprocess.PIPE, check=True, timeout=300)
    lines = run.stdout.splitlines()
    wrong = [(text, got, want) for text, got, want in zip(texts, lines, map(expected, texts))
             if not same(got, want)]
    for text, got, want in wrong[:20]:
        print(f"# {text}\n#   gives    {got}\n#   expected {want}")
    print(f"# seed {seed}: {len(texts)} expressions, "
          f"{sum(line.startswith('error') for line in lines)} refused, {len(wrong)} differ")
    print("1..1")
    print(("ok" if not wrong and len(lines) == COUNT else "not ok") + " 1 - graphs are Python's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
