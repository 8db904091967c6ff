"""Ground floor: the words of the desk, and everything outside the process. Knows no screen."""
