"""A small Redmine, in the dialect that Redmine 5.0 was seen to speak, silent traps included.

One contract suite holds it to the real server. It knows what Plantão uses, and no more.
"""

from .app import redmine_app
from .seed import seed_redmine

__all__ = ["redmine_app", "seed_redmine"]
