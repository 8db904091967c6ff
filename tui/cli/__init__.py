"""The command line: opens the desk, and is its headless twin. Heavy imports wait for their command."""
