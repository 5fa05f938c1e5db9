# snakepen: {"files": {"dot.gif": {"base64": "R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="}}}
import io

from PIL import Image, ImageSequence

dot = Image.open("dot.gif")
print(dot.format, dot.size, dot.convert("RGB").getpixel((0, 0)))

frames = []
for step in range(4):
    frame = Image.new("P", (16, 16), 0)
    frame.putpalette([0, 0, 0, 255, 140, 0])
    frame.paste(1, (step * 4, step * 4, step * 4 + 4, step * 4 + 4))
    frames.append(frame)

buffer = io.BytesIO()
frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=120, loop=0)
buffer.seek(0)
movie = Image.open(buffer)
print("frames", movie.n_frames, "animated", movie.is_animated, "first lasts", movie.info["duration"], "ms")
for number, frame in enumerate(ImageSequence.Iterator(movie)):
    pixels = frame.convert("RGB")
    lit = [(x, y) for y in range(16) for x in range(16) if pixels.getpixel((x, y)) == (255, 140, 0)]
    print(number, "lit", len(lit), "from", lit[0], "to", lit[-1])

gradient = Image.linear_gradient("L").resize((8, 8))
for y in range(0, 8, 2):
    print("".join(" .:-=+*#%@"[gradient.getpixel((x, y)) * 9 // 255] for x in range(8)))
