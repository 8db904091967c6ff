"""Frozen models of what the remote systems say, and the pure rules of the desk."""
