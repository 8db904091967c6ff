"""Top floor: the application and its headless twin."""
