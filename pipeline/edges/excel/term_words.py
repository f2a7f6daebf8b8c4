"""Dutch words for a term, as the lists and the calendar show it. Pure; touches nothing."""

from pipeline.values import Basis, Deadline, Kind, Procedure

_BYLAW = "reglement"


def right_word(procedure: Procedure) -> str:
    """Name the right that a request appeals to: ``instemming`` or ``advies``."""
    return "instemming" if procedure.kind is Kind.INSTEMMINGSVERZOEK else "advies"


def basis_words(basis: Basis | None) -> str:
    """Say where a term comes from: ``artikel 34 lid 2 van de WMS``; empty without a basis."""
    if basis is None:
        return ""
    law = "het medezeggenschapsreglement" if basis.law == _BYLAW else f"de {basis.law}"
    label = "lid" if basis.paragraph[:1].isdigit() else "onderdeel"
    part = f" {label} {basis.paragraph}" if basis.paragraph else ""
    article = basis.article if basis.article.lower().startswith("art") else f"artikel {basis.article}"
    return f"{article}{part} van {law}"


def step_lines(deadline: Deadline) -> tuple[str, ...]:
    """Number the steps of the computation, in order."""
    return tuple(f"{number}. {step.text}" for number, step in enumerate(deadline.steps, start=1))
