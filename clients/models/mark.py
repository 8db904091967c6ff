"""The mark of one step, by which what it wrote is found again after a lost answer."""


def mark(op_id: str) -> str:
    """The mark, to be written into a description or a comment."""
    return f"[op:{op_id}]"


def is_marked(text: str, op_id: str) -> bool:
    """Whether ``text`` carries the mark."""
    return mark(op_id) in text
