"""NumPy, numexpr, PyTorch and JAX as peers of clwise-expressions, which starts this program.

What follows `open LIBRARY`: DTYPE RESULT ELEMENTS OPERANDS TEXT, operands being a, b, c, ... For the
rest see peers.py. NumPy and PyTorch work eagerly: an array for each operation. numexpr has blocks, in
all threads, and writes to a given array; JAX compiles the text."""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import peers  # noqa: E402
from peers import DTYPES, aligned, read_inputs, serve  # noqa: E402


class Library:
    """A text compiled as a Python function of the operands, with the library's names."""

    def function(self, operands, text):
        return eval(f"lambda {', '.join(operands)}: {text}", self.names)

    def operands(self, dtype, elements, count):
        return read_inputs(self.numpy, [dtype] * count, elements)

    def value(self, result, index):
        return result[index]


def parse(words):
    dtype, result, elements, count, text = words.split(None, 4)
    return dtype, result, int(elements), list("abcde"[:int(count)]), text.strip()


class Numpy(Library, peers.Numpy):
    def __init__(self, threads):
        super().__init__(threads)
        import scipy.special
        self.numpy.seterr(all="ignore")
        self.names = {**vars(self.numpy), "f32": self.numpy.float32, "ndtr": scipy.special.ndtr}

    def open(self, words):
        dtype, _, elements, operands, text = parse(words)
        function, arrays = self.function(operands, text), self.operands(dtype, elements, len(operands))
        return lambda: function(*arrays)


class Numexpr(Library, peers.Numexpr):
    def open(self, words):
        dtype, result, elements, operands, text = parse(words)
        arrays = dict(zip(operands, self.operands(dtype, elements, len(operands))))
        if dtype == "f32":  # numexpr's own literals are doubles, and make all else double
            literals = re.findall(r"\d*\.\d+", text)
            text = re.sub(r"\d*\.\d+", lambda literal: f"x{literals.index(literal[0])}", text)
            arrays |= {f"x{i}": self.numpy.float32(x) for i, x in enumerate(literals)}
        out = aligned(self.numpy, DTYPES[result], elements)
        constants = {"truediv": True, "out": out, "casting": "same_kind"}
        self.numexpr.evaluate(text, arrays, **constants)
        return lambda: self.numexpr.evaluate(text, arrays, **constants)


class Torch(Library, peers.Torch):
    def __init__(self, threads):
        super().__init__(threads)
        self.names = {**vars(self.torch), "f32": lambda x: x.float(),
                      "ndtr": self.torch.special.ndtr}

    def open(self, words):
        dtype, _, elements, operands, text = parse(words)
        arrays = self.operands(dtype, elements, len(operands))
        function, tensors = self.function(operands, text), [self.torch.from_numpy(x) for x in arrays]
        return lambda: function(*tensors)


class Jax(Library, peers.Jax):
    def __init__(self, threads):
        super().__init__(threads)
        import jax.scipy.special
        self.names = {**vars(self.jax.numpy), "f32": self.jax.numpy.float32,
                      "ndtr": jax.scipy.special.ndtr}

    def open(self, words):
        dtype, _, elements, operands, text = parse(words)
        function = self.jax.jit(self.function(operands, text))
        arrays = [self.jax.numpy.asarray(x) for x in self.operands(dtype, elements, len(operands))]
        return lambda: function(*arrays).block_until_ready()


serve({"NumPy": Numpy, "numexpr": Numexpr, "PyTorch": Torch, "JAX": Jax})
