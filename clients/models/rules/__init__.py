"""The rules of the routine as checks: each says what, where in the text, why, and one example of a mend."""
