"""The Freshdesk REST API v2, as far as a desk uses it, with its silent traps."""
