"""NumPy, SciPy and PyTorch as peers of clwise-functions, which starts this program.

A line on stdin is a command, a line on stdout its answer:
    open LIBRARY FUNCTION DTYPE ELEMENTS INPUTS PARAMETER    "ok", or why not
    run LIBRARY                                              seconds
    value LIBRARY INDEX                                      real part of an element of the result
    close LIBRARY                                            "ok"
The inputs are in the file that is open as descriptor 3, one after another. Arguments: the number
of threads. First comes a line for each library: "ok" and its version, or why it is absent."""
import os
import sys
import time

HUGE = 1 << 21  # NumPy asks for huge pages, as clwise-functions does
DTYPES = {"f32": "float32", "f64": "float64", "c64": "complex64", "c128": "complex128"}

# Function: where NumPy (np) or SciPy (sc) have it. None, or not here: nowhere as one function.
NUMPY = {
    "copy": "np.positive", "exp": "np.exp", "exp2": "np.exp2", "exp10": "sc.exp10",
    "expm1": "np.expm1", "log": "np.log", "log2": "np.log2", "log10": "np.log10",
    "log1p": "np.log1p", "logaddexp": "np.logaddexp", "logaddexp2": "np.logaddexp2",
    "xlogy": "sc.xlogy", "xlog1py": "sc.xlog1py", "logit": "sc.logit", "sigmoid": "sc.expit",
    "entr": "sc.entr", "power": "np.power", "float_power": "np.float_power", "sqrt": "np.sqrt",
    "cbrt": "np.cbrt", "hypot": "np.hypot", "sin": "np.sin", "cos": "np.cos", "tan": "np.tan",
    "asin": "np.arcsin", "acos": "np.arccos", "atan": "np.arctan", "atan2": "np.arctan2",
    "sinc": "np.sinc", "degrees": "np.degrees", "radians": "np.radians", "sinh": "np.sinh",
    "cosh": "np.cosh", "tanh": "np.tanh", "asinh": "np.arcsinh", "acosh": "np.arccosh",
    "atanh": "np.arctanh", "absolute": "np.absolute", "reciprocal": "np.reciprocal",
    "multiply": "np.multiply", "divide": "np.divide", "sign": "np.sign", "angle": "np.angle",
    "erf": "sc.erf", "erfc": "sc.erfc", "erfcx": "sc.erfcx", "erfinv": "sc.erfinv",
    "lgamma": "sc.gammaln", "digamma": "sc.digamma", "igamma": "sc.gammainc",
    "igammac": "sc.gammaincc", "zeta": "sc.zeta", "ndtr": "sc.ndtr", "ndtri": "sc.ndtri",
    "log_ndtr": "sc.log_ndtr", "i0": "sc.i0", "i0e": "sc.i0e", "i1": "sc.i1", "i1e": "sc.i1e",
    "bessel_j0": "sc.j0", "bessel_j1": "sc.j1", "bessel_y0": "sc.y0", "bessel_y1": "sc.y1",
    "modified_bessel_k0": "sc.k0", "modified_bessel_k1": "sc.k1",
    "scaled_modified_bessel_k0": "sc.k0e", "scaled_modified_bessel_k1": "sc.k1e",
}

# Where PyTorch has a function under another name than torch.NAME or torch.special.NAME. Those of
# torch.nn.functional take no out=; what they call does.
TORCH = {
    "copy": "torch.Tensor.copy_", "exp10": None, "power": "torch.pow", "cbrt": None,
    "sinpi": None, "cospi": None, "tanpi": None, "degrees": "torch.rad2deg",
    "radians": "torch.deg2rad", "sign": "torch.sgn", "igamma": "torch.special.gammainc",
    "igammac": "torch.special.gammaincc", "silu": "torch._C._nn.silu",
    "gelu": "torch._C._nn.gelu", "gelu_tanh": "torch._C._nn.gelu",
    "softplus": "torch._C._nn.softplus", "hardtanh": "torch._C._nn.hardtanh",
    "leaky_relu": "torch._C._nn.leaky_relu", "elu": "torch._C._nn.elu",
    "mish": "torch._C._nn.mish", "squared_difference": None,
}


def aligned(numpy, dtype, elements):
    """An array that begins on a huge page, touched."""
    size = elements * numpy.dtype(dtype).itemsize
    memory = numpy.empty(size + HUGE, numpy.uint8)
    begin = -memory.ctypes.data % HUGE
    array = memory[begin:begin + size].view(dtype)
    array.fill(0)
    return array


def read_inputs(numpy, dtype, elements, inputs):
    arrays = []
    for index in range(inputs):
        array = aligned(numpy, DTYPES[dtype], elements)
        view, at = memoryview(array).cast("B"), 0
        while at < array.nbytes:
            got = os.preadv(3, [view[at:at + (1 << 30)]], index * array.nbytes + at)
            if got <= 0:
                raise OSError("the inputs end early")
            at += got
        arrays.append(array)
    return arrays


class Numpy:
    def __init__(self, threads):
        import numpy
        self.numpy = numpy
        self.version = f"{numpy.__version__}, one core"
        self.rooms = {"np": numpy}
        try:
            import scipy
            import scipy.special
            self.rooms["sc"] = scipy.special
            self.version += f"; SciPy {scipy.__version__} for what NumPy has not"
        except ImportError:
            pass

    def find(self, name, parameter):
        room, _, word = (NUMPY.get(name) or ".").partition(".")
        return getattr(self.rooms.get(room), word, None)

    def open(self, name, dtype, elements, inputs, parameter):
        function = self.find(name, parameter)
        if function is None:
            return None
        arrays = read_inputs(self.numpy, dtype, elements, inputs)
        out = aligned(self.numpy, function(*(a[:1] for a in arrays)).dtype, elements)
        if isinstance(function, self.numpy.ufunc):
            return lambda: function(*arrays, out=out)
        return lambda: function(*arrays)

    def value(self, result, index):
        return result[index].real


class Torch:
    def __init__(self, threads):
        # Stand-ins for CUDA's libraries have no functions in them (python-peers.sh).
        sys.setdlopenflags(os.RTLD_LAZY)
        import torch
        import numpy
        torch.set_num_threads(threads)
        self.torch, self.numpy = torch, numpy
        self.version = f"{torch.__version__}, {torch.get_num_threads()} threads, " \
            f"{torch.backends.cpu.get_cpu_capability()}"

    def find(self, name, parameter):
        torch = self.torch
        if name in TORCH:
            function = torch if TORCH[name] else None
            for word in (TORCH[name] or "torch").split(".")[1:]:
                function = getattr(function, word)
        else:
            function = getattr(torch, name, None) or getattr(torch.special, name, None)
        if name == "gelu_tanh":
            return lambda x, **out: function(x, approximate="tanh", **out)
        if name == "polygamma":
            return lambda x, **out: function(parameter, x, **out)
        if name == "mvlgamma":
            return lambda x, **out: function(x, parameter, **out)
        return function

    def open(self, name, dtype, elements, inputs, parameter):
        function = self.find(name, parameter)
        if function is None:
            return None
        arrays = read_inputs(self.numpy, dtype, elements, inputs)
        inputs = [self.torch.from_numpy(a) for a in arrays]
        if name == "copy":
            out = self.torch.from_numpy(aligned(self.numpy, arrays[0].dtype, elements))
            return lambda: function(out, *inputs)
        kind = function(*(x[:1] for x in inputs)).numpy().dtype
        out = self.torch.from_numpy(aligned(self.numpy, kind, elements))
        try:
            function(*(x[:1] for x in inputs), out=out[:1])
            return lambda: function(*inputs, out=out)
        except TypeError:
            return lambda: function(*inputs)

    def value(self, result, index):
        value = result[index].item()
        return value.real


def make(kind, threads):
    try:
        library = kind(threads)
        print("ok", library.version, flush=True)
        return library
    except Exception as error:
        print("absent:", " ".join(str(error).split()), flush=True)
        return None


def answer(libraries, runs, results, words):
    command, name = words[:2]
    if command == "open":
        function, dtype, elements, inputs, parameter = words[2:]
        runs[name] = libraries[name] and libraries[name].open(
            function, dtype, int(elements), int(inputs), int(parameter))
        return "ok" if runs[name] else "it has none"
    if command == "run":
        begin = time.perf_counter()
        results[name] = runs[name]()
        return repr(time.perf_counter() - begin)
    if command == "value":
        return repr(float(libraries[name].value(results[name], int(words[2]))))
    runs.pop(name, None)
    results.pop(name, None)
    return "ok"


def main():
    threads = int(sys.argv[1])
    libraries = {"NumPy": make(Numpy, threads), "PyTorch": make(Torch, threads)}
    if libraries["NumPy"]:
        libraries["NumPy"].numpy.seterr(all="ignore")
    runs, results = {}, {}
    for line in sys.stdin:
        try:
            print(answer(libraries, runs, results, line.split()), flush=True)
        except Exception as error:
            print(type(error).__name__ + ":", " ".join(str(error).split()), flush=True)


main()
