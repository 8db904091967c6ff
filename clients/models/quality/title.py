"""The title: where (screen) and what (situation), so that whoever reads it already knows (C2)."""

from collections.abc import Iterator

from ..finding import Finding, Severity
from ..folded import Span
from .lexicon import Lexicon
from .personal import customers, documents, emails, phones
from .telling import tells_place, tells_situation, two_tellings
from .words import Phrases, Words, read

GOOD_EXAMPLE = "Não está salvando no ERP novos produtos cadastrados através de planilha"
MIN_WORDS = 4
MAX_WORDS = 20
MAX_CHARS = 120

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
    else:
        if _is_request(raw, words, lexicon):
            yield _request(words)
        else:
            yield from _place_and_situation(raw, words, lexicon)
        yield from _same_subject(words, told, lexicon)
        yield from _form(raw, words, lexicon)
    yield from _people(raw, lexicon)


def _says_nothing(words: Words, lexicon: Lexicon) -> bool:
    empty = lexicon.words("generic", "stopwords")
    pairs = zip(words.texts, words.singulars, strict=True)
    return all(text in empty or single in empty for text, single in pairs)


def _place_and_situation(raw: str, words: Words, lexicon: Lexicon) -> Iterator[Finding]:
    place, situation = tells_place(raw, words, lexicon), tells_situation(raw, words, lexicon)
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


def _same_subject(words: Words, told: tuple[str, ...], lexicon: Lexicon) -> Iterator[Finding]:
    empty = lexicon.words("stopwords", "generic")
    happenings = words.forms_of(lexicon.verbs("failure_verbs"))  # "aparece" tells no subject
    same = lexicon.synonyms()
    subject = words.stems(empty | happenings.keys(), same)
    elsewhere = frozenset().union(*(read(text).stems(empty, same) for text in told))
    if subject and len(elsewhere) >= 3 and not subject & elsewhere:
        yield _finding(
            "titulo.outro_assunto",
            Severity.WARN,
            "O título não tem palavra em comum com o fluxo nem com a descrição: falam da mesma tela?",
            example="use no título o nome da tela que está no fluxo",
        )


def _is_request(raw: str, words: Words, lexicon: Lexicon) -> bool:
    if _opens(words, lexicon.phrases("wishes")):
        return lexicon.words("negations").isdisjoint(words.texts)
    asks = _opens(words, lexicon.phrases("requests")) or words.texts[0] in lexicon.words("request_verbs")
    if not asks or words.has(lexicon.phrases("errors")):
        return False
    return not tells_situation(raw, words, lexicon, first=1)


def _opens(words: Words, phrases: Phrases) -> bool:
    return any(first == 0 for first, _ in words.runs(phrases))


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
    if asked := _question(raw, words, lexicon):
        yield _finding(
            "titulo.pergunta",
            Severity.WARN,
            "Afirme o que acontece em vez de perguntar.",
            span=asked,
        )
    for span in words.find(lexicon.phrases("noise")):
        yield _finding(
            "titulo.apelo",
            Severity.WARN,
            f"“{raw[slice(*span)]}” não diz o problema: tire do título.",
            span=span,
        )
    second = next(words.find(lexicon.phrases("two_problems")), None)
    if second is None and len(words) <= 2 * MAX_WORDS:
        second = two_tellings(raw, words, lexicon)
    if second is not None:
        yield _finding(
            "titulo.dois_problemas",
            Severity.WARN,
            "Parecem dois problemas: abra um chamado para cada um.",
            span=second,
        )


def _question(raw: str, words: Words, lexicon: Lexicon) -> Span | None:
    if "?" in raw:
        at = raw.index("?")
        return at, at + 1
    last = next((last for first, last in words.runs(lexicon.phrases("questions")) if first == 0), None)
    return None if last is None else (words[0].start, words[last].end)


def _people(raw: str, lexicon: Lexicon) -> Iterator[Finding]:
    for spans, message in (
        (documents(raw), "CPF ou CNPJ no título: tire daqui."),
        (emails(raw), "E-mail no título: ele tem campo próprio."),
        (phones(raw), "Telefone no título: tire daqui."),
        (customers(raw, lexicon), "Nome de cliente no título: o e-mail da licença já diz quem é."),
    ):
        for span in spans:
            yield _finding("titulo.dado_pessoal", Severity.WARN, message, span=span)


def _whole(raw: str) -> Span:
    return 0, len(raw)


def _finding(
    rule: str, severity: Severity, message: str, *, example: str = GOOD_EXAMPLE, span: Span | None = None
) -> Finding:
    return Finding(rule, "title", severity, message, example, span)
