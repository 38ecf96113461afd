"""What the Python peers of the benchmarks share: memory, and how they answer.

A line on stdin is a command, a line on stdout its answer:
    open LIBRARY ...           "ok", or why not
    run LIBRARY                seconds
    sample LIBRARY SECONDS     seconds of a run, from as many as fill these
    result LIBRARY             "ok"; its bytes are in the file from the start
    value LIBRARY INDEX        real part of an element of the result
    close LIBRARY              "ok"
The inputs are in the file that is open as descriptor 3, one after another. The program's argument is
the number of threads. First comes a line for each library: "ok" and its version, or why it is absent."""
import os
import sys
import time

HUGE = 1 << 21  # NumPy asks for huge pages, as the benchmarks do
DTYPES = {"f32": "float32", "f64": "float64", "c64": "complex64", "c128": "complex128",
          "u8": "uint8", "bool": "bool"}


def aligned(numpy, dtype, elements):
    """An array that begins on a huge page, touched."""
    size = elements * numpy.dtype(dtype).itemsize
    memory = numpy.empty(size + HUGE, numpy.uint8)
    begin = -memory.ctypes.data % HUGE
    array = memory[begin:begin + size].view(dtype)
    array.fill(0)
    return array


def read_inputs(numpy, dtypes, elements):
    """elements: of each, or a list."""
    arrays, begin = [], 0
    counts = elements if isinstance(elements, list) else [elements] * len(dtypes)
    for dtype, count in zip(dtypes, counts):
        array = aligned(numpy, DTYPES[dtype], count)
        view, at = memoryview(array).cast("B"), 0
        while at < array.nbytes:
            got = os.preadv(3, [view[at:at + (1 << 30)]], begin + at)
            if got <= 0:
                raise OSError("the inputs end early")
            at += got
        begin += array.nbytes
        arrays.append(array)
    return arrays


class Numpy:
    """Of each library that several benchmarks use: numpy, the library, and its version."""

    def __init__(self, threads):
        import numpy
        self.numpy = numpy
        self.version = f"{numpy.__version__}, one core"


class Numexpr:
    def __init__(self, threads):
        import numexpr
        import numpy
        numexpr.set_num_threads(threads)
        self.numpy, self.numexpr = numpy, numexpr
        self.version = f"{numexpr.__version__}, {threads} threads"


class Torch:
    def __init__(self, threads):
        # Stand-ins for CUDA's libraries have no functions in them (python-peers.sh).
        sys.setdlopenflags(os.RTLD_LAZY)
        import numpy
        import torch
        torch.set_num_threads(threads)
        self.numpy, self.torch = numpy, torch
        self.version = f"{torch.__version__}, {torch.get_num_threads()} threads"


class Jax:
    def __init__(self, threads):
        os.environ["JAX_PLATFORMS"] = "cpu"
        import jax
        import numpy
        jax.config.update("jax_enable_x64", True)
        self.numpy, self.jax = numpy, jax
        self.version = f"{jax.__version__}, jit"


def make(kind, threads):
    try:
        library = kind(threads)
        print("ok", library.version, flush=True)
        return library
    except Exception as error:
        print("absent:", " ".join(str(error).split()), flush=True)
        return None


def sample(run, least):
    """Doubles the number of runs, so that asking for the time costs nothing."""
    run()
    runs, done, begin = 1, 0, time.perf_counter()
    while True:
        for _ in range(runs):
            run()
        done, seconds = done + runs, time.perf_counter() - begin
        if seconds >= least:
            return seconds / done
        runs *= 2


def write_result(result):
    import numpy
    result = result.get() if hasattr(result, "get") else result  # from a device's memory
    view, at = memoryview(numpy.ascontiguousarray(result)).cast("B"), 0
    while at < len(view):
        at += os.pwrite(3, view[at:at + (1 << 30)], at)
    return "ok"


def answer(libraries, runs, results, line):
    command, name, *words = line.split(None, 2)
    if command == "open":
        runs[name] = libraries[name] and libraries[name].open(words[0])
        return "ok" if runs[name] else "it has none"
    if command == "run":
        begin = time.perf_counter()
        results[name] = runs[name]()
        return repr(time.perf_counter() - begin)
    if command == "sample":
        return repr(sample(runs[name], float(words[0])))
    if command == "result":
        return write_result(results[name])
    if command == "value":
        return repr(float(libraries[name].value(results[name], int(words[0]))))
    runs.pop(name, None)
    results.pop(name, None)
    return "ok"


def serve(kinds):
    """Classes by name: made with the number of threads; open(words) gives a function that runs, or
    None; value(result, index)."""
    threads = int(sys.argv[1])
    libraries = {name: make(kind, threads) for name, kind in kinds.items()}
    runs, results = {}, {}
    for line in sys.stdin:
        try:
            print(answer(libraries, runs, results, line), flush=True)
        except Exception as error:
            print(type(error).__name__ + ":", " ".join(str(error).split()), flush=True)
