"""Loopback servers that speak the real dialects: for practice, for the demo and for the tests."""
