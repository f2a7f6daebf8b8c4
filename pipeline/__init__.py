"""Stukkenstroom: the paperwork of a Dutch co-determination council, from letter to meeting papers.

Read ``flow.py`` first; ``README.md`` in this folder is the map.
"""

__version__ = "0.1.0"
