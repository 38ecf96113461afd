"""NumPy, PyTorch and JAX as peers of clwise-layouts, which starts this program: sums of views.

What follows `open LIBRARY`: DTYPE LAYOUT SHAPE LAYOUT SHAPE SHAPE: of the first array, the second
one, and the output; a SHAPE is 4096x4096. For the rest see peers.py."""
import math
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import peers  # noqa: E402
from peers import aligned, DTYPES, read_inputs, serve  # noqa: E402

VIEWS = {"whole": lambda x: x, "transposed": lambda x: x.T, "reversed": lambda x: x[:, ::-1],
         "second": lambda x: x[:, ::2], "permuted": lambda x: x.transpose(2, 1, 0),
         "inner": lambda x: x[1:-1, 1:-1], "planes": lambda x: x.transpose(1, 2, 0),
         "pixels": lambda x: x.transpose(2, 0, 1)}


def shape_of(word):
    return tuple(int(extent) for extent in word.split("x"))


def operands(numpy, words):
    """Two arrays, the views of them, and room for the result."""
    dtype, first, shape_a, second, shape_b, shape = words.split()
    shapes = shape_of(shape_a), shape_of(shape_b)
    arrays = read_inputs(numpy, [dtype] * 2, [math.prod(shape) for shape in shapes])
    out = aligned(numpy, DTYPES[dtype], math.prod(shape_of(shape))).reshape(shape_of(shape))
    return [array.reshape(shape) for array, shape in zip(arrays, shapes)], (first, second), out


class Numpy(peers.Numpy):
    def open(self, words):
        arrays, layouts, out = operands(self.numpy, words)
        a, b = (VIEWS[layout](array) for layout, array in zip(layouts, arrays))
        return lambda: self.numpy.add(a, b, out=out)


class Torch(peers.Torch):
    def open(self, words):
        """It has no negative strides: what is reversed is flipped by each run, to an array."""
        arrays, layouts, out = operands(self.numpy, words)
        views = VIEWS | {"reversed": lambda x: x, "permuted": lambda x: x.permute(2, 1, 0),
                         "planes": lambda x: x.permute(1, 2, 0),
                         "pixels": lambda x: x.permute(2, 0, 1)}
        a, b = (views[layout](self.torch.from_numpy(array))
                for layout, array in zip(layouts, arrays))
        out = self.torch.from_numpy(out)
        if layouts[0] == "reversed":
            return lambda: self.torch.add(self.torch.flip(a, (1,)), b, out=out)
        return lambda: self.torch.add(a, b, out=out)


class Jax(peers.Jax):
    def open(self, words):
        arrays, layouts, _ = operands(self.numpy, words)
        a, b = (self.jax.numpy.asarray(array) for array in arrays)
        first, second = (VIEWS[layout] for layout in layouts)
        total = self.jax.jit(lambda x, y: first(x) + second(y))
        return lambda: total(a, b).block_until_ready()


serve({"NumPy": Numpy, "PyTorch": Torch, "JAX": Jax})
