"""One Microsoft 365 of one council: everything that is asked there goes through the same sign-in.

So a refused sign-in, a server that has had enough and what was uploaded count for all of it at once.
"""

from datetime import date

from pipeline.edges.microsoft.drive import DriveFolder
from pipeline.edges.microsoft.expiry import end_of, warning
from pipeline.edges.microsoft.graph import Graph
from pipeline.edges.microsoft.mailbox import GraphPostbus
from pipeline.edges.microsoft.sign_in import Identity, Resource, SignIn
from pipeline.edges.microsoft.transport import GraphTransport
from pipeline.ports import Postbus, Transport


class Microsoft:
    """The council's mailbox and folder at Microsoft 365; nothing is asked before it is needed.

    Args:
        identity: Who we are there.
    """

    def __init__(self, identity: Identity) -> None:
        self.sign_in = SignIn(identity)
        self.graph = Graph(self.sign_in)

    def postbus(self, inbox: str, done: str, *, keeps: bool, since: date | None = None) -> Postbus:
        """Give the mailbox; arguments as in ``GraphPostbus``."""
        return GraphPostbus(graph=self.graph, inbox=inbox, keeps=keeps, done=done, since=since)

    def transport(self) -> Transport:
        """Give what sends from the mailbox."""
        return GraphTransport(graph=self.graph)

    def drops(self, place: str, quiet_seconds: float) -> Postbus:
        """Give a folder that counts as a second ``Inkomend/``; arguments as in ``DriveFolder``."""
        return DriveFolder(graph=self.graph, place=place, quiet_seconds=quiet_seconds)

    def look_into_mailbox(self) -> None:
        """Make sure that the mailbox may be seen; nothing is changed there.

        Raises:
            AccessDeniedError: It may not, or there is none of that name.
            PostbusAwayError: It cannot be reached, or the sign-in was refused.
        """
        GraphPostbus(graph=self.graph).look()

    def access_warning(self, today: date) -> str:
        """Say in Dutch that the sign-in runs out or has run out; empty while it is not yet time for that."""
        return warning(end_of(self.sign_in.identity), today)

    def mail_token(self) -> str:
        """Give a token for IMAP and SMTP (XOAUTH2); raises as ``SignIn.token``."""
        return self.sign_in.token(Resource.MAIL)
