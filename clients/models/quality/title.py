"""The title: where (screen) and what (situation), so that whoever reads it already knows (C2)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ..finding import Finding, Severity
from ..folded import Span
from .lexicon import Lexicon
from .personal import documents, emails
from .words import Words, read

GOOD_EXAMPLE = "Não está salvando no ERP novos produtos cadastrados através de planilha"
MIN_WORDS = 4
MAX_WORDS = 20
MAX_CHARS = 120

_BRACKETED = re.compile(r"\[[^\[\]\n]{2,40}\]")
_ENDPOINT = re.compile(r"(?:^|\s)/?[\w{}.-]{1,60}(?:/[\w{}.-]{1,60}){1,6}")
_QUOTED = re.compile('["“«][^"“”«»\n]{3,120}["”»]')
_CAPS_LETTERS = 8  # shorter titles in capitals may be a list of acronyms


def check_title(raw: str, told: tuple[str, ...], lexicon: Lexicon) -> Iterator[Finding]:
    """Check a title; ``told`` is what flow and description say, to see whether they speak of the same."""
    words = read(raw)
    if not len(words):
        yield _finding("titulo.vazio", Severity.BLOCK, "Dê um título: em que tela e o que acontece.")
        return
    if _says_nothing(words, lexicon):
        yield _finding(
            "titulo.generico",
            Severity.BLOCK,
            "O título não diz nada do problema. Diga em que tela e o que acontece.",
            span=_whole(raw),
        )
    elif _is_request(raw, words, lexicon):
        yield _request(words)
    else:
        yield from _place_and_situation(raw, words, lexicon)
    yield from _same_subject(words, told, lexicon)
    yield from _form(raw, words, lexicon)
    yield from _people(raw)


def _says_nothing(words: Words, lexicon: Lexicon) -> bool:
    empty = lexicon.words("generic", "stopwords")
    pairs = zip(words.texts, words.singulars, strict=True)
    return all(text in empty or single in empty for text, single in pairs)


def _place_and_situation(raw: str, words: Words, lexicon: Lexicon) -> Iterator[Finding]:
    place, situation = _has_place(raw, words, lexicon), _has_situation(raw, words, 0, lexicon)
    vague = next(words.find(lexicon.phrases("errors")), None)
    if not place and not situation and not vague:
        yield _finding(
            "titulo.vago",
            Severity.BLOCK,
            "Não se lê nem a tela nem a situação. Diga onde e o que acontece.",
            span=_whole(raw),
        )
        return
    if not place:
        yield _finding(
            "titulo.sem_local",
            Severity.WARN,
            "Falta o local: cite a tela, o menu ou o documento.",
            example="… na tela de Pedidos · … ao emitir a NF-e",
        )
    if not situation and vague:
        yield _finding(
            "titulo.qual_erro",
            Severity.WARN,
            "Qual erro? Diga o que acontece, ou o código ou texto da mensagem.",
            example="Rejeição 539 ao emitir NF-e · Pedido de venda fica com o total zerado",
            span=vague,
        )
    elif not situation:
        yield _finding(
            "titulo.sem_situacao",
            Severity.WARN,
            "Falta a situação: o que acontece, ou o que não acontece?",
            example="… não salva · … trava · … com valor incorreto",
        )


def _has_place(raw: str, words: Words, lexicon: Lexicon) -> bool:
    if words.has(lexicon.phrases("places")) or _BRACKETED.search(raw) or _ENDPOINT.search(raw):
        return True
    prefixes = lexicon.words("place_prefixes")
    nowhere = lexicon.words("not_places", "generic", "stopwords")
    texts = words.texts
    return any(
        before in prefixes and len(after) > 2 and not after.isdigit() and after not in nowhere
        for before, after in pairwise(texts)
    )


def _has_situation(raw: str, words: Words, first: int, lexicon: Lexicon) -> bool:
    """Tell whether something is said to happen, in the words from index ``first`` on."""
    texts = words.texts[first:]
    negations, numbered = lexicon.words("negations"), lexicon.words("error_names")
    follows = list(pairwise(texts))
    if any(word in negations for word, _ in follows):
        return True
    if any(word in numbered and after.isdigit() for word, after in follows) or _QUOTED.search(raw):
        return True
    forms = lexicon.words("failure_forms")
    adjectives = {_masculine(adjective) for adjective in lexicon.words("adjectives")}
    failing = lexicon.verbs("failure_verbs", only_finite=True)
    if any(
        word in forms or failing.root(word) or _masculine(single) in adjectives
        for word, single in zip(texts, words.singulars[first:], strict=True)
    ):
        return True
    return any(
        index >= first
        for name in ("stoppings", "deviations")
        for index, _ in words.runs(lexicon.phrases(name))
    )


def _masculine(word: str) -> str:
    return word[:-1] + "o" if word.endswith("a") else word


def _same_subject(words: Words, told: tuple[str, ...], lexicon: Lexicon) -> Iterator[Finding]:
    empty = lexicon.words("stopwords", "generic")
    happenings = words.forms_of(lexicon.verbs("failure_verbs"))  # "aparece" tells no subject
    subject = words.stems(empty | happenings.keys())
    elsewhere = frozenset().union(*(read(text).stems(empty) for text in told))
    if subject and len(elsewhere) >= 3 and not subject & elsewhere:
        yield _finding(
            "titulo.outro_assunto",
            Severity.WARN,
            "O título não tem palavra em comum com o fluxo nem com a descrição: falam da mesma tela?",
            example="use no título o nome da tela que está no fluxo",
        )


def _is_request(raw: str, words: Words, lexicon: Lexicon) -> bool:
    opens = any(first == 0 for first, _ in words.runs(lexicon.phrases("requests")))
    asks = opens or words.texts[0] in lexicon.words("request_verbs")
    return asks and not _has_situation(raw, words, 1, lexicon)


def _request(words: Words) -> Finding:
    return _finding(
        "titulo.pedido",
        Severity.WARN,
        "Parece um pedido, não um defeito. Chamados são só para instabilidades: pedidos são reprovados.",
        example="se é defeito, diga o que não funciona: “Importação de planilha não traz o NCM”",
        span=(words[0].start, words[0].end),
    )


def _form(raw: str, words: Words, lexicon: Lexicon) -> Iterator[Finding]:
    # a leading "- " is no fault: the maker's own example has it
    if len(words) < MIN_WORDS:
        yield _finding("titulo.curto", Severity.WARN, f"Título curto: use {MIN_WORDS} palavras ou mais.")
    if len(words) > MAX_WORDS or len(raw) > MAX_CHARS:
        yield _finding(
            "titulo.longo",
            Severity.WARN,
            f"Título longo: até {MAX_WORDS} palavras e {MAX_CHARS} caracteres; o resto vai na descrição.",
            span=(min(MAX_CHARS, words[min(MAX_WORDS, len(words) - 1)].start), len(raw)),
        )
    letters = [char for char in raw if char.isalpha()]
    if len(letters) >= _CAPS_LETTERS and all(char.isupper() for char in letters):
        yield _finding(
            "titulo.maiusculas", Severity.WARN, "Não escreva tudo em maiúsculas.", span=_whole(raw)
        )
    if "?" in raw:
        at = raw.index("?")
        yield _finding(
            "titulo.pergunta",
            Severity.WARN,
            "Afirme o que acontece em vez de perguntar.",
            span=(at, at + 1),
        )
    for span in words.find(lexicon.phrases("noise")):
        yield _finding(
            "titulo.apelo",
            Severity.WARN,
            f"“{raw[slice(*span)]}” não diz o problema: tire do título.",
            span=span,
        )
    for span in words.find(lexicon.phrases("two_problems")):
        yield _finding(
            "titulo.dois_problemas",
            Severity.WARN,
            "Parecem dois problemas: abra um chamado para cada um.",
            span=span,
        )
        break


def _people(raw: str) -> Iterator[Finding]:
    for span in documents(raw):
        yield _finding("titulo.dado_pessoal", Severity.WARN, "CPF ou CNPJ no título: tire daqui.", span=span)
    for span in emails(raw):
        yield _finding(
            "titulo.dado_pessoal",
            Severity.WARN,
            "E-mail no título: ele tem campo próprio.",
            span=span,
        )


def _whole(raw: str) -> Span:
    return 0, len(raw)


def _finding(
    rule: str, severity: Severity, message: str, *, example: str = GOOD_EXAMPLE, span: Span | None = None
) -> Finding:
    return Finding(rule, "title", severity, message, example, span)
