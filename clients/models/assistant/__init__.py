"""Another text for a description: what may leave, what came back, and whether it still says the same."""
