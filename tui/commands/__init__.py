"""One record per command: key, id, label, help, palette entry."""
