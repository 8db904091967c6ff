"""The words of a ticket: subject, first message and what was said after, as HTML of many mail programs."""

import html
import random
from datetime import datetime, timedelta

from .facts import TopicFact, company_facts, topic_facts

_OUTLOOK = """<html><head><style>p.MsoNormal {{margin:0cm; font-family:"Calibri",sans-serif;}}</style>
<script>document.title = "x"</script></head><body lang="PT-BR"><div class="WordSection1">
<p class="MsoNormal">{greeting}<o:p></o:p></p><p class="MsoNormal">&nbsp;</p>
<p class="MsoNormal">{body}</p>
<table border="1" cellspacing="0"><thead><tr><th>Pedido</th><th>Nota</th><th>Valor</th></tr></thead>
<tbody><tr><td>{pedido}</td><td>{nota}</td><td>R$ {valor}</td></tr>
<tr><td>{pedido}-2</td><td>&mdash;</td><td>R$ 0,00</td></tr></tbody></table>
<ol><li>Acessar <b>Vendas</b>; Pedidos</li><li>Abrir o pedido {pedido}</li>
<li>Clicar em <i>Faturar</i></li></ol>
<p class="MsoNormal">{closing}<br>{name}</p>
<p><a href="https://www.exemplo.com.br/portal?pedido={pedido}">Portal</a>
<img src="cid:assinatura.png" alt="assinatura" width="120"></p></div></body></html>"""
_SHORT = (
    "Não funciona.",
    "Segue print.",
    "Parou de novo!!!",
    "Alguém pode me ligar?",
    "Idem ao ticket anterior.",
)


def draw(rng: random.Random, now: datetime) -> dict[str, str]:
    """Draw the words that the phrases have holes for."""
    cents = rng.randrange(1990, 4_899_000)
    whole = f"{cents // 100:,}".replace(",", ".")
    facts = company_facts()
    return {
        "pedido": str(rng.randrange(10_000, 99_999)),
        "nota": f"{rng.randrange(1000, 999_999):06d}",
        "usuario": rng.choice(facts.first_names).lower(),
        "valor": f"{whole},{cents % 100:02d}",
        "data": (now - timedelta(days=rng.randrange(1, 9))).strftime("%d/%m/%Y"),
        "produto": rng.choice(topic_facts().products),
    }


def subject(rng: random.Random, topic: TopicFact, words: dict[str, str]) -> str:
    """A subject line, with what mail programs do to it."""
    text = rng.choice(topic.subjects).format_map(words)
    return rng.choice(("", "", "", "", "", "RES: ", "ENC: ", "URGENTE - ")) + text


def first_message(rng: random.Random, topic: TopicFact, words: dict[str, str], name: str) -> str:
    """The description, as HTML: mostly short and plain, some long, some from a word processor."""
    facts = topic_facts()
    body = topic.body.format_map(words)
    greeting, closing = rng.choice(facts.greetings), rng.choice(facts.closings)
    shape = rng.random()
    if shape < 0.07:
        return f"<div>{rng.choice(_SHORT)}</div>"
    if shape < 0.17:
        escaped = {key: html.escape(value) for key, value in words.items()}
        return _OUTLOOK.format(
            greeting=greeting, body=as_html(body), closing=closing, name=html.escape(name), **escaped
        )
    text = "\n\n".join(
        part for part in (greeting, body, rng.choice(facts.urgencies), f"{closing}\n{name}") if part
    )
    page = f"<div>{as_html(text)}</div>"
    return page + _chain(rng, words) if shape < 0.25 else page


def follow_up(rng: random.Random, words: dict[str, str]) -> str:
    """What the client adds."""
    return f"<div>{as_html(rng.choice(topic_facts().follow_ups).format_map(words))}</div>"


def reply(rng: random.Random, words: dict[str, str], name: str, agent: str) -> str:
    """What the desk answers."""
    text = rng.choice(topic_facts().replies).format_map(words)
    letter = f"Olá {name.split()[0]},\n\n{text}\n\nAtenciosamente,\n{agent}"
    return f"<div>{as_html(letter)}</div>"


def note(rng: random.Random, words: dict[str, str]) -> str:
    """What the desk says among itself."""
    return f"<div>{as_html(rng.choice(topic_facts().notes).format_map(words))}</div>"


def as_html(text: str) -> str:
    """Plain text as HTML, lines broken with ``<br>``."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def _chain(rng: random.Random, words: dict[str, str]) -> str:
    """A long tail: a stack trace, and the mail that was forwarded with all that it quoted."""
    trace = "\n".join(
        f"   em Erp.Fiscal.Emissor.Passo{number}(Pedido {words['pedido']}) na linha {rng.randrange(20, 900)}"
        for number in range(rng.randrange(15, 60))
    )
    quoted = "<div>Pessoal, alguém consegue ver isto?</div>"
    for depth in range(rng.randrange(3, 9)):
        quoted = (
            f"<blockquote><div>Em {words['data']}, mensagem {depth + 1} escreveu:</div>{quoted}</blockquote>"
        )
    return f"<pre>System.TimeoutException: o tempo limite foi atingido\n{trace}</pre>{quoted}"
