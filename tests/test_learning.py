"""What she decides teaches: a move is a lesson, learned at night, kept when it does no harm, and told."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from playing import Play, journal_of, mail

from pipeline import service
from pipeline.classify.model import model_of
from pipeline.office import Office
from pipeline.roads.post import examine, judge_document
from pipeline.values import Kind, Lesson, Model, Place
from pipeline.wiring import shipped_samples

EVENING, NIGHT = "2026-11-23T20:00", "2026-11-24T03:05"
ODD = (
    "Weekstaat roostercommissie week {n}\n\nOpenstaande invaluren: {n} uur op locatie Kade. "
    "De weekstaat gaat elke vrijdag rond en wordt maandag bijgewerkt door de roostercommissie. "
    "Uren zonder paraaf tellen niet mee.\n"
)


def held_paper(play: Play, number: int, now: str = EVENING) -> Path:
    """Drop a paper of a sort the rules do not know, and give it as it lies in Te beoordelen."""
    play.drop(f"weekstaat {number}.txt", ODD.format(n=number).encode())
    play.once(now)
    return play.place(Place.TE_BEOORDELEN, f"weekstaat {number}.txt")


def decide(play: Play, paper: Path, folder: str) -> None:
    paper.rename(play.place(Place.TE_BEOORDELEN, folder, paper.name))
    play.once(EVENING)


class QuickLearner:
    """The desk's own learner, but what it makes is given: making one takes half a minute."""

    def __init__(self, office: Office, model: Model) -> None:
        self._office, self._model = office, model
        self.seen: tuple[Lesson, ...] = ()

    def current(self) -> Model | None:
        return self._office.learner.current()

    def train(self, lessons: Sequence[Lesson]) -> Model:
        self.seen = tuple(lessons)
        return self._model

    def keep(self, model: Model) -> None:
        self._office.learner.keep(model)


def learn_at_night(play: Play, model: Model | None = None) -> tuple[Lesson, ...]:
    """Let the night pass; gives the lessons that were learned from."""
    with play.office(NIGHT) as office:
        current = office.learner.current()
        assert current is not None
        learner = QuickLearner(office, model or replace(current, version="nieuw"))
        apart = shipped_samples()[1][:6]
        service.work_once(replace(office, learner=learner, samples=lambda: ((), apart)))
    return learner.seen


def learned(play: Play) -> list[str]:
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        return [line.text for line in ledger.lines() if line.event == "learned"]


def test_a_move_is_a_lesson_and_the_model_is_made_the_next_night(play: Play) -> None:
    """Not before three o'clock: it takes a while."""
    decide(play, held_paper(play, 1), "Overig")
    decide(play, held_paper(play, 2), "Overig")
    assert learned(play) == []
    lessons = learn_at_night(play)
    assert {(one.kind, one.own) for one in lessons} == {(Kind.OVERIG, True)}
    assert any("w:weekstaat" in one.features for one in lessons)
    (told,) = learned(play)
    assert told.startswith("De dienst heeft geleerd van 2 beslissingen van u.")


def test_the_new_model_counts_from_then_on(play: Play) -> None:
    decide(play, held_paper(play, 1), "Overig")
    learn_at_night(play)
    with play.office(NIGHT) as office:
        assert office.bench.model is not None
        assert office.bench.model.version == "nieuw"


def test_a_worse_model_is_not_kept_and_that_is_told(play: Play) -> None:
    """Its bias makes everything an invoice."""
    decide(play, held_paper(play, 1), "Overig")
    bias = tuple(99.0 if kind is Kind.FACTUUR else 0.0 for kind in Kind)
    worse = model_of(
        version="nieuw", kinds=tuple(Kind), rarity={}, weights={}, bias=bias, temperature=1.0, samples=1
    )
    learn_at_night(play, worse)
    with play.office(NIGHT) as office:
        assert office.bench.model is not None
        assert office.bench.model.version != "nieuw"
    (told,) = learned(play)
    assert "maakte het oordeel niet beter" in told


def test_what_was_learned_once_is_not_learned_again(play: Play) -> None:
    decide(play, held_paper(play, 1), "Overig")
    learn_at_night(play)
    with play.office("2026-11-25T04:00") as office:
        service.work_once(office)
    assert len(learned(play)) == 1


def test_a_decision_that_is_taken_back_teaches_nothing(play: Play) -> None:
    decide(play, held_paper(play, 1), "Overig")
    (filed,) = journal_of(play)["filed"]  # type: ignore[misc]
    copy = play.place(Place.TERUG_TE_DRAAIEN, "terug.txt")
    copy.write_bytes(play.place(Place.ARCHIEF, filed.path).read_bytes())
    play.once(EVENING)
    learn_at_night(play)
    assert learned(play) == []


def test_only_the_last_of_several_decisions_is_a_reason_to_learn(play: Play) -> None:
    """Each decision asks for learning; at night they are one lesson list, learned once."""
    for number in (1, 2, 3):
        decide(play, held_paper(play, number), "Overig")
    learn_at_night(play)
    assert len(learned(play)) == 1


def test_a_paper_moved_to_a_dossier_says_nothing_of_its_kind(play: Play) -> None:
    play.post("1.eml", mail("Instemmingsverzoek rooster", REQUEST))
    play.once(EVENING)
    (folder,) = play.place(Place.TE_BEOORDELEN).glob("Bij 2026-0001*")
    decide(play, held_paper(play, 1), folder.name)
    learn_at_night(play)
    assert learned(play) == []


REQUEST = (
    "Geachte leden van de medezeggenschapsraad,\n\nHierbij verzoeken wij u om instemming met het "
    "voorgenomen besluit over het rooster 2027. Wij ontvangen uw instemmingsbesluit graag vóór "
    "15 januari 2027.\n\n"
    "Met vriendelijke groet,\nBestuur Stichting Zandhof\n"
)


def test_real_learning_makes_the_next_one_go_without_a_person(play: Play) -> None:
    """With scikit-learn and all shipped samples. No rule knows a weekstaat; the model learns it."""
    before = chance_of(play, 9)
    for number in range(1, 9):
        decide(play, held_paper(play, number), "Overig")
    with play.office(NIGHT) as office:
        service.work_once(office)
    assert chance_of(play, 9) > max(before, 0.9)
    held_paper(play, 20, NIGHT)
    assert journal_of(play)["held"] == ()


def chance_of(play: Play, number: int) -> float:
    """Give the probability that a weekstaat is ``overig``, as the desk judges now."""
    with play.office(NIGHT, works=False) as office:
        text = ODD.format(n=number).encode()
        taken = examine(text, "weekstaat.txt", office.bench, known=frozenset(), seen_on=office.today())
        judgement = judge_document(taken.documents[0], None, office.bench).judgement
        assert judgement is not None
        return judgement.confidence if judgement.kind is Kind.OVERIG else 0.0
