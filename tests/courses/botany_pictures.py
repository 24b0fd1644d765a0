"""The pictures of the course of botany: of every type, form and name, drawn here and so free to use."""

import math
from pathlib import Path

from PIL import Image, ImageDraw

from tests.figures.pictures import saved, write

SKY, GROUND, GREEN, DARK = (205, 228, 245), (150, 110, 75), (70, 150, 70), (35, 90, 40)
RED, YELLOW, WHITE = (205, 60, 90), (245, 205, 60), (255, 255, 255)
NAMES = (
    "ROOT.JPG", "Scan #0010001 – 50%.png", "Blatt & Stiel {größe}.webp", "stoma.gif", "stem.svg",
    "flower.jpeg", "fruit (ripe).PNG", "種.png", "seeds.jpg",
)  # fmt: skip
PLACE = "N 47 22 36"
"""What the photographs must not tell."""


def write_pictures(root: Path) -> None:
    """Write all pictures into the ``figures`` of the course."""
    made = (_root(), _tip(), _leaf(), _stoma(), _STEM, _flower(), _fruit(), _seed(), _seeds())
    for name, data in zip(NAMES, made, strict=True):
        write(root, f"figures/{name}", data)


def _root() -> bytes:
    """A photograph of 3,000 × 4,000 pixels, stored on its side, with its place."""
    picture = Image.new("RGB", (3000, 4000), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 1400, 3000, 4000), fill=GROUND)
    draw.rectangle((1420, 200, 1580, 1400), fill=GREEN)
    for side in (-1, 1):
        for depth in range(1700, 3600, 300):
            ends = (1500, depth, 1500 + side * (3900 - depth) // 2, depth + 500)
            draw.line(ends, fill=WHITE, width=40)
    draw.line((1500, 1400, 1500, 3900), fill=WHITE, width=110)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = PLACE
    turned = picture.transpose(Image.Transpose.ROTATE_90)
    return saved(turned, "JPEG", quality=80, exif=exif)


def _tip() -> bytes:
    picture = Image.new("P", (240, 160), 0)
    picture.putpalette([*WHITE, *GROUND, *DARK])
    draw = ImageDraw.Draw(picture)
    draw.polygon([(100, 0), (140, 0), (124, 150), (116, 150)], fill=1)
    for y in range(10, 110, 8):
        draw.line((100, y, 60, y - 8), fill=2)
        draw.line((140, y, 180, y - 8), fill=2)
    return saved(picture, "PNG", transparency=0)


def _leaf() -> bytes:
    picture = Image.new("RGB", (1800, 1200), SKY)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300, 250, 1500, 950), fill=GREEN)
    draw.line((100, 600, 1480, 600), fill=DARK, width=24)
    for x in range(450, 1400, 150):
        draw.line((x, 600, x + 150, 380), fill=DARK, width=10)
        draw.line((x, 600, x + 150, 820), fill=DARK, width=10)
    return saved(picture, "WEBP", quality=80)


def _stoma() -> bytes:
    frames = []
    for gap in (4, 12, 20, 12):
        picture = Image.new("RGB", (200, 140), (225, 240, 220))
        draw = ImageDraw.Draw(picture)
        draw.ellipse((20, 20, 180, 120), fill=GREEN)
        draw.ellipse((60, 70 - gap, 140, 70 + gap), fill=DARK)
        frames.append(picture.quantize(8))
    return saved(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=400, loop=0,
        comment=PLACE.encode(),
    )  # fmt: skip


def _flower() -> bytes:
    picture = Image.new("RGB", (900, 900), SKY)
    draw = ImageDraw.Draw(picture)
    for petal in range(5):
        angle = math.tau * petal / 5 - math.pi / 2
        x, y = 450 + 220 * math.cos(angle), 450 + 220 * math.sin(angle)
        draw.ellipse((x - 170, y - 170, x + 170, y + 170), fill=RED)
    draw.ellipse((340, 340, 560, 560), fill=YELLOW)
    # A PNG under another name.
    return saved(picture, "PNG")


def _fruit() -> bytes:
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((30, 60, 270, 290), fill=(*RED, 255))
    draw.line((150, 70, 170, 10), fill=(*DARK, 255), width=12)
    return saved(picture, "PNG")


def _seed() -> bytes:
    picture = Image.new("I;16", (200, 200), 0xE000)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((30, 50, 170, 150), fill=0x6000)
    draw.ellipse((60, 80, 120, 120), fill=0xB000)
    return saved(picture, "PNG")


def _seeds() -> bytes:
    picture = Image.new("RGB", (400, 240), SKY)
    draw = ImageDraw.Draw(picture)
    for row in range(4):
        for column in range(10 - row):
            x, y = 20 + 20 * row + 36 * column, 190 - 36 * row
            draw.ellipse((x, y, x + 34, y + 34), fill=GROUND, outline=DARK)
    return saved(picture.convert("CMYK"), "JPEG", quality=92)


_STEM = f"""<?xml version="1.0"?>
<!-- {PLACE} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 320 200" onload="alert(1)">
<script>document.title = 'evil'</script>
<defs><radialGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#46964a"/></radialGradient>
<ellipse id="bundle" rx="9" ry="14" fill="#cd3c5a"/></defs>
<circle cx="100" cy="100" r="90" fill="url(#g)" stroke="#235a28" stroke-width="3"/>
{"".join(f'<use xlink:href="#bundle" transform="translate(100 100) rotate({a}) translate(0 -60)"/>' for a in range(0, 360, 45))}
<g font-family="Helvetica, sans-serif" font-size="15"><text x="215" y="45">bundle</text><text x="215" y="105">pith</text>
<text x="215" y="165" font-style="italic">épiderme</text></g>
<path d="M210 40 L125 45 M210 100 L105 100 M210 160 L172 152" stroke="#222" fill="none"/>
</svg>""".encode()
