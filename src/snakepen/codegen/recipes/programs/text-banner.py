"""Prints a text in large letters, as ASCII art."""

from PIL import Image, ImageDraw, ImageFont

TEXT = "Hello"
HEIGHT = 16  # of the letters, in lines
INK = "#"


def banner(text):
    """Draw the text with a font, and return a row of characters for each of pixels."""
    font = ImageFont.load_default(HEIGHT)
    left, top, right, bottom = font.getbbox(text)
    # Characters are about twice as high as they are wide, so pixels become two.
    image = Image.new("L", (int(right - left) + 1, int(bottom - top) + 1))
    ImageDraw.Draw(image).text((-left, -top), text, fill=255, font=font)
    for y in range(image.height):
        row = (image.getpixel((x, y)) > 110 for x in range(image.width))
        yield "".join((INK if dark else " ") * 2 for dark in row).rstrip()


def main():
    print("\n".join(banner(TEXT)).strip("\n"))


if __name__ == "__main__":
    main()
