"""Reads mutated .npy files with NumPy and with clwise, and compares what they make of them.

    compare_numpy.py JUDGE [COUNT [SEED]]

JUDGE is the program npy_judge. Both must refuse the same files, and read the same dtype, shape and
elements from the others. Allowed is only that clwise refuses more than 32 axes, and dtypes spelled as
subarrays ("3f8") or by NumPy's internal numbers ("\\x0f"). Needs NumPy, which the library does not.
"""
import io
import random
import re
import struct
import subprocess
import sys
import warnings

import numpy

NAMES = {
    "bool": "bool", "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64",
    "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64", "float16": "f16",
    "float32": "f32", "float64": "f64", "complex64": "c64", "complex128": "c128",
}
HEADERS = [
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }",
    "{'descr': '>i4', 'fortran_order': True, 'shape': (2, 3, 2), }",
    "{'descr': '|b1', 'fortran_order': False, 'shape': (7,), }",
    "{'descr': '>c8', 'fortran_order': False, 'shape': (), }",
    "{'shape': (0, 5), 'fortran_order': True, 'descr': '<u2'}",
    "{\"descr\": 'float32', 'fortran_order':False,'shape':(2L, 2L)}",
    "{'descr': '=i8', 'fortran_order': True, 'shape': (1, 0x2, 3,), }",
    "{'descr': [('a', '<f4'), ('b', '<i2')], 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
]
ALPHABET = [bytes([c]) for c in b" \t\n\r\f\\#'\"(){}[],:0123456789+-._jJLlxXobBeEuUrRfTN<>=|?iufcdFD"]
PIECES = ALPHABET + [b"True", b"False", b"None", b"'descr'", b"'shape'", b"'fortran_order'", b"...",
                     b"<f8", b">f4", b"0x", b"1e5", b"2j", b"\\x41", b"u'", b"''", b"(3,)", b"()",
                     b"9223372036854775807", b"9223372036854775808", b"-1", b"\xc3\xa9", b"\xff"]
EXOTIC = re.compile(rb"descr['\"]\s*:\s*u?['\"]*[<>=|]?[ (0-9\x01-\x1f\\]")


def mutate(random_source, header):
    data = bytearray(header)
    for _ in range(random_source.choice((0, 1, 1, 1, 1, 2, 2, 4))):
        at = random_source.randrange(len(data) + 1)
        kind = random_source.randrange(6)
        if kind == 0 and at < len(data):
            data[at] = random_source.randrange(256)
        elif kind == 1:
            data[at:at] = random_source.choice(PIECES)
        elif kind == 2:
            del data[at:at + random_source.choice((1, 1, 2, 5))]
        elif kind == 3:
            start = random_source.randrange(len(data) + 1)
            data[at:at] = data[start:start + random_source.randrange(12)]
        elif kind == 4:
            data[at:at + 1] = random_source.choice(PIECES)
        elif at < len(data):
            data[at] ^= 1 << random_source.randrange(8)
    return bytes(data)


def make_file(random_source):
    header = mutate(random_source, random_source.choice(HEADERS).encode()) + b"  \n"
    version = random_source.choice((1, 1, 1, 2, 3))
    prefix = b"\x93NUMPY" + bytes((version, 0))
    prefix += struct.pack("<H" if version == 1 else "<I", len(header))
    file = bytearray(prefix + header + bytes(random_source.randrange(256) for _ in range(96)))
    if random_source.randrange(20) == 0:
        file[random_source.randrange(12)] = random_source.randrange(256)
    if random_source.randrange(20) == 0:
        del file[random_source.randrange(len(file)):]
    return bytes(file)


def fnv(data):
    value = 2166136261
    for byte in data:
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def with_numpy(file):
    """A line like npy_judge's, and why clwise may refuse what NumPy accepts."""
    try:
        array = numpy.lib.format.read_array(io.BytesIO(file))
    except Exception:
        return "-", None
    if array.dtype.name not in NAMES:
        return "-", None
    limit = "axes" if array.ndim > 32 else "descr" if EXOTIC.search(file) else None
    elements = array.astype(array.dtype.newbyteorder("=")).tobytes(order="C")
    return f"{NAMES[array.dtype.name]} {array.shape} {fnv(elements):08x}", limit


def main():
    judge = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    print(f"seed {seed}")
    warnings.simplefilter("ignore")
    random_source = random.Random(seed)
    accepted = differences = limits = done = 0
    while done < count:
        files = [make_file(random_source) for _ in range(min(10000, count - done))]
        done += len(files)
        stream = b"".join(struct.pack("=I", len(file)) + file for file in files)
        answer = subprocess.run([judge], input=stream, stdout=subprocess.PIPE, check=True).stdout
        lines = answer.decode().splitlines()
        assert len(lines) == len(files)
        for file, line in zip(files, lines):
            expected, limit = with_numpy(file)
            accepted += expected != "-"
            if line == expected:
                continue
            if line == "-" and limit:
                limits += 1
                continue
            differences += 1
            if differences <= 20:
                print(f"NumPy: {expected}  clwise: {line}  {file[:120]!r}")
    print(f"{done} files, {accepted} accepted by NumPy, {limits} beyond clwise, "
          f"{differences} differences")
    sys.exit(differences > 0)


if __name__ == "__main__":
    main()
