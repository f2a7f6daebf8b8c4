"""Is this the request or the decision itself, or something said before or after it?

A draft, an announcement, a reminder and a wish to talk use the very words of the paper they are
about, but start nothing. Pure.
"""

import re
from datetime import timedelta

from pipeline.classify.case import Case
from pipeline.classify.rules import STRONG, any_in, make_cue
from pipeline.dates import dutch_date
from pipeline.folding import flatten, zone_of
from pipeline.values import Kind

_DRAFT_TITLE = (
    make_cue("concept(-| |)(advies|instemming|aanvraag|verzoek|brief)*", 1),
    make_cue("(adviesaanvraag|instemmingsverzoek) (-|in |versie |)(concept|conceptversie)", 1),
    make_cue("(ter bespreking|eerste versie|conceptversie|kladversie|voorlopige versie|werkversie)", 1),
    make_cue("(v|versie |v.)0(.|,)*", 1),
)
_DRAFT_TEXT = (
    make_cue("(dit|het) is (nog |)(een |)(concept*|eerste (versie|opzet)|voorlopig*)", 1),
    make_cue(
        "(nog |)(geen|niet de) (formele|officiele|definitieve) (adviesaanvraag|aanvraag|"
        "instemmingsverzoek|verzoek|vraag)",
        1,
    ),
    make_cue(
        "(formele|officiele|definitieve) (adviesaanvraag|aanvraag|instemmingsverzoek|verzoek) "
        "... (volgt|later|daarna|sturen|ontvang*|komt)",
        1,
    ),
    make_cue(
        "(informeel|alvast|vooruitlopend|vast) ... (voorleggen|bespreken|meelezen|meedenken|reageren|mening)",
        1,
    ),
    make_cue("(ter bespreking|eerste concept)", 1),
    make_cue("(hierbij|bijgaand|bijgevoegd|stuur|sturen|bijlage|zie) ... (eerste versie|eerste opzet)", 1),
    make_cue("(concept|versie 0*|v0*) ... (adviesaanvraag|instemmingsverzoek)", 1),
)
_DRAFT_NAME = make_cue("(concept|v0 *|v0*|versie 0*|draft|klad)", 1)


def draft(case: Case) -> str:
    """Hold a request that calls itself a draft, or is there to be talked about."""
    page = case.page
    is_draft = (
        any_in(_DRAFT_TITLE, page.title, page.subject)
        or any_in(_DRAFT_TEXT, page.opening)
        or any_in((_DRAFT_NAME,), page.file_name)
    )
    if not case.may_be_request or not is_draft:
        return ""
    return "Het lijkt een concept of een stuk ter bespreking; vraag of de termijn al is begonnen."


_FOLLOW_UP = (
    make_cue(
        "(herinnering|rappel|reminder|aanvulling|aanvullend*|nagezonden|nagekomen|nazending|"
        "correctie|erratum) *",
        1,
    ),
)
_REQUEST = "(adviesaanvra*|instemmingsverzoek*|instemmingsaanvra*|aanvraag|verzoek)"
_FIGURE = "(0|1|2|3|4|5|6|7|8|9)*"
_FOLLOW_UP_TEXT = (
    make_cue(
        f"(bij|op|behorend*|inzake|over|na|rond) (de|onze|het|ons|mijn) {_REQUEST} (van|d.d.|dd.|"
        f"dd) {_FIGURE}",
        1,
    ),
    make_cue(
        f"(onze|ons|mijn|de|het|een) (eerdere |)(adviesaanvraag|instemmingsverzoek) (van|d.d.|dd.|"
        f"dd) {_FIGURE}",
        1,
    ),
    make_cue(
        f"(hebben|heeft|heb) (wij|we|ik) (u|jullie) (een|de|het|onze|ons) {_REQUEST} ... "
        f"(gestuurd|toegestuurd|gedaan|voorgelegd|gezonden)",
        1,
    ),
    make_cue(
        "(mee te nemen|te betrekken|meenemen|betrekken) (in|bij) (uw|jullie) (advies|oordeel|"
        "besluit|standpunt)",
        1,
    ),
    make_cue(
        "(nieuwe|aangepaste|gewijzigde|herziene|aangevulde) (versie|stukken|bijlage*) ... "
        "(advies*|instemming*)",
        1,
    ),
    make_cue("(alsnog|nogmaals) ... (advies|instemming|verzoek)", 1),
    make_cue(
        "(zoals |)eerder (toegezonden|toegestuurd|gestuurd|verzonden|verstuurd|aan u voorgelegd|ingediend)", 1
    ),
    make_cue(
        "(herinner|herinneren|herinnert|attenderen|wijzen) (wij|we|ik|u|jullie|de {raad}) ... "
        "(aan|eraan|erop)",
        1,
    ),
    make_cue("(hebben|heb|heeft) (wij|we|ik) (u|jullie|de {raad}) ... (advies|instemming) ... gevraagd", 1),
    make_cue(
        "(aanvullende|nagekomen|ontbrekende|gewijzigde|aangepaste|nadere) (stukken|bijlage*|"
        "informatie|gegevens|versie) ... (bij|op|behorend*|over|inzake) ... (adviesaanvraag|"
        "instemmingsverzoek|aanvraag|verzoek)",
        1,
    ),
    make_cue(
        "(aanvulling|toelichting|toevoeging|wijziging|correctie) (op|bij|van) (de|het|onze|ons|"
        "mijn) (eerdere |eerder ... |)(adviesaanvraag|instemmingsverzoek|aanvraag|verzoek)",
        1,
    ),
    make_cue(
        "(nog geen|geen) (advies|instemming|reactie|antwoord|besluit) ... (ontvangen|mogen "
        "ontvangen|vernomen|gehad)",
        1,
    ),
    make_cue("(onze|ons|mijn) (adviesaanvraag|instemmingsverzoek|aanvraag|verzoek) (van|d.d.|dd.|dd) ", 1),
    make_cue(
        "(nog niets|nog niks|nog geen reactie|nog geen antwoord|niets meer) ... (gehoord|vernomen|ontvangen|"
        "binnen|gezien)",
        1,
    ),
    make_cue(
        "(advies|besluit|instemming|reactie|antwoord) ... (zou|moest|had|hadden) ... (binnen|er) "
        "(zijn|moeten zijn)",
        1,
    ),
    make_cue("(uw|jullie|het|de) (advies|besluit|reactie) ... nog niet (binnen|ontvangen|gekregen)", 1),
    make_cue("(even checken|te checken|een seintje|kort seintje|duwtje|reminder|rappelleren)", 1),
    make_cue("(gaat dat lukken|gaat het lukken|lukt dat nog|lukt het nog|komt dat nog)", 1),
    make_cue("(waar blijft|wanneer (krijg|krijgen|kan ik|kunnen we)) ... (advies|besluit|reactie)", 1),
    make_cue("(hadden|hebben) (jullie|u) nog niet", 1),
)


_REMINDER_TITLE = make_cue("(herinnering|rappel|reminder|herhaald verzoek)", 1)
_REMINDER_TEXT = make_cue("(herinner|herinneren|herinnert) (wij|we|ik|u|jullie|de {raad}) ... (aan|eraan)", 1)


def is_reminder(case: Case) -> bool:
    """Tell whether the paper says of itself that it reminds of an earlier one."""
    page = case.page
    return any_in((_REMINDER_TITLE,), page.title, page.subject) or any_in((_REMINDER_TEXT,), page.opening)


def follow_up(case: Case) -> str:
    """Hold what adds to, or reminds of, an earlier request."""
    if not case.may_be_request:
        return ""
    titles = any_in(_FOLLOW_UP, case.page.title, case.page.subject, case.page.file_name)
    if not titles and not any_in(_FOLLOW_UP_TEXT, case.page.body):
        return ""
    return (
        "Dit lijkt een aanvulling of herinnering; het hoort waarschijnlijk bij een lopende zaak. "
        "Is dat zo, sleep het dan naar de map 'Bij …' met dat nummer."
    )


def quoted(case: Case) -> str:
    """Hold a request that only stands in the older letter below what is written now."""
    asks = [found.sentence for found in case.best.evidence if found.weight >= STRONG and found.sentence]
    if not case.is_request or not case.page.above or any(sentence in case.page.above for sentence in asks):
        return ""
    return "Het verzoek staat alleen in een brief onder dit bericht; misschien is die al eerder gestuurd."


_RUNNING = (
    make_cue(f"(trek|trekken|trekt) ... {_REQUEST} ... (in|terug)", 1),
    make_cue(f"{_REQUEST} ... (trek|trekken|trekt) (ik|wij|we|{{bestuur}}) ... (in|terug)", 1),
    make_cue(f"{_REQUEST} ... (ingetrokken|teruggetrokken)", 1),
    make_cue(f"(uitstel|verlenging|verlengen|verlengd|uitgesteld) ... ({_REQUEST}|adviestermijn|termijn)", 1),
    make_cue("(stellen|stel|stelt|verlengen|verleng|verlengt) ... (termijn|adviestermijn)", 1),
    make_cue(f"{_REQUEST} ... (wijs|wijzen|wijst) (ik|wij|we|{{bestuur}}) ... af", 1),
    make_cue("(geen|niet|is dit|of dit) ... (adviesplichtig*|instemmingsplichtig*)", 1),
    make_cue("(hebben|heeft|hebt) (jullie|u|de {raad}) al", 1),
    make_cue("(staat|staan) ... op de agenda van", 1),
)
_COPY = "(ter info|ter informatie|ter kennisneming|ter kennisname|afschrift|kopie)"
_SENT_BEFORE = (
    make_cue(f"{_COPY} ... (adviesaanvra*|instemmingsverzoek*|instemmingsaanvra*|verzoek|aanvraag)", 1),
    make_cue("(ontvangt|ontvangen|krijgt|krijgen|stuur|sturen) ... (een |)(afschrift|kopie)", 1),
    make_cue(f"{_REQUEST} die (wij|we|ik|{{bestuur}})", 1),
    make_cue(
        "(vroegen|vroeg|verzochten|verzocht) (wij|we|ik|{bestuur}) (u|jullie|de {raad}) ... "
        "(advies|instemming|in te stemmen|te adviseren)",
        1,
    ),
)
_DONE = (
    make_cue("(als|ter) voorbeeld", 1),
    make_cue(
        "(is|zijn) (al |allang |inmiddels |helemaal |)... (klaar|afgehandeld|afgerond|behandeld|gesloten)", 1
    ),
    make_cue("(hebben|heeft) (wij|we|de {raad}) ... (geadviseerd|advies (gegeven|uitgebracht)|ingestemd)", 1),
    make_cue("(het |)besluit is (al |toen |inmiddels |)genomen", 1),
)
_RUNNING_TITLE = make_cue("(intrekking|intrekken|ingetrokken|uitstel|verlenging|adviestermijn)", 1)
_ANSWER_MAIL = re.compile(r"\s{0,5}(?:re|antw|antwoord|aw)\s?:", re.IGNORECASE)


def about_running(case: Case) -> str:
    """Hold what speaks of a request that was made already: withdrawn, postponed, refused, asked after."""
    if not case.may_be_request:
        return ""
    is_answer = case.paper.is_mail_body and _ANSWER_MAIL.match(case.paper.subject) is not None
    is_named = any_in((_RUNNING_TITLE,), case.page.title, case.page.subject)
    if not is_answer and not is_named and not any_in((*_RUNNING, *_SENT_BEFORE, *_DONE), case.page.opening):
        return ""
    return (
        "Dit lijkt over een verzoek te gaan dat er al ligt; het hoort waarschijnlijk bij een lopende zaak. "
        "Is dat zo, sleep het dan naar de map 'Bij …' met dat nummer."
    )


_OLD = timedelta(days=42)
"""A letter that was under way for longer than this is probably sent along, not sent."""


def old_request(case: Case) -> str:
    """Hold a request that is old: written long before it came, or with a day for the answer that is past."""
    facts, came = case.paper.facts, case.paper.day
    written = min(filter(None, (facts.document_date, case.paper.first_sent)), default=None)
    if not case.is_request or came is None:
        return ""
    if facts.answer_date is not None and facts.answer_date < came:
        return "Het antwoord werd gevraagd voor een dag die al voorbij was; misschien is het een oud verzoek."
    if written is None or came - written <= _OLD:
        return ""
    return (
        f"Dit verzoek is van {dutch_date(written)}, maar kwam pas op {dutch_date(came)} binnen; misschien "
        "is het een oud verzoek dat alleen ter informatie is meegestuurd."
    )


_COVERED_AS = (
    make_cue(f"(hierbij|bijgaand|bijgevoegd|in de bijlage|stuur|sturen|bijlage is) ... {_COPY}", 1),
    make_cue("(herinner*|ter herinnering|rappel|reminder|nogmaals|opnieuw toegestuurd)", 1),
    make_cue("(trek|trekken|trekt) ... (in|terug)", 1),
    make_cue("(ingetrokken|vervallen|niet langer aan de orde)", 1),
    make_cue("(concept|kladversie|nog niet de (formele|definitieve)|ter bespreking|alvast)", 1),
    make_cue("(al|eerder) ... (geadviseerd|ingestemd|advies (gegeven|uitgebracht))", 1),
    make_cue("(als|ter) voorbeeld", 1),
)


def covered_otherwise(case: Case) -> str:
    """Hold a request whose covering mail says that it is something else: a copy, a reminder, a draft."""
    if not case.is_request or not any_in(_COVERED_AS, zone_of(flatten(case.paper.beside))):
        return ""
    return (
        "De mail waarin dit verzoek zat, noemt het een herinnering, kopie, concept of iets "
        "dat niet meer geldt."
    )


def withdrawn(case: Case) -> str:
    """Hold what says that an earlier request is taken back: the matter it belongs to must hear of it."""
    subkind = case.best.subkind
    if case.best.rule.kind is not Kind.OVERIG or subkind is None or subkind.id != "intrekking":
        return ""
    return (
        "Hiermee lijkt een eerder verzoek te worden ingetrokken; sleep het naar de map "
        "'Bij ...' van die zaak."
    )


_DECIDES = make_cue(
    "(besl*|vastgesteld*|vast te stellen|vaststellen|stellen ... vast|nemen ... over|neem ... over"
    "|overgenomen|volg*|wijk*|afgeweken|afwijk*|voeren ... in|ingevoerd|invoering|gaat door|gaan door"
    "|doorgaan|treedt in werking|ingang*|leggen ... voor aan|trek* ... in|akkoord|gaat in"
    "|gaan ... verder|dat doe ik|dat doen we)",
    1,
)


def no_decision(case: Case) -> str:
    """Hold thanks for an advice that do not say what was decided: a term would start from them."""
    is_decision = case.best.rule.kind is Kind.BESLUIT_NA_ADVIES and case.has_cue
    if not is_decision or any_in((_DECIDES,), case.page.body):
        return ""
    return (
        "Er staat niet duidelijk in wat het bestuur heeft besloten; de termijn na het besluit begint nu niet."
    )


_MODEL = make_cue("(model|modelbrief|voorbeeldbrief|sjabloon|format|voorbeeld)", 1)
_BLANK = re.compile(r"\[[a-z][a-z /-]{2,40}\]|<[a-z][a-z /-]{2,40}>|\.{6}|_{6}")
_MOST_BLANKS = 1


def model_letter(case: Case) -> str:
    """Hold a letter that has yet to be filled in."""
    blanks = len(_BLANK.findall(case.page.opening.folded))
    is_model = any_in((_MODEL,), case.page.title, case.page.subject, case.page.file_name)
    if not case.may_be_request or (blanks <= _MOST_BLANKS and not is_model):
        return ""
    return "Het lijkt een model of een formulier dat nog niet is ingevuld."


_LATER = (
    "(binnenkort|later|te zijner tijd|t.z.t.|volgende (maand|week|vergadering)|volgend (jaar|"
    "schooljaar|kwartaal)|straks"
    "|na de (zomer|kerst|herfst|mei|voorjaars|)(vakantie|zomer)|in het (voorjaar|najaar|"
    "nieuwe jaar)|zodra|eerst daarna"
    "|(in|begin|eind|medio|vanaf) (januari|februari|maart|april|mei|juni|juli|augustus|"
    "september|oktober|november"
    "|december|het voorjaar|het najaar|volgend jaar))"
)
_ASKED = (
    "(adviesaanvra*|adviesverzoek*|instemmingsverzoek*|instemmingsaanvra*|ter advisering|ter instemming"
    "|om advies|om instemming|verzoek om in te stemmen|verzoek te adviseren)"
)
_ANNOUNCED = (
    make_cue(f"{_LATER} ... {_ASKED}", 1),
    make_cue(
        f"{_LATER} ... (krijgen|krijgt|ontvangen|ontvangt|komt|volgt) (jullie|u|er|van mij|van ons) ... "
        "(verzoek|aanvraag|vraag)",
        1,
    ),
    make_cue(
        "(nu|voorlopig|vooralsnog) (hoef|hoeven|vraag|vragen|verwacht|verwachten) (ik|wij|we|jullie|u) ... "
        "(niets|niks|nog geen|nog niet)",
        1,
    ),
    make_cue(
        "(wat eraan komt|wat er aankomt|alvast een vooraankondiging|om (u|jullie) niet te overvallen)", 1
    ),
    make_cue(f"{_ASKED} ... (volgt|volgen|komt|komen|tegemoet zien|toegestuurd|verwachten) ... {_LATER}", 1),
    make_cue(f"{_ASKED} (volgt|volgen|komt nog|is in voorbereiding|wordt voorbereid)", 1),
    make_cue(f"(zullen|zal|gaan|gaat) (wij|we|ik|{{bestuur}}|u|jullie|de {{raad}}) ... {_ASKED}", 1),
    make_cue(f"(kondig|kondigen) ... aan ... {_ASKED}", 1),
    make_cue(
        "(als|zodra|wanneer|nadat) ... (is|zijn|heeft|hebben|wordt|worden|staat) ... (verzoeken|vragen) "
        "(wij|we|ik) (u|jullie|de {raad}) ... (advies|instemming|in te stemmen|te adviseren)",
        1,
    ),
)


def announced(case: Case) -> str:
    """Hold what says that a request will come."""
    page = case.page
    if not case.may_be_request or not any_in(_ANNOUNCED, page.body, page.title, page.subject):
        return ""
    return "Het lijkt een aankondiging: het verzoek zelf komt mogelijk later."


_MORE_TALK = (
    make_cue("nader overleg", 1),
    make_cue(
        "(voornemens|van plan|overwegen|overweegt|geneigd) ... (af te wijken|afwijken|niet te volgen)", 1
    ),
    make_cue("(nog geen|geen definitief) besluit", 1),
    make_cue(
        "(voordat|alvorens|eer) ... (definitief besluit*|besluit te nemen|besluit nemen|"
        "besluiten|te besluiten)",
        1,
    ),
)
_LEANS = (
    make_cue("(neig|neigen|neigt|hellen|helt) ... (naar|ertoe|er toe|ernaar)", 1),
    make_cue("(nog niet|nog niets) ... (besloten|beslist|vastgesteld)", 1),
    make_cue(
        "eerst ... (met u|met jullie|met de {raad}) ... (spreken|praten|bespreken|overleggen|in gesprek|"
        "om tafel|doorpraten)",
        1,
    ),
    make_cue(
        "met (u|jullie|de {raad}|uw raad) ... (in gesprek|overleg|om tafel|aan tafel|bespreken|doorpraten) "
        "... (voordat|alvorens|voor we|voor wij)",
        1,
    ),
)
_HAS_TALKED = (
    make_cue("(hebben|heeft|hadden|is|na) ... nader overleg (gehad|gevoerd|met u|met jullie)", 1),
    make_cue("nader overleg ... (is gevoerd|heeft plaatsgevonden|hadden)", 1),
)


def more_talk(case: Case) -> str:
    """Hold a letter that wants to talk first: WMS 17 d comes before the decision."""
    kind, subkind = case.best.rule.kind, case.best.subkind
    is_talk = kind is Kind.OVERIG and subkind is not None and subkind.id == "nader_overleg"
    if not is_talk and kind is not Kind.BESLUIT_NA_ADVIES:
        return ""
    has_talked = any_in(_HAS_TALKED, case.page.body) and case.best.in_text >= STRONG
    if not is_talk and (has_talked or not any_in((*_MORE_TALK, *_LEANS), case.page.body)):
        return ""
    return (
        "Het bestuur wil eerst nader overleg; dit is nog niet het besluit. De termijn na het "
        "besluit begint nu niet."
    )
