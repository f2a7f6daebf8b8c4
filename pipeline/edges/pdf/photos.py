"""Binding pictures of the pages of a letter into one PDF; touches nothing.

Each picture becomes an A4 page (of a TIFF each of its frames), in the order given, upright
according to the camera. The same pictures give the same bytes: nothing of time or chance is
written. The data a phone hides in a photo does not travel along.
"""

import io
from collections.abc import Sequence

import pi_heif

from pipeline.edges.pdf.file import new_writer
from pipeline.edges.pdf.image import PILLOW_ERRORS, add_page, frames
from pipeline.errors import UnreadableError

pi_heif.register_heif_opener()


def bind_pictures(pictures: Sequence[bytes]) -> bytes:
    """Make a PDF of pictures.

    Args:
        pictures: JPG, PNG, HEIC, TIFF, GIF, BMP or WebP, in the order of the pages.

    Raises:
        UnreadableError: One of them is broken, no picture or too large.
    """
    writer = new_writer()
    try:
        for picture in pictures:
            for frame in frames(io.BytesIO(picture)):
                add_page(writer, frame)
    except PILLOW_ERRORS as error:
        which = "Een van de foto's is" if len(pictures) > 1 else "De afbeelding is"
        what = f"{which} beschadigd of geen afbeelding."
        raise UnreadableError(f"picture: {type(error).__name__}", wat=what) from error
    bound = io.BytesIO()
    writer.write(bound)
    return bound.getvalue()
