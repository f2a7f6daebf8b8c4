"""Is this the request or the decision itself, or something said before or after it?

A draft, an announcement, a reminder and a wish to talk use the very words of the paper they are
about, but start nothing. Pure.
"""

import re
from datetime import timedelta

from pipeline.classify.case import Case
from pipeline.classify.rules import STRONG
from pipeline.dates import dutch_date
from pipeline.folding import flatten, zone_of
from pipeline.phrase_index import phrases
from pipeline.values import Kind, SenderRole

_DRAFT_TITLE = phrases(
    "concept(-| |)(advies|instemming|aanvraag|verzoek|brief)*",
    "(adviesaanvraag|instemmingsverzoek) (-|in |versie |)(concept|conceptversie)",
    "(ter bespreking|eerste versie|conceptversie|kladversie|voorlopige versie|werkversie)",
    "(v|versie |v.)0(.|,)*",
)
_DRAFT_TEXT = phrases(
    "(dit|het) is (nog |)(een |)(concept*|eerste (versie|opzet)|voorlopig*)",
    "(nog |)(geen|niet de) (formele|officiele|definitieve) (adviesaanvraag|aanvraag|"
    "instemmingsverzoek|verzoek|vraag)",
    "(formele|officiele|definitieve) (adviesaanvraag|aanvraag|instemmingsverzoek|verzoek) "
    "... (volgt|later|daarna|sturen|ontvang*|komt)",
    "(informeel|alvast|vooruitlopend|vast) ... (voorleggen|bespreken|meelezen|meedenken|reageren|mening)",
    "(ter bespreking|eerste concept)",
    "(hierbij|bijgaand|bijgevoegd|stuur|sturen|bijlage|zie) ... (eerste versie|eerste opzet)",
    "(concept|versie 0*|v0*) ... (adviesaanvraag|instemmingsverzoek)",
)
_DRAFT_NAME = phrases(
    "(concept|v0 *|v0*|versie 0*|draft|klad)",
)


def draft(case: Case) -> str:
    """Hold a request that calls itself a draft, or is there to be talked about."""
    page = case.page
    is_draft = (
        _DRAFT_TITLE.stands_in(page.title, page.subject)
        or _DRAFT_TEXT.stands_in(page.opening)
        or _DRAFT_NAME.stands_in(page.file_name)
    )
    if not case.may_be_request or not is_draft:
        return ""
    return "Het lijkt een concept of een stuk ter bespreking; vraag of de termijn al is begonnen."


_FOLLOW_UP = phrases(
    "(herinnering|rappel|reminder|aanvulling|aanvullend*|nagezonden|nagekomen|nazending|correctie|erratum) *",
)
_REQUEST = "(adviesaanvra*|instemmingsverzoek*|instemmingsaanvra*|aanvraag|verzoek)"
_FIGURE = "(0|1|2|3|4|5|6|7|8|9)*"
_FOLLOW_UP_TEXT = phrases(
    f"(bij|op|behorend*|inzake|over|na|rond) (de|onze|het|ons|mijn) {_REQUEST} (van|d.d.|dd.|dd) {_FIGURE}",
    f"(onze|ons|mijn|de|het|een) (eerdere |)(adviesaanvraag|instemmingsverzoek) (van|d.d.|dd.|dd) {_FIGURE}",
    f"(hebben|heeft|heb) (wij|we|ik) (u|jullie) (een|de|het|onze|ons) {_REQUEST} ... "
    f"(gestuurd|toegestuurd|gedaan|voorgelegd|gezonden)",
    "(mee te nemen|te betrekken|meenemen|betrekken) (in|bij) (uw|jullie) (advies|oordeel|besluit|standpunt)",
    "(nieuwe|aangepaste|gewijzigde|herziene|aangevulde) (versie|stukken|bijlage*) ... (advies*|instemming*)",
    "(alsnog|nogmaals) ... (advies|instemming|verzoek)",
    "(zoals |)eerder (toegezonden|toegestuurd|gestuurd|verzonden|verstuurd|aan u voorgelegd|ingediend)",
    "(herinner|herinneren|herinnert|attenderen|wijzen) (wij|we|ik|u|jullie|de {raad}) ... (aan|eraan|erop)",
    "(hebben|heb|heeft) (wij|we|ik) (u|jullie|de {raad}) ... (advies|instemming) ... gevraagd",
    "(aanvullende|nagekomen|ontbrekende|gewijzigde|aangepaste|nadere) (stukken|bijlage*|"
    "informatie|gegevens|versie) ... (bij|op|behorend*|over|inzake) ... (adviesaanvraag|"
    "instemmingsverzoek|aanvraag|verzoek)",
    "(aanvulling|toelichting|toevoeging|wijziging|correctie) (op|bij|van) (de|het|onze|ons|"
    "mijn) (eerdere |eerder ... |)(adviesaanvraag|instemmingsverzoek|aanvraag|verzoek)",
    "(nog geen|geen) (advies|instemming|reactie|antwoord|besluit) ... (ontvangen|mogen "
    "ontvangen|vernomen|gehad)",
    "(onze|ons|mijn) (adviesaanvraag|instemmingsverzoek|aanvraag|verzoek) (van|d.d.|dd.|dd) ",
    "(nog niets|nog niks|nog geen reactie|nog geen antwoord|niets meer) ... (gehoord|vernomen|ontvangen|"
    "binnen|gezien)",
    "(advies|besluit|instemming|reactie|antwoord) ... (zou|moest|had|hadden) ... (binnen|er) "
    "(zijn|moeten zijn)",
    "(uw|jullie|het|de) (advies|besluit|reactie) ... nog niet (binnen|ontvangen|gekregen)",
    "(even checken|te checken|een seintje|kort seintje|duwtje|reminder|rappelleren)",
    "(gaat dat lukken|gaat het lukken|lukt dat nog|lukt het nog|komt dat nog)",
    "(waar blijft|wanneer (krijg|krijgen|kan ik|kunnen we)) ... (advies|besluit|reactie)",
    "(hadden|hebben) (jullie|u) nog niet",
)


_REMINDER_TITLE = phrases(
    "(herinnering|rappel|reminder|herhaald verzoek)",
)
_REMINDER_TEXT = phrases(
    "(herinner|herinneren|herinnert) (wij|we|ik|u|jullie|de {raad}) ... (aan|eraan)",
)


def is_reminder(case: Case) -> bool:
    """Tell whether the paper says of itself that it reminds of an earlier one."""
    page = case.page
    return _REMINDER_TITLE.stands_in(page.title, page.subject) or _REMINDER_TEXT.stands_in(page.opening)


def follow_up(case: Case) -> str:
    """Hold what adds to, or reminds of, an earlier request.

    Of the board, or of nobody knows whom, it must not be put away as nothing much either.
    """
    may_be_the_board = case.paper.sender_role is SenderRole.BEVOEGD_GEZAG or case.paper.council is None
    is_put_away = case.best.rule.kind is Kind.OVERIG and may_be_the_board
    if not case.may_be_request and not is_put_away:
        return ""
    titles = _FOLLOW_UP.stands_in(case.page.title, case.page.subject, case.page.file_name)
    if not titles and not _FOLLOW_UP_TEXT.stands_in(case.page.body):
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


_COPY = "(ter info|ter informatie|ter kennisneming|ter kennisname|afschrift|kopie)"
_UNDER_WAY = phrases(
    f"(trek|trekken|trekt) ... {_REQUEST} ... (in|terug)",
    f"{_REQUEST} ... (trek|trekken|trekt) (ik|wij|we|{{bestuur}}) ... (in|terug)",
    f"{_REQUEST} ... (ingetrokken|teruggetrokken)",
    f"(uitstel|verlenging|verlengen|verlengd|uitgesteld) ... ({_REQUEST}|adviestermijn|termijn)",
    "(stellen|stel|stelt|verlengen|verleng|verlengt) ... (termijn|adviestermijn)",
    f"{_REQUEST} ... (wijs|wijzen|wijst) (ik|wij|we|{{bestuur}}) ... af",
    "(geen|niet|is dit|of dit) ... (adviesplichtig*|instemmingsplichtig*)",
    "(hebben|heeft|hebt) (jullie|u|de {raad}) al",
    "(staat|staan) ... op de agenda van",
    # sent before
    f"{_COPY} ... (adviesaanvra*|instemmingsverzoek*|instemmingsaanvra*|verzoek|aanvraag)",
    "(ontvangt|ontvangen|krijgt|krijgen|stuur|sturen) ... (een |)(afschrift|kopie)",
    f"{_REQUEST} die (wij|we|ik|{{bestuur}})",
    "(vroegen|vroeg|verzochten|verzocht) (wij|we|ik|{bestuur}) (u|jullie|de {raad}) ... "
    "(advies|instemming|in te stemmen|te adviseren)",
    # settled
    "(als|ter) voorbeeld",
    "(is|zijn) (al |allang |inmiddels |helemaal |)... (klaar|afgehandeld|afgerond|behandeld|gesloten)",
    "(hebben|heeft) (wij|we|de {raad}) ... (geadviseerd|advies (gegeven|uitgebracht)|ingestemd)",
    "(het |)besluit is (al |toen |inmiddels |)genomen",
)
_RUNNING_TITLE = phrases(
    "(intrekking|intrekken|ingetrokken|uitstel|verlenging|adviestermijn)",
)
_ANSWER_MAIL = re.compile(r"\s{0,5}(?:re|antw|antwoord|aw)\s?:", re.IGNORECASE)


def about_running(case: Case) -> str:
    """Hold what speaks of a request that was made already: withdrawn, postponed, refused, asked after."""
    if not case.may_be_request:
        return ""
    is_answer = case.paper.is_mail_body and _ANSWER_MAIL.match(case.paper.subject) is not None
    is_named = _RUNNING_TITLE.stands_in(case.page.title, case.page.subject)
    if not is_answer and not is_named and not _UNDER_WAY.stands_in(case.page.opening):
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


_COVERED_AS = phrases(
    f"(hierbij|bijgaand|bijgevoegd|in de bijlage|stuur|sturen|bijlage is) ... {_COPY}",
    "(herinner*|ter herinnering|rappel|reminder|nogmaals|opnieuw toegestuurd)",
    "(trek|trekken|trekt) ... (in|terug)",
    "(ingetrokken|vervallen|niet langer aan de orde)",
    "(concept|kladversie|nog niet de (formele|definitieve)|ter bespreking|alvast)",
    "(al|eerder) ... (geadviseerd|ingestemd|advies (gegeven|uitgebracht))",
    "(als|ter) voorbeeld",
)


def covered_otherwise(case: Case) -> str:
    """Hold a request whose covering mail says that it is something else: a copy, a reminder, a draft."""
    if not case.is_request or not _COVERED_AS.stands_in(zone_of(flatten(case.paper.beside))):
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


_DECIDES = phrases(
    "(besl*|vastgesteld*|vast te stellen|vaststellen|stellen ... vast|nemen ... over|neem ... over"
    "|overgenomen|volg*|wijk*|afgeweken|afwijk*|voeren ... in|ingevoerd|invoering|gaat door|gaan door"
    "|doorgaan|treedt in werking|ingang*|leggen ... voor aan|trek* ... in|akkoord|gaat in"
    "|gaan ... verder|dat doe ik|dat doen we)",
)


def no_decision(case: Case) -> str:
    """Hold thanks for an advice that do not say what was decided: a term would start from them."""
    is_decision = case.best.rule.kind is Kind.BESLUIT_NA_ADVIES and case.has_cue
    if not is_decision or _DECIDES.stands_in(case.page.body):
        return ""
    return (
        "Er staat niet duidelijk in wat het bestuur heeft besloten; de termijn na het besluit begint nu niet."
    )


_MODEL = phrases(
    "(model|modelbrief|voorbeeldbrief|sjabloon|format|voorbeeld)",
)
_BLANK = re.compile(r"\[[a-z][a-z /-]{2,40}\]|<[a-z][a-z /-]{2,40}>|\.{6}|_{6}")
_MOST_BLANKS = 1


def model_letter(case: Case) -> str:
    """Hold a letter that has yet to be filled in."""
    blanks = len(_BLANK.findall(case.page.opening.folded))
    is_model = _MODEL.stands_in(case.page.title, case.page.subject, case.page.file_name)
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
_ANNOUNCED = phrases(
    f"{_LATER} ... {_ASKED}",
    f"{_LATER} ... (krijgen|krijgt|ontvangen|ontvangt|komt|volgt) (jullie|u|er|van mij|van ons) ... "
    "(verzoek|aanvraag|vraag)",
    "(nu|voorlopig|vooralsnog) (hoef|hoeven|vraag|vragen|verwacht|verwachten) (ik|wij|we|jullie|u) ... "
    "(niets|niks|nog geen|nog niet)",
    "(wat eraan komt|wat er aankomt|alvast een vooraankondiging|om (u|jullie) niet te overvallen)",
    f"{_ASKED} ... (volgt|volgen|komt|komen|tegemoet zien|toegestuurd|verwachten) ... {_LATER}",
    f"{_ASKED} (volgt|volgen|komt nog|is in voorbereiding|wordt voorbereid)",
    f"(zullen|zal|gaan|gaat) (wij|we|ik|{{bestuur}}|u|jullie|de {{raad}}) ... {_ASKED}",
    f"(kondig|kondigen) ... aan ... {_ASKED}",
    "(als|zodra|wanneer|nadat) ... (is|zijn|heeft|hebben|wordt|worden|staat) ... (verzoeken|vragen) "
    "(wij|we|ik) (u|jullie|de {raad}) ... (advies|instemming|in te stemmen|te adviseren)",
)


def announced(case: Case) -> str:
    """Hold what says that a request will come."""
    page = case.page
    if not case.may_be_request or not _ANNOUNCED.stands_in(page.body, page.title, page.subject):
        return ""
    return "Het lijkt een aankondiging: het verzoek zelf komt mogelijk later."


_TALK_FIRST = phrases(
    "nader overleg",
    "(voornemens|van plan|overwegen|overweegt|geneigd) ... (af te wijken|afwijken|niet te volgen)",
    "(nog geen|geen definitief) besluit",
    "(voordat|alvorens|eer) ... (definitief besluit*|besluit te nemen|besluit nemen|besluiten|te besluiten)",
    "(neig|neigen|neigt|hellen|helt) ... (naar|ertoe|er toe|ernaar)",
    "(nog niet|nog niets) ... (besloten|beslist|vastgesteld)",
    "eerst ... (met u|met jullie|met de {raad}) ... (spreken|praten|bespreken|overleggen|in gesprek|"
    "om tafel|doorpraten)",
    "met (u|jullie|de {raad}|uw raad) ... (in gesprek|overleg|om tafel|aan tafel|bespreken|doorpraten) "
    "... (voordat|alvorens|voor we|voor wij)",
)
_HAS_TALKED = phrases(
    "(hebben|heeft|hadden|is|na) ... nader overleg (gehad|gevoerd|met u|met jullie)",
    "nader overleg ... (is gevoerd|heeft plaatsgevonden|hadden)",
)


def more_talk(case: Case) -> str:
    """Hold a letter that wants to talk first: WMS 17 d comes before the decision."""
    kind, subkind = case.best.rule.kind, case.best.subkind
    is_talk = kind is Kind.OVERIG and subkind is not None and subkind.id == "nader_overleg"
    if not is_talk and kind is not Kind.BESLUIT_NA_ADVIES:
        return ""
    has_talked = _HAS_TALKED.stands_in(case.page.body) and case.best.in_text >= STRONG
    if not is_talk and (has_talked or not _TALK_FIRST.stands_in(case.page.body)):
        return ""
    return (
        "Het bestuur wil eerst nader overleg; dit is nog niet het besluit. De termijn na het "
        "besluit begint nu niet."
    )
