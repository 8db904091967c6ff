"""What happens across systems, step by step. Knows no screen."""
