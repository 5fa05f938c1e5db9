import ctypes
import ctypes.util


class Colour(ctypes.Structure):
    _fields_ = [("r", ctypes.c_uint8), ("g", ctypes.c_uint8), ("b", ctypes.c_uint8)]


class Pixel(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int16), ("weight", ctypes.c_double), ("colour", Colour)]


class Number(ctypes.Union):
    _fields_ = [("as_float", ctypes.c_float), ("as_int", ctypes.c_uint32)]


for kind in (ctypes.c_char, ctypes.c_short, ctypes.c_int, ctypes.c_longlong, ctypes.c_double):
    print(f"{kind.__name__:<12}{ctypes.sizeof(kind)}")
print("Colour", ctypes.sizeof(Colour), "Pixel", ctypes.sizeof(Pixel), "align", ctypes.alignment(Pixel))
print("offsets", Pixel.x.offset, Pixel.weight.offset, Pixel.colour.offset)

print(ctypes.c_uint8(300).value, ctypes.c_int8(200).value)
print(hex(Number(as_float=1.0).as_int))

triple = (ctypes.c_int * 3)(7, 8, 9)
pointer = ctypes.cast(triple, ctypes.POINTER(ctypes.c_int))
pointer[1] = 80
print(list(triple), bytes(triple)[:5])

text = ctypes.create_string_buffer(b"abc", 6)
print(text.raw, text.value)
libc = ctypes.CDLL(None)
libc.abs.argtypes = [ctypes.c_int]
print(libc.abs(-42), libc.strlen(b"eleven char"))
