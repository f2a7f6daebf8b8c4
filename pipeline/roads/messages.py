"""What a sending rests on, who gets a message of it, and the mail that carries one. Nothing leaves here."""

from dataclasses import replace
from pathlib import Path

from pipeline import contexts
from pipeline.bundle import plan as bundles
from pipeline.bundle import sheets
from pipeline.dispatch import mails, parcels, together
from pipeline.dispatch import plan as dispatching
from pipeline.errors import ListUnreadableError
from pipeline.office import Office
from pipeline.roads import addresses, links
from pipeline.roads.copies import mailed_path, sent_file
from pipeline.roads.meeting import read_folder
from pipeline.values import (
    Address,
    BuiltBundle,
    Dispatch,
    Meeting,
    Member,
    OutgoingMail,
    Sending,
    SendPurpose,
)


def concept_of(sending: Sending, office: Office) -> BuiltBundle:
    """Find the concept that a sending rests on."""
    with office.journal.transaction() as ledger:
        return next(one for one in ledger.concepts(sending.meeting) if one.sha256 == sending.concept)


def contents(bundle: BuiltBundle) -> str:
    """Count what a bundle holds, in words."""
    plan = bundle.plan
    return sheets.contents_line(len(plan.meeting.items), len(plan.papers), bundle.pages)


def plan_members(sending: Sending, meeting: Meeting, office: Office) -> tuple[Dispatch, ...]:
    """Plan the messages to the members, as leden.xlsx has them today; new addresses wait for a yes."""
    members = office.lists.read_members(office.settings_file("leden.xlsx"))
    pairs = tuple((member, bundles.edition_for(member, meeting)) for member in members)
    with office.journal.transaction() as ledger:
        new = addresses.unconfirmed(members, ledger)
    planned = dispatching.plan_dispatches(
        sending,
        pairs,
        day=office.today(),
        domains=office.domains,
        unconfirmed=new,
        confidential=bundles.is_confidential(concept_of(sending, office).plan),
    )
    return together.joined(planned, sending) if office.joint else planned


def announcement(
    sending: Sending, bundle: BuiltBundle, meeting: Meeting, office: Office
) -> contexts.AnnouncementMailContext:
    """Fill the announcement of a sending, as leden.xlsx has the members now."""
    return mails.announcement(
        office.council,
        bundle,
        sending,
        plan_members(replace(sending, sent=()), meeting, office),
        contents=contents(bundle),
        edition=sheets.edition_line(bundle.plan.edition),
    )


# --- the mail -----------------------------------------------------------------------------


def mail_of(sending: Sending, dispatch: Dispatch, office: Office) -> OutgoingMail:
    """Write the mail that carries a message: papers to a member, a concept, or the announcement."""
    template, context, attachment = _letter(sending, dispatch, concept_of(sending, office), office)
    text, html = office.workshop.templates.render_mail(template, context)
    if isinstance(context, contexts.MeetingMailContext):
        links.must_name(context.koppeling, text, html)
    council = office.council
    return OutgoingMail(
        message_id=dispatching.message_id(dispatch),
        sender=council.mailbox,
        to=Address(email=dispatch.to, name=dispatch.member),
        reply_to=council.secretary,
        subject=context.onderwerp,
        text=text,
        html=html,
        attachment_path=str(attachment) if attachment else "",
        attachment_name=dispatch.file if attachment else "",
        linked_path=str(links.linked_path(sending, office)) if dispatch.linked else "",
        sent_at=sending.due,
    )


def _letter(
    sending: Sending, dispatch: Dispatch, bundle: BuiltBundle, office: Office
) -> tuple[str, contexts.MailContext, Path | None]:
    held, edition = contents(bundle), sheets.edition_line(bundle.plan.edition)
    if dispatch.edition == dispatching.NOTICE:
        meeting, _ = read_folder(sending.meeting, office)
        return "mail_aankondiging", announcement(sending, bundle, meeting, office), None
    bundle = replace(bundle, plan=replace(bundle.plan, file_name=dispatch.file))
    ways = parcels.for_member(sending.parcel, sent_file(dispatch, sending), dispatch)
    words = mails.Words(contents=held, edition=edition, ways=ways, part=parcels.part_words(dispatch))
    if sending.purpose is not SendPurpose.LEDEN:
        trial = mails.trial(office.council, bundle, dispatch.member, words)
        return "mail_proef", trial, mailed_path(dispatch, sending, office)
    if dispatch.linked:
        words = links.with_link(words, sending)
    member = None if dispatch.shared else member_of(dispatch, sending, office)
    secrecy = sheets.secrecy_line(bundle.plan.edition)
    letter = mails.member_mail(office.council, bundle, member, words, secrecy=secrecy)
    return "mail_vergaderstukken", letter, None if dispatch.linked else mailed_path(dispatch, sending, office)


def member_of(dispatch: Dispatch, sending: Sending, office: Office) -> Member:
    """Find the row of a member by name, and that of whoever gets a concept by address."""
    members, name = office.lists.read_members(office.settings_file("leden.xlsx")), dispatch.member
    by_name = sending.purpose is SendPurpose.LEDEN
    own = (one for one in members if (one.name == name if by_name else one.email == dispatch.to))
    found = next(own, None)
    if found is None:
        raise ListUnreadableError(
            "member vanished from the list while sending",
            wat=f"{name} staat niet meer in leden.xlsx, terwijl de verzending al was begonnen.",
            doe="Zet de naam terug of vraag de beheerder om hulp.",
        )
    return found
