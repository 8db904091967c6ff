"""The people of the workspace, as Slack knows them."""


def person(place: int) -> str:
    """Slack's id of the agent at a place of the company's list."""
    return f"U0AGT{place + 1:02d}"
