"""NumPy, PyTorch, numexpr, JAX and PyOpenCL as peers of clwise-bench, which starts this program: a product.

What follows `open LIBRARY`: DTYPE ELEMENTS. For the rest see peers.py."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import peers  # noqa: E402
from peers import aligned, DTYPES, read_inputs, serve  # noqa: E402


def operands(numpy, words):
    """Two inputs and room for the result."""
    dtype, elements = words.split()
    a, b = read_inputs(numpy, [dtype] * 2, int(elements))
    return a, b, aligned(numpy, DTYPES[dtype], int(elements))


class Numpy(peers.Numpy):
    def open(self, words):
        a, b, out = operands(self.numpy, words)
        return lambda: self.numpy.multiply(a, b, out=out)


class Torch(peers.Torch):
    def open(self, words):
        a, b, out = (self.torch.from_numpy(x) for x in operands(self.numpy, words))
        return lambda: self.torch.mul(a, b, out=out)


class Numexpr(peers.Numexpr):
    def open(self, words):
        if not words.startswith("f"):  # neither u8 nor c64: it computes in other dtypes
            return None
        a, b, out = operands(self.numpy, words)
        arrays = {"a": a, "b": b}
        return lambda: self.numexpr.evaluate("a * b", arrays, out=out)


class Jax(peers.Jax):
    def open(self, words):
        a, b = (self.jax.numpy.asarray(x) for x in operands(self.numpy, words)[:2])
        product = self.jax.jit(lambda x, y: x * y)
        return lambda: product(a, b).block_until_ready()


class Pyopencl:
    def __init__(self, threads):
        os.environ["PYOPENCL_NO_CACHE"] = "1"
        import numpy
        import pyopencl
        import pyopencl.array
        import pyopencl.elementwise
        self.numpy, self.cl = numpy, pyopencl
        self.context = pyopencl.create_some_context(interactive=False)
        self.queue = pyopencl.CommandQueue(self.context)
        self.version = pyopencl.VERSION_TEXT

    def open(self, words):
        if not words.startswith("f32"):
            return None
        a, b, out = (self.cl.array.to_device(self.queue, x) for x in operands(self.numpy, words))
        kernel = self.cl.elementwise.ElementwiseKernel(
            self.context, "float *a, float *b, float *y", "y[i] = a[i] * b[i]")

        def run():
            kernel(a, b, out)
            self.queue.finish()
            return out
        return run


serve({"NumPy": Numpy, "PyTorch": Torch, "numexpr": Numexpr, "JAX": Jax,
       "PyOpenCL": Pyopencl})
