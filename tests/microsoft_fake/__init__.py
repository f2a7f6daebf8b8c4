"""A Microsoft 365 of our own, on loopback only: its sign-in, its mail, its folders.

The client under test is the one of production: it believes that it talks to the real hosts, through
a proxy that knows only those two (see ``running``). What it asks is held against Microsoft's own
description of Graph, when that lies beside the repository.
"""

from microsoft_fake.running import Fake, certificate, running

__all__ = ["Fake", "certificate", "running"]
