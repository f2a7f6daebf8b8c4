"""A mailbox on an IMAP server: read, put away what is done, and told of new mail at once.

``session`` connects and signs in, ``folders`` knows names at the server, ``postbus`` is the mailbox,
``watch`` waits for new mail. All that IMAPClient, the socket and TLS can raise becomes an error of ours.
"""

from pipeline.edges.imap.postbus import ImapPostbus
from pipeline.edges.imap.session import ImapServer

__all__ = ["ImapPostbus", "ImapServer"]
