"""What the classifier learns from: papers of which a person said what they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from pipeline.values.judgement import Kind, SenderRole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Road(StrEnum):
    """How a labelled text reached the council."""

    MAIL = "mail"
    BESTAND = "bestand"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A text written for learning, with what a careful secretary says of it.

    Attributes:
        name: Name of its file.
        kind: What it is.
        family: Texts about one matter or after one model; a family is never split.
        organ: Whose council: ``mr``, ``gmr``, ``cmr``, ``or``, ``clientenraad``.
        regime: Its law, ``wms-po`` …
        council: Name of the council.
        board: Name of the board.
        road: Text of a mail, or a file.
        role: What the sender is to the council.
        subject: Subject of the mail; may be empty.
        file_name: Name of the file; empty for the text of a mail.
        day: Day of the mail or letter.
        bulk: It came with the headers of a mailing list.
        starts: ``ja``, ``nee`` or ``vraag``: does it start a procedure.
        review: ``ja`` when a person must see it, ``nee`` when not, ``mag`` when either is fine.
        pair: The confusion it shows; may be empty.
        text: What it says.
    """

    name: str
    kind: Kind
    family: str
    organ: str
    regime: str
    council: str
    board: str
    road: Road
    role: SenderRole
    subject: str
    file_name: str
    day: date
    bulk: bool
    starts: str
    review: str
    pair: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One thing to learn: what was seen of a paper, and what it is.

    Attributes:
        paper: Id of the paper or sample.
        family: Lessons of one family are kept or left together when the model is tried.
        kind: What it is.
        features: What the model may look at.
        own: A decision of the secretary, which counts for more than a shipped sample.
    """

    paper: str
    family: str
    kind: Kind
    features: Mapping[str, float]
    own: bool = False

    @property
    def writer(self) -> str:
        """Who wrote it: families of samples are called ``<writer>-<organisation>-<matter>``."""
        return self.family.partition("-")[0]


class Block(IntEnum):
    """Features that are brought to length 1 together, so that a long letter counts no more."""

    ALONE = 0
    """Counts as it is: a cue, a circumstance."""
    WORDS = 1
    PIECES = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """What was learned: a linear model over all kinds, with calibrated probabilities.

    Attributes:
        version: Digest of what it was made from, short; the same lessons give the same version.
        kinds: The kinds, in the order of the columns.
        rows: Per feature its place in the three tables below.
        blocks: Per feature the ``Block`` it belongs to; shape (features,).
        rarity: Per feature how rare it is (inverse document frequency), 1 outside the blocks; (features,).
        weights: Per feature its weight for each kind; shape (features, kinds).
        bias: Per kind; shape (kinds,).
        temperature: Sums are divided by this before they become probabilities (calibration).
        samples: Number of papers it was made from.
    """

    version: str
    kinds: tuple[Kind, ...]
    rows: Mapping[str, int]
    blocks: "NDArray[np.int8]"
    rarity: "NDArray[np.float64]"
    weights: "NDArray[np.float64]"
    bias: "NDArray[np.float64]"
    temperature: float
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that spoke for a kind.

    Attributes:
        words: One word or two, folded.
        in_title: They stand in the title, subject or file name.
        weight: How much they spoke.
    """

    words: str
    in_title: bool
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a model thinks of a paper.

    Attributes:
        chances: Probability of each kind, 0 to 1, together 1.
        best: The likeliest kind.
        terms: The words that spoke most for it, strongest first.
    """

    chances: Mapping[Kind, float]
    best: Kind
    terms: tuple[Term, ...]

    @property
    def confidence(self) -> float:
        """Probability of the likeliest kind."""
        return self.chances[self.best]
