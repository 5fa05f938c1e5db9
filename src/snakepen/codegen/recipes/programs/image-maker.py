"""Makes a picture: a sunset with stars, saved as picture.png."""

import random

from PIL import Image, ImageDraw

WIDTH = 640
HEIGHT = 400
SKY, HORIZON, SEA = (20, 24, 82), (255, 140, 66), (12, 30, 60)


def blend(one, other, share):
    """Return a color between two."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other))


def main():
    image = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    shore = HEIGHT * 2 // 3
    for y in range(HEIGHT):
        if y < shore:
            color = blend(SKY, HORIZON, (y / shore) ** 2)
        else:
            color = blend(HORIZON, SEA, min(1, (y - shore) / (HEIGHT - shore) * 3))
        draw.line([(0, y), (WIDTH, y)], fill=color)
    for _ in range(80):
        x, y = random.randrange(WIDTH), random.randrange(shore // 2 + 1)
        draw.point((x, y), fill="white")
    radius = HEIGHT // 8
    middle = WIDTH // 2
    sun = (middle - radius, shore - radius, middle + radius, shore + radius)
    draw.chord(sun, 180, 360, fill=(255, 236, 160))
    image.save("picture.png")
    print(f"picture.png: {image.width} × {image.height} points")


if __name__ == "__main__":
    main()
