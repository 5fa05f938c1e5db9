from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

badge = Image.new("RGB", (120, 80), "white")
draw = ImageDraw.Draw(badge)
draw.rectangle((10, 10, 109, 69), fill=(30, 60, 200), outline="black", width=2)
draw.ellipse((40, 20, 80, 60), fill="yellow")
draw.line((10, 69, 109, 10), fill="red", width=3)
badge.save("badge.png")

with Image.open("badge.png") as picture:
    picture.load()
print(picture.format, picture.size, picture.mode)
for spot in ((0, 0), (10, 10), (15, 15), (50, 30), (60, 39)):
    print(spot, picture.getpixel(spot))

small = picture.resize((30, 20), Image.Resampling.NEAREST)
turned = small.rotate(90, expand=True)
print(small.size, turned.size, ImageOps.mirror(small).getpixel((0, 0)))
grey = picture.convert("L")
print("grey range", grey.getextrema(), "histogram sum", sum(grey.histogram()))
print("difference box", ImageChops.difference(picture, picture.filter(ImageFilter.BLUR)).getbbox())
thumb = picture.copy()
thumb.thumbnail((50, 50))
print("thumbnail", thumb.size, "crop", picture.crop((5, 5, 25, 15)).size)
try:
    Image.open("main.py")
except OSError as err:
    print(type(err).__name__)
