"""Tones as styles of `Content`, for what is laid out by Textual rather than line by line."""

from .cells import Tone

STYLES: dict[Tone, str] = {
    Tone.PLAIN: "",
    Tone.DIM: "$foreground-muted",
    Tone.STRONG: "bold",
    Tone.GOOD: "$text-success",
    Tone.WARN: "$text-warning",
    Tone.BAD: "$text-error",
    Tone.ACCENT: "$text-primary",
    Tone.LINK: "$text-secondary",
    Tone.ADDED: "$text-success underline",
    Tone.REMOVED: "$text-error strike",
}
"""``$text-muted`` is not used: inside `Content` it loses its transparency and comes out brighter."""
