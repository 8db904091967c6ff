"""Promises in what we wrote to clients: what counts as one, and when it is due."""

from datetime import datetime

import pytest

from clients.models.promises import LONGEST_PROMISE, promises
from clients.models.times import BRAZIL
from clients.models.workday import TeamDay, WorkCalendar

SAID = datetime(2026, 3, 4, 10, 30, tzinfo=BRAZIL)
"""A Wednesday."""
CALENDAR = WorkCalendar()
HELD = (
    ("Retornaremos até sexta.", "06/03 18:00"),
    ("Vamos retornar até sexta-feira.", "06/03 18:00"),
    ("Retorno até amanhã.", "05/03 18:00"),
    ("Te retorno amanhã às 10h.", "05/03 10:00"),
    ("Amanhã, às 10h, enviaremos a correção.", "05/03 10:00"),
    ("Enviaremos o ajuste hoje até 17h.", "04/03 17:00"),
    ("Enviaremos o ajuste hoje até as 17.", "04/03 17:00"),
    ("Entregamos até as 17h30 de hoje.", "04/03 17:30"),
    ("Retornamos em 2 horas.", "04/03 12:30"),
    ("Em até 2h retornamos com uma posição.", "04/03 12:30"),
    ("Vou verificar e retorno em meia hora.", "04/03 11:00"),
    ("Dentro de 30 minutos o serviço estará no ar.", "04/03 11:00"),
    ("Será corrigido nas próximas 24 horas.", "05/03 10:30"),
    ("Daqui a duas semanas faremos a migração.", "18/03 18:00"),
    ("O prazo de 3 dias úteis será cumprido.", "09/03 18:00"),
    ("Responderemos em 2 dias.", "06/03 18:00"),
    ("Resolvemos ainda hoje.", "04/03 18:00"),
    ("Resolveremos hoje até o fim do dia.", "04/03 18:00"),
    ("Vou te ligar hoje à tarde.", "04/03 18:00"),
    ("Ligo amanhã de manhã.", "05/03 12:00"),
    ("Publicaremos a versão no início da tarde de amanhã.", "05/03 14:00"),
    ("Até meio-dia teremos uma resposta.", "04/03 12:00"),
    ("A correção deve sair até segunda.", "09/03 18:00"),
    ("Previsão: segunda-feira, 9h.", "09/03 09:00"),
    ("O prazo é 12/03.", "12/03 18:00"),
    ("Prazo combinado: 12/03/2026 às 14:30.", "12/03 14:30"),
    ("A entrega está prevista para o dia 20.", "20/03 18:00"),
    ("A entrega está prevista para o dia 2.", "02/04 18:00"),
    ("A entrega está prevista para 15 de abril.", "15/04 18:00"),
    ("A reunião está agendada para amanhã às 15h.", "05/03 15:00"),
    ("Agendamos o acesso para quinta às 8h30.", "05/03 08:30"),
    ("Fica pronto na próxima terça.", "10/03 18:00"),
    ("Fica pronto na terça que vem às 9:00.", "10/03 09:00"),
    ("Faremos a atualização nesta quarta às 20h.", "04/03 20:00"),
    ("Faremos a atualização na quarta.", "11/03 18:00"),
    ("Retornaremos até o fim da semana.", "06/03 18:00"),
    ("Retornaremos ainda esta semana.", "06/03 18:00"),
    ("Na semana que vem entregamos o relatório.", "13/03 18:00"),
    ("O módulo novo sai até o fim do mês.", "31/03 18:00"),
    ("Depois de amanhã o ajuste estará disponível.", "06/03 18:00"),
    ("Se tudo correr bem, entregamos até sexta.", "06/03 18:00"),
    ("Não se preocupe, até amanhã resolvemos.", "05/03 18:00"),
    ("Pode deixar que até amanhã resolvemos.", "05/03 18:00"),
    ("Precisamos do log, mas retornaremos até sexta.", "06/03 18:00"),
    ("O erro de segunda será corrigido até sexta.", "06/03 18:00"),
    ("VAMOS RETORNAR ATÉ SEXTA!", "06/03 18:00"),
    ("Sera corrigido ate sexta", "06/03 18:00"),
    ("Até as 9h teremos o retorno.", "05/03 09:00"),
    ("Retorno em 1 hora", "04/03 11:30"),
    ("Olá, Ana.\nEstamos em análise.\nRetornaremos até amanhã às 12h.\nAtt.", "05/03 12:00"),
)
NONE = (
    "Até amanhã!",
    "Obrigado e até segunda.",
    "Recebemos seu ticket hoje às 9h.",
    "O erro ocorreu hoje às 10h.",
    "Corrigimos na sexta.",
    "Enviamos a correção ontem às 17h.",
    "Enviamos hoje às 9h o arquivo.",
    "Enviamos às 9h o arquivo.",
    "Você consegue testar até sexta?",
    "Podemos ligar amanhã às 10h?",
    "Por favor, envie o print até amanhã.",
    "Envie o log até sexta, que analisaremos.",
    "Aguardamos seu retorno até sexta.",
    "Aguardo a validação até amanhã às 10h.",
    "Precisamos que o cadastro seja enviado até sexta.",
    "Se até sexta não houver retorno, encerraremos o ticket.",
    "Caso não responda até sexta, o ticket será encerrado.",
    "Não conseguimos entregar até sexta.",
    "Infelizmente não será possível até amanhã.",
    "Até sexta não teremos a versão.",
    "Ainda sem previsão para esta semana.",
    "Sem retorno até sexta, encerraremos.",
    "Retornaremos assim que possível.",
    "Está em análise; retornaremos em breve.",
    "Nosso atendimento vai das 8h às 18h.",
    "A versão 5.12 será publicada.",
    "O pedido 12345 será reprocessado.",
    "Faremos a troca no dia 45.",
    "A nota 31/02 será conferida.",
    "O boleto vence amanhã.",
    "",
)


@pytest.mark.parametrize(("text", "due"), HELD)
def test_a_promise_is_due_as_seen_from_when_it_was_given(text: str, due: str) -> None:
    (found,) = promises(text, SAID, CALENDAR)
    assert f"{found.due.astimezone(BRAZIL):%d/%m %H:%M}" == due
    assert found.said_at == SAID


@pytest.mark.parametrize("text", NONE)
def test_what_is_asked_denied_past_or_without_a_time_is_no_promise(text: str) -> None:
    assert promises(text, SAID, CALENDAR) == ()


def test_each_sentence_promises_for_itself() -> None:
    text = "Retorno hoje até 15h. O relatório será entregue na sexta."
    assert [each.text for each in promises(text, SAID, CALENDAR)] == [
        "Retorno hoje até 15h.",
        "O relatório será entregue na sexta.",
    ]


def test_whether_an_hour_was_said_is_known() -> None:
    assert [
        promises(text, SAID, CALENDAR)[0].timed for text in ("Retorno até sexta.", "Retorno até 17h.")
    ] == [
        False,
        True,
    ]


def test_what_a_mail_quotes_was_not_said_by_us_now() -> None:
    text = "Segue a correção.\n\nEm 03/03, Ana escreveu:\n> Vocês vão resolver até sexta."
    assert promises(text, SAID, CALENDAR) == ()


def test_night_in_utc_is_still_the_day_before_in_sao_paulo() -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=BRAZIL)
    (found,) = promises("Retorno até amanhã.", late, CALENDAR)
    assert f"{found.due.astimezone(BRAZIL):%d/%m}" == "05/03"


def test_a_long_sentence_is_cut_and_a_year_turns() -> None:
    (found,) = promises(
        f"Retornaremos até 10/01 {'x' * 400}.", datetime(2026, 12, 20, 9, tzinfo=BRAZIL), CALENDAR
    )
    assert found.due.year == 2027
    assert len(found.text) == LONGEST_PROMISE + 1


@pytest.mark.parametrize(
    ("calendar", "due"),
    [
        (CALENDAR, "22/04"),
        (WorkCalendar(team={TeamDay(22, 4): "Aniversário da casa"}), "23/04"),
        (WorkCalendar(minutes=(480,) * 7), "19/04"),
    ],
)
def test_working_days_are_those_of_the_calendar(calendar: WorkCalendar, due: str) -> None:
    friday = datetime(2026, 4, 17, 10, tzinfo=BRAZIL)
    (found,) = promises("O prazo de 2 dias úteis será cumprido.", friday, calendar)
    assert f"{found.due.astimezone(BRAZIL):%d/%m}" == due, "Tiradentes is a Tuesday"


def test_where_no_day_is_worked_nothing_is_promised_in_working_days() -> None:
    assert promises("O prazo de 2 dias úteis será cumprido.", SAID, WorkCalendar(minutes=(0,) * 7)) == ()
