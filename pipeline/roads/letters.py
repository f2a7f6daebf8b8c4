"""The letters of a procedure, as concepts: drafted when they are due, never over what a person wrote.

procedures.keep -> write_letter -> (a person edits it in Word) -> letter_sending
"""

from pathlib import Path

from pipeline.letters import plan as letters
from pipeline.letters import words
from pipeline.office import Office
from pipeline.procedures.definition import RIGHT, Definition, LetterRule
from pipeline.procedures.overview import CLOSED
from pipeline.procedures.standing import answers_of
from pipeline.procedures.terms import TermKind
from pipeline.roads.formal_check import assess, request_of, right_facts
from pipeline.roads.procedures import due_letters
from pipeline.values import Deadline, Job, Place, Procedure


def write_letter(job: Job, office: Office) -> None:
    """Draft a letter, or draft it anew while nobody has touched it; one that was removed stays away."""
    with office.journal.transaction() as ledger:
        procedure = ledger.procedure(job.subject)
    definition = office.rulebook.definition(procedure.definition) if procedure else None
    rule = definition.letter(job.detail) if definition else None
    if procedure and definition and rule and procedure.state not in CLOSED:
        _draft(procedure, definition, rule, office)
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def _draft(procedure: Procedure, definition: Definition, rule: LetterRule, office: Office) -> None:
    name = letters.concept_name(procedure.dossier, rule.name)
    target = office.werkmap.path(Place.BRIEVEN_CONCEPT, name)
    with office.journal.transaction() as ledger:
        ours, drafted = ledger.fact(f"letter:{name}"), ledger.fact(drafted_key(procedure, rule))
    if drafted and not target.is_file():
        return
    letter = letters.write(rule.template, _matter(procedure, definition, rule, office))
    made = office.workshop.cache / "brief.docx"
    office.disk.make_folder(made.parent)
    office.workshop.templates.render(rule.template, letter, made)
    fresh = office.disk.sha256_of(made)
    if target.is_file() and office.disk.sha256_of(target) not in (ours, fresh):
        return
    office.disk.copy(made, target, fresh)
    with office.journal.transaction() as ledger:
        ledger.set_fact(f"letter:{name}", fresh)
        if not drafted:
            ledger.set_fact(drafted_key(procedure, rule), "ja")
            ledger.note("letter-drafted", procedure.dossier, name)


def redated(procedure: Procedure, moved: Path, office: Office) -> Path:
    """Give the letter that leaves: one that nobody edited gets the date of the day it leaves."""
    dossier, name = letters.read_name(moved.name)
    definition = office.rulebook.definition(procedure.definition)
    rule = next((one for one in definition.letters if one.name == name), None)
    with office.journal.transaction() as ledger:
        ours = ledger.fact(f"letter:{letters.concept_name(dossier, name)}")
    if rule is None or office.disk.sha256_of(moved) != ours:
        return moved
    made = office.workshop.cache / "brief.docx"
    letter = letters.write(rule.template, _matter(procedure, definition, rule, office))
    office.workshop.templates.render(rule.template, letter, made)
    return made


def asked_key(dossier: str, template: str) -> str:
    """Name the fact that tells that a person asked for a letter; it then stays until it is sent."""
    return f"asked:{dossier}:{template}"


def drafted_key(procedure: Procedure, rule: LetterRule) -> str:
    """Name the fact that tells that a letter was drafted, or sent; empty when it may be drafted again."""
    return f"drafted:{procedure.dossier}:{rule.template}"


def _matter(procedure: Procedure, definition: Definition, rule: LetterRule, office: Office) -> letters.Matter:
    request, found = request_of(procedure, office), assess(procedure, office)
    known = answers_of(procedure.events)
    own = next((one for one in office.rulebook.terms if one.kind is procedure.kind), None)
    right = next((one for one in office.rulebook.rights if one.id == known.get(RIGHT)), None)
    with office.journal.transaction() as ledger:
        papers = tuple(one.title for one in ledger.filed() if one.dossier == procedure.dossier)
    return letters.Matter(
        procedure=procedure,
        name=definition.name,
        known=known,
        request=request,
        papers=papers,
        council=office.council,
        today=office.today(),
        term_words=words.words_for(own) if own else "",
        from_complete=own is not None and own.starts_when_complete,
        right_words=right_facts(right).written if right and right.article else "",
        missing=found.missing if found else (),
        basis=rule.basis,
        term=_asking(rule, procedure, definition),
        waits=tuple(one.id for one in office.rulebook.catalogue.values() if one.kind is TermKind.SUSPENSION),
    )


def _asking(rule: LetterRule, procedure: Procedure, definition: Definition) -> Deadline | None:
    """Find the running term for which a letter is meant."""
    terms = [one.term for one in definition.terms if one.letter == rule.template]
    return next((one for one in procedure.deadlines if one.term in terms), None)


def clear_concepts(procedure: Procedure, office: Office) -> None:
    """Take away the concepts that are no longer due, where nobody has worked on them."""
    definition = office.rulebook.definition(procedure.definition)
    due = due_letters(procedure, definition, office.today())
    for rule in definition.letters:
        with office.journal.transaction() as ledger:
            asked = ledger.fact(asked_key(procedure.dossier, rule.template))
        if rule in due or (asked and procedure.state not in CLOSED):
            continue
        name = letters.concept_name(procedure.dossier, rule.name)
        path = office.werkmap.path(Place.BRIEVEN_CONCEPT, name)
        with office.journal.transaction() as ledger:
            ours = ledger.fact(f"letter:{name}")
        if path.is_file() and office.disk.sha256_of(path) == ours:
            office.disk.remove(path)
            with office.journal.transaction() as ledger:
                ledger.set_fact(drafted_key(procedure, rule), "")
