"""A small Slack, in the dialect of the Web API: the team's channels, a ticket bot, a colleague who answers.

It knows what Plantão uses, and no more.
"""

from .app import slack_app
from .seed import seed_slack
from .workspace import Workspace, revise, speak

__all__ = ["Workspace", "revise", "seed_slack", "slack_app", "speak"]
