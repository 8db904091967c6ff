"""What a step is done to, in the analyst's words: targets are kept as ``ticket:4102``."""


def target_words(target: str) -> str:
    """Name ``target``: ``#4102``, ``tarefa 812``."""
    kind, _, number = target.partition(":")
    match kind:
        case "ticket" | "question":
            return f"#{number}"
        case "task":
            return f"tarefa {number}"
        case "time":
            return f"lançamento {number}"
        case "chamado" | "aviso":
            return f"chamado nº {number.partition(':')[0]}"
        case "rotina":
            return "rotina da manhã"
        case "passagem":
            return "passagem de turno"
    return number or target
