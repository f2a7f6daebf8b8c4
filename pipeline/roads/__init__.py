"""The roads of the story in ``flow.py``: each module carries one thing from its beginning to its end."""
