"""The modes of the desk and the dialogues over them."""
