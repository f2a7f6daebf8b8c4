"""Pictures that take room: photographs as a telephone makes them, and a bundle of them."""

import io
import random
from functools import cache
from pathlib import Path

import pikepdf
from pdf_files import helvetica
from PIL import Image, ImageDraw, ImageFilter


def photo(width: int = 2_000, height: int = 1_500, seed: int = 1, quality: int = 95) -> bytes:
    """Make a JPEG with grain, shapes and lettering, that is as large as a photograph of that size."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    picture = _grain(width, height).copy()
    draw = ImageDraw.Draw(picture)
    for _ in range(40):
        left, top = chance.randint(0, width), chance.randint(0, height)
        draw.ellipse((left, top, left + 300, top + 200), outline="black", width=6)
    draw.text((width // 10, height // 10), f"Foto {seed}", fill="black", font_size=height // 12)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


@cache
def _grain(width: int, height: int) -> Image.Image:
    grain = Image.effect_noise((width // 2, height // 2), 60).resize((width, height))
    picture = Image.merge("RGB", (grain, grain.filter(ImageFilter.BLUR), grain))
    return Image.blend(picture, Image.new("RGB", (width, height), (90, 140, 190)), 0.5)


def with_pictures(*shown: tuple[pikepdf.Object, float, float], pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """Show each picture on a page of its own, so many points wide and high, with a line of text above."""
    for number, (image, width, height) in enumerate(shown, start=1):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im0=image), Font=pikepdf.Dictionary(F1=helvetica())
        )
        text = f"BT /F1 11 Tf 60 780 Td (Bladzijde {number}) Tj ET"
        page.contents_add(f"{text} q {width} 0 0 {height} 60 60 cm /Im0 Do Q".encode())
    return pdf


def image(pdf: pikepdf.Pdf, data: bytes, width: int, height: int, **entries: object) -> pikepdf.Object:
    """Make an image of encoded pixels; a JPEG in colour unless ``entries`` say otherwise."""
    values = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": pikepdf.Name.DeviceRGB,
        "Filter": pikepdf.Name.DCTDecode,
        **entries,
    }
    stream = pdf.make_stream(data)
    for key, value in values.items():
        stream[f"/{key}"] = value
    return stream


def album(path: Path, count: int, *, first_seed: int = 1, quality: int = 95) -> Path:
    """Write a PDF of so many photographs, one a page, 16 by 12 cm each."""
    pdf = pikepdf.new()
    shown = [
        (image(pdf, photo(seed=first_seed + number, quality=quality), 2_000, 1_500), 453.5, 340.2)
        for number in range(count)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with_pictures(*shown, pdf=pdf).save(path)
    return path
