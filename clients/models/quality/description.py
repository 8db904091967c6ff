"""The description: where, what, which user, step by step, the exact message, what was expected (C7)."""

import re
from collections.abc import Iterator

from ..chamado import ChamadoDraft
from ..finding import Finding, Severity
from ..folded import Span
from .lexicon import Lexicon
from .personal import documents, emails, phones
from .readability import reading_ease, sentence_length
from .skeleton import MESSAGE_HEADING, STEPS_HEADING, check_left_over, unanswered, under
from .telling import tells_place, tells_situation
from .words import Words, read

MIN_WORDS = 30
LONG_WITHOUT_LIST = 400
LONG_SENTENCE = 30
HARD_TO_READ = 25
"""Of Flesch's 0 to 100; below it, with long sentences, a hint is due."""
_PROSE_WORDS = 3  # fewer than this beside links and images is no description

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_IMAGE = re.compile(
    r"!\[[^\]\n]{0,200}\]\([^)\s]{0,500}\)|\[imagem:[^\]\n]{0,200}\]|<img\b[^>]{0,500}>", re.IGNORECASE
)
# names a picture, but is none
_PICTURE_NAME = re.compile(
    r"\[(?:imagem|image|print|foto|v[ií]deo|anexo)s?\]"
    r"|\b[\w-]{1,100}\.(?:png|jpe?g|gif|bmp|webp|mp4|mov|mkv|webm)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile("[\"“«‘][^\"“”«»’\n]{3,300}[\"”»’]|(?<!\\w)'[^'\n]{3,300}'(?!\\w)|`[^`\n]{3,300}`")
_CODE = re.compile(
    r"\b(?i:erro|error|rejei[cç][aã]o|c[oó]digo|status|http|falha|ora|sqlstate)\s{0,3}[:#nº°-]{0,3}\s{0,3}\d{2,6}\b"
    r"|\b[A-Z]{2,12}-\d{2,8}\b|\b0x[0-9A-Fa-f]{2,16}\b|\b[A-Z][A-Za-z]{2,40}(?:Exception|Error)\b",
)
_LIST_LINE = re.compile(r"^[ \t]{0,8}(?:\d{1,3}[ \t]?[.)ºª°-]|[-*•–])[ \t]{0,4}\S", re.MULTILINE)
_NO_STEP = ("ndo", "do", "da", "dos", "das")
_DENIAL_REACH = 6
"""Words between "não" and "mensagem"."""


def has_exact_message(text: str) -> bool:
    """Tell whether ``text`` quotes something, or names an error by its code."""
    return bool(_QUOTED.search(text) or _CODE.search(text))


def check_description(draft: ChamadoDraft, lexicon: Lexicon) -> Iterator[Finding]:
    """Check the description; of the other fields it looks at the files."""
    raw = draft.description
    if not raw.strip():
        yield _finding(
            "descricao.vazia",
            Severity.BLOCK,
            "Explique o problema: é a parte mais importante do chamado.",
            "Ao salvar o pedido 1234 com o usuário caixa1, aparece “Estoque insuficiente” …",
        )
        return
    words = read(raw)
    left = tuple(check_left_over(raw, words, lexicon))
    yield from left
    if _only_link(raw, lexicon):
        yield _finding(
            "descricao.so_link",
            Severity.BLOCK,
            "Só há link ou imagem. Explique com palavras o que acontece; o link vai em Arquivos.",
            "Ao clicar em Emitir NF-e, a tela fecha e a nota não é emitida …",
        )
        return
    yield from _missing_file(draft, words, lexicon)
    yield from _size(raw, words)
    if not left:  # a template asks where and what by itself
        yield from _where_and_what(raw, words, lexicon)
    yield from _questions(raw, words, lexicon)
    for find, what in ((documents, "CPF ou CNPJ"), (phones, "Telefone")):
        for span in find(raw):
            yield _finding(
                "descricao.dado_pessoal",
                Severity.WARN,
                f"{what} na descrição: tire, se não for ele o problema.",
                "o cadastro do cliente de teste",
                span,
            )


def _only_link(raw: str, lexicon: Lexicon) -> bool:
    prose, links = raw, 0
    for pattern in (_IMAGE, _URL, _PICTURE_NAME):
        prose, found = pattern.subn(" ", prose)
        links += found
    if not links:
        return False
    empty = lexicon.words("not_prose", "stopwords")
    return sum(word not in empty for word in read(prose).texts) < _PROSE_WORDS


def _missing_file(draft: ChamadoDraft, words: Words, lexicon: Lexicon) -> Iterator[Finding]:
    if draft.files.strip() or _URL.search(draft.description) or _IMAGE.search(draft.description):
        return
    for span in words.find(lexicon.phrases("print_cues")):
        yield _finding(
            "descricao.print_sem_arquivo",
            Severity.BLOCK,
            f"“{draft.description[slice(*span)]}”, mas não há arquivo: anexe em Arquivos, ou tire a frase.",
            "print da tela inteira, da barra de endereço à data e hora",
            span,
        )
        return


def _size(raw: str, words: Words) -> Iterator[Finding]:
    if len(words) < MIN_WORDS:
        yield _finding(
            "descricao.curta",
            Severity.WARN,
            f"Descrição curta ({len(words)} palavras): quem faz a triagem precisa entender sem perguntar.",
            "onde acontece, com qual usuário, passo a passo, mensagem exata, o que era esperado",
        )
    if len(words) > LONG_WITHOUT_LIST and not _LIST_LINE.search(raw):
        yield _finding(
            "descricao.sem_lista",
            Severity.HINT,
            "Texto longo e corrido: ponha o passo a passo em linhas numeradas.",
            "1. Acesse Cadastros\n2. Clique em Produtos",
        )
    length = sentence_length(raw, len(words))
    if length > LONG_SENTENCE and reading_ease(raw, words.texts) < HARD_TO_READ:
        yield _finding(
            "descricao.leitura",
            Severity.HINT,
            f"Difícil de ler: {length:.0f} palavras por frase, em média. Quebre em frases curtas.",
            "Abri o pedido 1234. Cliquei em Salvar. O total ficou zerado.",
        )


def _where_and_what(raw: str, words: Words, lexicon: Lexicon) -> Iterator[Finding]:
    if not tells_place(raw, words, lexicon, users_too=False):
        yield _finding(
            "descricao.onde",
            Severity.WARN,
            "Em que tela acontece?",
            "Em Vendas > Pedidos > Editar pedido, na aba Pagamento.",
        )
    told = tells_situation(raw, words, lexicon) or _CODE.search(raw)
    if not told and not words.has(lexicon.phrases("message_words")):  # that one is asked for its text
        yield _finding(
            "descricao.o_que",
            Severity.WARN,
            "O que acontece exatamente?",
            "Ao salvar, o pedido não é gravado e a tela volta para a lista.",
        )


def _questions(raw: str, words: Words, lexicon: Lexicon) -> Iterator[Finding]:
    if not words.has(lexicon.phrases("user_cues")) and next(emails(raw), None) is None:
        yield _finding(
            "descricao.usuario",
            Severity.WARN,
            "Com qual usuário acontece? Só com ele ou com todos?",
            "Acontece com o usuário caixa1 (perfil vendedor); com o admin, não.",
        )
    left = frozenset(unanswered(raw))  # what a heading asks for already is not asked for twice
    if (line := under(raw, MESSAGE_HEADING)) not in left:
        yield from _exact_message(raw, words, line, lexicon)
    if under(raw, STEPS_HEADING) not in left and not _tells_steps(raw, words, lexicon):
        yield _finding(
            "descricao.passos",
            Severity.WARN,
            "Falta o passo a passo, clique a clique.",
            "1. Acesse Cadastros > Produtos\n2. Clique em Editar\n3. Salve",
        )
    if not words.has(lexicon.phrases("expected_cues")):
        yield _finding(
            "descricao.esperado",
            Severity.WARN,
            "O que era esperado que acontecesse?",
            "O pedido deveria ser salvo com o total de R$ 150,00.",
        )
    if not words.has(lexicon.phrases("when_cues")):
        yield _finding(
            "descricao.quando",
            Severity.HINT,
            "Desde quando, e sempre ou às vezes?",
            "Desde ontem às 14h, em todas as tentativas.",
        )
    if not words.has(lexicon.phrases("others_cues")):
        yield _finding(
            "descricao.outros",
            Severity.HINT,
            "Só neste cliente, ou em outros também?",
            "Na nossa base de testes não ocorre; só neste cliente.",
        )


def _exact_message(raw: str, words: Words, line: Span | None, lexicon: Lexicon) -> Iterator[Finding]:
    """``line`` is where the template asks for it."""
    if has_exact_message(raw) or words.has(lexicon.phrases("no_message")):
        return
    mentions = words.runs(lexicon.phrases("message_words"))
    # "Mensagem exata" itself mentions none, where it is answered
    answered = line is not None and bool(raw[slice(*line)].partition(":")[2].strip())
    heading = line[0] if line is not None and answered else None
    mentioned = next(
        (
            first
            for first, _ in mentions
            if words[first].start != heading and not _is_denied(words, first, lexicon)
        ),
        None,
    )
    if mentioned is not None:
        word = words[mentioned]
        yield _finding(
            "descricao.mensagem",
            Severity.WARN,
            "Qual é a mensagem exata? Copie entre aspas, com o código.",
            "Aparece “Rejeição 539: duplicidade de NF-e”.",
            line or (word.start, word.end),
        )


def _is_denied(words: Words, mention: int, lexicon: Lexicon) -> bool:
    """Tell whether the word at ``mention`` is said not to be there: "não aparece nenhuma mensagem"."""
    light, negations = lexicon.words("light_words"), lexicon.words("negations")
    after = words.texts[mention + 1 : mention + 2]
    if after and after[0] in ("nenhum", "nenhuma"):
        return True
    before = mention - 1
    while before >= 0 and mention - before <= _DENIAL_REACH and words.texts[before] in light:
        if words.texts[before] in negations:
            return True
        before -= 1
    return before >= 0 and words.texts[before] in negations


def _tells_steps(raw: str, words: Words, lexicon: Lexicon) -> bool:
    listed = _LIST_LINE.finditer(raw)
    if next(listed, None) and next(listed, None):
        return True
    if any(line.count(">") >= 2 or line.count("→") >= 2 for line in raw.splitlines()):
        return True
    forms = words.forms_of(lexicon.verbs("step_verbs")).items()
    # "não está salvando" and "não foram gravados" tell no step
    roots = {root for word, root in forms if not word.endswith(_NO_STEP)}
    goings = words.runs(lexicon.phrases("step_forms"))
    return len(roots) + len(goings) >= 2


def _finding(rule: str, severity: Severity, message: str, example: str, span: Span | None = None) -> Finding:
    return Finding(rule, "description", severity, message, example, span)
