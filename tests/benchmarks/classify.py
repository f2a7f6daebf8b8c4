"""How well papers are told apart, on texts that nobody tuned on: ``python tests/benchmarks/classify.py``.

Reads ``tests/samples_apart``: about other organisations than the samples to learn from, and not looked at
while rules, model and thresholds were made; so no letter family and no organisation stands on both sides.
Every text goes the whole road, as a mail or a file. Prints, with the council given and without it: how much
is held, how much of the rest is right, macro-F1, precision and recall of each kind, which kinds are taken
for each other, and every procedure that would start and should not.

``--make-model`` makes the shipped model anew from ``config/voorbeelden/leren`` first.
``--learned WRITER...`` prints the same of the samples to learn from by these writers, each judged by a
model that was made without its writer; the rules were written beside those of the older ones.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from labelled import Outcome, outcome_of  # noqa: E402

from pipeline.edges import shipped  # noqa: E402
from pipeline.edges.learning import read_model  # noqa: E402
from pipeline.edges.learning.model_file import model_json  # noqa: E402
from pipeline.edges.mail.opening import open_up  # noqa: E402
from pipeline.edges.reading import read  # noqa: E402
from pipeline.office import Bench  # noqa: E402
from pipeline.roads.learning import lesson_of  # noqa: E402
from pipeline.settings.kinds import load_kinds  # noqa: E402
from pipeline.settings.law import load_rights  # noqa: E402
from pipeline.settings.samples import APART, FOLDER, LEARN, load_samples  # noqa: E402
from pipeline.values import Kind, LabelledText, Lesson, Model  # noqa: E402
from pipeline.wiring import MODEL  # noqa: E402

REPORTED = ROOT / "tests" / "samples_apart"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--make-model", action="store_true", help="make config/leermodel.json anew first")
    parser.add_argument(
        "--learned", nargs="+", metavar="WRITER", help="judge what these taught, without them"
    )
    chosen = parser.parse_args()
    place = shipped.config_folder() / MODEL
    if chosen.make_model:
        started = time.process_time()
        place.write_bytes(model_json(make_model(lessons())))
        print(f"model made in {time.process_time() - started:.1f} s of processor time")
    if chosen.learned:
        report(f"by {' '.join(chosen.learned)}, council given", without_their_writer(chosen.learned))
        return
    model = read_model(place)
    for name, samples in (("kept apart", samples_of(APART)), ("reported", load_samples(REPORTED))):
        for with_council in (True, False):
            told = "council given" if with_council else "without a council"
            outcomes = [outcome_of(one, model, with_council=with_council) for one in samples]
            report(f"{name}, {told}", outcomes)
        report(
            f"{name}, council given, cues only", [outcome_of(one, None, with_council=True) for one in samples]
        )


def samples_of(part: str) -> tuple[LabelledText, ...]:
    """Read the shipped samples of one part."""
    return load_samples(shipped.config_folder() / FOLDER / part)


def lessons() -> list[Lesson]:
    """Make the lessons of the samples to learn from."""
    config = shipped.config_folder()
    bench = Bench(
        council=None, kinds=load_kinds(config), rights=load_rights(config), opener=open_up, reader=read
    )
    return [lesson_of(one, bench) for one in samples_of(LEARN)]


def make_model(taught: Sequence[Lesson]) -> Model:
    """Train in this process."""
    from pipeline.edges.learning.training import train  # noqa: PLC0415 - seconds

    return train(taught)


def without_their_writer(writers: Iterable[str]) -> list[Outcome]:
    """Judge what some writers taught, each by a model that was made without that writer."""
    samples, taught = samples_of(LEARN), lessons()
    outcomes = []
    for writer in writers:
        model = make_model([one for one in taught if one.writer != writer])
        mine = (one for one, lesson in zip(samples, taught, strict=True) if lesson.writer == writer)
        outcomes += [outcome_of(one, model, with_council=True) for one in mine]
    return outcomes


def report(title: str, outcomes: Sequence[Outcome]) -> None:
    """Print everything about one set."""
    filed = [one for one in outcomes if one.is_filed]
    right = sum(one.is_right for one in filed)
    families = len({one.sample.family for one in outcomes})
    print(f"\n== {title}: {len(outcomes)} texts of {families} families")
    held = [one for one in outcomes if not one.is_filed]
    asked = sum(one.sample.review == "ja" for one in held)
    print(f"held {len(held)} ({len(held) / len(outcomes):.1%}); of {asked} of these the label says so")
    print(f"of {len(filed)} filed without a person {right} right: {right / max(1, len(filed)):.1%}")
    guessed = sum(one.is_right for one in outcomes) / len(outcomes)
    print(f"best guess right: {guessed:.1%}; macro-F1 of the best guess: {_macro_f1(outcomes):.3f}")
    _print_kinds(outcomes)
    _print_confusions(outcomes)
    _print_starts(outcomes)


def _print_kinds(outcomes: Iterable[Outcome]) -> None:
    print("kind                        texts  filed  right of filed  recall of best guess")
    for kind in Kind:
        mine = [one for one in outcomes if one.sample.kind is kind]
        filed = [one for one in outcomes if one.is_filed and one.kind is kind]
        right = sum(one.is_right for one in filed)
        recall = sum(one.is_right for one in mine) / max(1, len(mine))
        print(f"{kind.value:27} {len(mine):5} {len(filed):6}  {right:6}/{len(filed):<6}  {recall:6.0%}")


def _macro_f1(outcomes: Sequence[Outcome]) -> float:
    scores = []
    for kind in Kind:
        found = sum(one.kind is kind for one in outcomes)
        meant = sum(one.sample.kind is kind for one in outcomes)
        both = sum(one.kind is kind and one.is_right for one in outcomes)
        if meant:
            scores.append(2 * both / (found + meant) if both else 0.0)
    return sum(scores) / len(scores)


def _print_confusions(outcomes: Iterable[Outcome]) -> None:
    wrong = [one for one in outcomes if not one.is_right]
    pairs = Counter((one.sample.kind.value, one.kind.value if one.kind else "no guess") for one in wrong)
    filed = Counter((one.sample.kind.value, one.kind.value) for one in wrong if one.is_filed and one.kind)
    print("taken for each other (is -> guessed: times, of these filed):")
    for (kind, guess), times in pairs.most_common(12):
        print(f"  {kind} -> {guess}: {times}, {filed[kind, guess]}")


def _print_starts(outcomes: Iterable[Outcome]) -> None:
    meant = [one for one in outcomes if one.sample.starts == "ja"]
    started = [one for one in outcomes if one.starts]
    false = [one for one in started if one.sample.starts != "ja"]
    by_kind = [one for one in false if one.sample.kind is not one.kind]
    print(
        f"procedures: {len(meant)} should start, {len(started)} would, {len(false)} of these should not "
        f"({len(by_kind)} by a wrong kind)"
    )
    for one in false:
        print(f"  {one.sample.name}: label {one.sample.kind.value}, start {one.sample.starts}")


if __name__ == "__main__":
    main()
