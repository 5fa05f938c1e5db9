PALETTE = " .:-=+*#%@"


def escape(c, limit=60):
    z = 0j
    for n in range(limit):
        if z.real * z.real + z.imag * z.imag > 4:
            return n
        z = z * z + c
    return limit


width, height = 72, 25
inside = 0
for row in range(height):
    y = -1.2 + 2.4 * row / (height - 1)
    line = ""
    for column in range(width):
        x = -2.2 + 3.0 * column / (width - 1)
        n = escape(complex(x, y))
        inside += n == 60
        line += PALETTE[-1] if n == 60 else PALETTE[min(n // 2, 8)]
    print(line.rstrip())
print(f"{inside} of {width * height} points stayed inside")
print(f"estimated area: {inside / (width * height) * 3.0 * 2.4:.4f}")
