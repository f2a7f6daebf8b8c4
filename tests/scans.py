"""Pages as a scanner or a telephone makes them, drawn with a font of PyPI; nothing of them is copied."""

import io
import random
import re
from pathlib import Path

import font_source_sans_pro
from PIL import Image, ImageDraw, ImageFilter, ImageFont

A4 = (2_480, 3_508)
"""Pixels of a page at 300 dpi."""
_MARGIN = 260

LETTER = """Stichting Zandhof
Postbus 114
9700 AC Groningen

Aan de medezeggenschapsraad van De Zandhof
t.a.v. de secretaris, mevrouw S. Vermeer

Zandhof, 16 november 2026

Betreft: instemmingsverzoek vakantierooster 2027-2028
Ons kenmerk: B26-0417

Geachte leden van de medezeggenschapsraad,

Hierbij vragen wij u om instemming met het voorgenomen besluit om het vakantierooster voor het schooljaar
2027-2028 vast te stellen. Op grond van artikel 10 van de Wet medezeggenschap op scholen leggen wij dit
besluit aan u voor.

De reden van het besluit is dat de gemeente de vakantieweken van het basisonderwijs en het voortgezet
onderwijs op elkaar heeft afgestemd. Voor gezinnen met kinderen op beide scholen is dat een verbetering. De
gevolgen voor het personeel zijn beperkt: het aantal lesdagen blijft gelijk en de studiedagen vallen voortaan
op een maandag.

Voor de ouders betekent het voorstel dat de voorjaarsvakantie een week eerder begint dan zij gewend zijn.
Wij hebben de opvang in de wijk daarover ingelicht; zij kan de kinderen in die week ontvangen.

Wij ontvangen uw besluit graag voor 18 december 2026. Een toelichting kunnen wij geven in de
overlegvergadering van 8 december.

Met vriendelijke groet,

H. Dijkstra
bestuurder Stichting Zandhof
"""


PHOTOS = tuple(Path(__file__).with_name("heic") / f"IMG_{number}.HEIC" for number in (4711, 4712))
"""The letter on two pages, photographed with a telephone that was held on its side; see the README there."""


def words_of(text: str) -> list[str]:
    """Give the words of a text, for counting how many of them were found."""
    return re.findall(r"\w{3,}", text.casefold())


def share_found(text: str, found: str) -> float:
    """Tell which part of the words of a text stands in what was found."""
    wanted, seen = words_of(text), set(words_of(found))
    return sum(word in seen for word in wanted) / len(wanted)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_source_sans_pro.SourceSansPro, size)


def page(text: str = LETTER, *, size: int = 46, paper: tuple[int, int] = A4) -> Image.Image:
    """Draw a page of text, black on white, upright; 46 pixels are 11 points at 300 dpi."""
    picture = Image.new("L", paper, 255)
    drawing = ImageDraw.Draw(picture)
    drawing.multiline_text((_MARGIN, _MARGIN), text, fill=20, font=_font(size), spacing=size * 0.32)
    return picture


def columns(left: str, right: str) -> Image.Image:
    """Draw a page with two columns of text."""
    picture = Image.new("L", A4, 255)
    drawing = ImageDraw.Draw(picture)
    for number, text in enumerate((left, right)):
        place = (200 + number * 1_100, _MARGIN)
        drawing.multiline_text(place, text, fill=20, font=_font(42), spacing=14)
    return picture


def form(rows: tuple[tuple[str, str], ...], heading: str) -> Image.Image:
    """Draw a form: a heading, and rows of two cells with lines around them."""
    picture = Image.new("L", A4, 255)
    drawing = ImageDraw.Draw(picture)
    drawing.text((_MARGIN, 200), heading, fill=20, font=_font(64))
    for number, (label, value) in enumerate(rows):
        top = 400 + number * 130
        drawing.rectangle((_MARGIN, top, 1_000, top + 130), outline=60, width=4)
        drawing.rectangle((1_000, top, 2_240, top + 130), outline=60, width=4)
        drawing.text((_MARGIN + 25, top + 35), label, fill=20, font=_font(46))
        drawing.text((1_025, top + 35), value, fill=20, font=_font(46))
    return picture


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """Lay a page askew or on its side, counter-clockwise, without losing a corner."""
    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def noisy(picture: Image.Image, *, strength: float = 40, specks: int = 3_000, seed: int = 7) -> Image.Image:
    """Add the grain and the specks of a bad scanner; the same each time."""
    chance = random.Random(seed)  # noqa: S311  # specks are no secret
    grey = picture.convert("L")
    tile = Image.new("L", (256, 256))
    tile.putdata([int(min(255, max(0, chance.gauss(128, strength)))) for _ in range(256 * 256)])
    grain = Image.new("L", grey.size)
    for left in range(0, grey.width, 256):
        for top in range(0, grey.height, 256):
            grain.paste(tile, (left, top))
    made = Image.blend(grey, grain, 0.35).filter(ImageFilter.GaussianBlur(0.8))
    drawing = ImageDraw.Draw(made)
    for _ in range(specks):
        left, top = chance.randrange(made.width), chance.randrange(made.height)
        drawing.ellipse((left, top, left + 4, top + 4), fill=chance.choice((30, 240)))
    return made


def shadowed(picture: Image.Image, *, darkest: float = 0.25) -> Image.Image:
    """Lay a shadow over the left of a page, and take its contrast away, as on a photo of paper."""
    grey = picture.convert("L").point(lambda value: 90 + value * 0.6)
    ramp = Image.linear_gradient("L").rotate(90).resize(grey.size)
    shade = ramp.point(lambda value: int(255 * (darkest + (1 - darkest) * value / 255)))
    dark = Image.new("L", grey.size, 0)
    return Image.composite(grey, dark, shade)


def encoded(picture: Image.Image, kind: str = "PNG", **saving: object) -> bytes:
    """Give a picture as the bytes of a file."""
    target = io.BytesIO()
    picture.save(target, format=kind, **saving)
    return target.getvalue()


def scan_pdf(*pictures: Image.Image) -> bytes:
    """Make a PDF of pictures only, without a layer of text."""
    first, *rest = (picture.convert("L") for picture in pictures)
    return encoded(first, "PDF", save_all=True, append_images=rest, resolution=300)


def lay(picture: Image.Image, path: Path) -> Path:
    """Write a picture as PNG, with its resolution."""
    picture.save(path, dpi=(300, 300))
    return path
