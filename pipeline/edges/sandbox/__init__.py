"""Where foreign files are parsed: a worker process with limits, which may die without harm.

``Workers`` is the side of the service, ``worker`` the side of the process; ``wire`` is how they talk,
``limits`` and ``kernel`` are what the process may still do. Nothing that comes back is ever run.
"""

from pipeline.edges.sandbox.council_reader import CouncilReader
from pipeline.edges.sandbox.workers import STUCK, Workers, shared_workers

__all__ = ["STUCK", "CouncilReader", "Workers", "shared_workers"]
