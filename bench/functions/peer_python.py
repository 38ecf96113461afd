"""NumPy, SciPy and PyTorch as peers of clwise-functions, which starts this program.

What follows `open LIBRARY`: FUNCTION DTYPE ELEMENTS INPUTS PARAMETER. For the rest see peers.py."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import peers  # noqa: E402
from peers import aligned, read_inputs, serve  # noqa: E402

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


class Numpy(peers.Numpy):
    def __init__(self, threads):
        super().__init__(threads)
        self.numpy.seterr(all="ignore")
        self.rooms = {"np": self.numpy}
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

    def open(self, words):
        name, dtype, elements, inputs, parameter = words.split()
        elements = int(elements)
        function = self.find(name, int(parameter))
        if function is None:
            return None
        arrays = read_inputs(self.numpy, [dtype] * int(inputs), elements)
        out = aligned(self.numpy, function(*(a[:1] for a in arrays)).dtype, elements)
        if isinstance(function, self.numpy.ufunc):
            return lambda: function(*arrays, out=out)
        return lambda: function(*arrays)

    def value(self, result, index):
        return result[index].real


class Torch(peers.Torch):
    def __init__(self, threads):
        super().__init__(threads)
        self.version += f", {self.torch.backends.cpu.get_cpu_capability()}"

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

    def open(self, words):
        name, dtype, elements, inputs, parameter = words.split()
        elements = int(elements)
        function = self.find(name, int(parameter))
        if function is None:
            return None
        arrays = read_inputs(self.numpy, [dtype] * int(inputs), elements)
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


serve({"NumPy": Numpy, "PyTorch": Torch})
