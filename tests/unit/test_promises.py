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
    ("Retornamos em até 2h30.", "04/03 13:00"),
    ("Retornamos em 1 hora e meia.", "04/03 12:00"),
    ("Retornamos em 1 hora e 30 minutos.", "04/03 12:00"),
    ("Retornamos até 48h.", "06/03 10:30"),
    ("Retornamos até 14h.", "04/03 14:00"),
    ("Estimativa de 2 dias para a correção.", "06/03 18:00"),
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
    ("retorno até as 15h", "04/03 15:00"),
    ("Retorno até às 15h.", "04/03 15:00"),
    ("Retornamos amanhã pela manhã.", "05/03 12:00"),
    ("Ainda hoje te passo uma posição.", "04/03 18:00"),
    ("Liberaremos na sexta-feira.", "06/03 18:00"),
    ("Em até 2 horas damos um retorno.", "04/03 12:30"),
    ("Até o fim do dia envio o arquivo.", "04/03 18:00"),
    ("Terá um retorno nosso até o final da tarde.", "04/03 18:00"),
    ("Assim que possível, no máximo até amanhã ao meio-dia, enviamos o XML.", "05/03 12:00"),
    ("Vou te dar um retorno às 16h.", "04/03 16:00"),
    ("Te chamo às 14:30.", "04/03 14:30"),
    ("Te ligo daqui a 15 minutos.", "04/03 10:45"),
    ("Consigo te responder até as 11 da manhã de amanhã.", "05/03 11:00"),
    ("Nosso time vai corrigir até segunda de manhã.", "09/03 12:00"),
    ("Estaremos entregando a correção na próxima segunda-feira.", "09/03 18:00"),
    ("Passo para você até quinta.", "05/03 18:00"),
    ("Até quinta-feira às 12h passo uma posição.", "05/03 12:00"),
    ("Hoje no fim da tarde o desenvolvedor entra em contato.", "04/03 18:00"),
    ("O desenvolvimento vai liberar a correção em 24h.", "05/03 10:30"),
    ("Retorno dentro de uma hora.", "04/03 11:30"),
    ("Retornaremos em até 48 horas úteis.", "06/03 18:00"),
    ("Prazo: até 10/03.", "10/03 18:00"),
    ("Prazo para a correção: 2 dias úteis.", "06/03 18:00"),
    ("A previsão de entrega é sexta.", "06/03 18:00"),
    ("Previsão de liberação para as 17h.", "04/03 17:00"),
    ("A previsão é que seja liberado até o fim da tarde.", "04/03 18:00"),
    ("Acredito que até amanhã consigamos liberar.", "05/03 18:00"),
    ("Creio que até sexta esteja resolvido.", "06/03 18:00"),
    ("Até amanhã estará resolvido.", "05/03 18:00"),
    ("Te aviso assim que sair, no mais tardar sexta.", "06/03 18:00"),
    ("Agendado para 05/03 às 9h.", "05/03 09:00"),
    ("Fica agendado o acesso remoto amanhã às 14h.", "05/03 14:00"),
    ("Marcamos o acesso para as 15h30.", "04/03 15:30"),
    ("Acesso remoto marcado: quinta, 10h.", "05/03 10:00"),
    ("Combinado, às 14h eu acesso o servidor.", "04/03 14:00"),
    ("Ok, amanhã 9h eu te ligo.", "05/03 09:00"),
    ("Vou acompanhar e, até as 18h, informo o resultado.", "04/03 18:00"),
    ("Seguimos com a correção e amanhã cedo atualizamos você.", "05/03 09:00"),
    ("Na parte da tarde eu te retorno.", "04/03 18:00"),
    ("Volto a falar com você hoje às 17hs.", "04/03 17:00"),
    ("A correção entra na versão de amanhã.", "05/03 18:00"),
    ("A versão sai no dia 15.", "15/03 18:00"),
    ("Em dois dias te mandamos a planilha.", "06/03 18:00"),
    ("Em 1h30 retorno.", "04/03 12:00"),
    ("Em 1h e meia retorno.", "04/03 12:00"),
    ("Daqui uma hora eu retorno.", "04/03 11:30"),
    ("Segunda-feira às 8 horas o técnico estará on-line.", "09/03 08:00"),
    ("Mais tarde, lá pelas 16h, te dou um retorno.", "04/03 16:00"),
    ("Por volta das 16h te dou um retorno.", "04/03 16:00"),
    ("Antes das 17h te mando.", "04/03 17:00"),
    ("Até umas 15h eu respondo.", "04/03 15:00"),
    ("Hoje mesmo será feito.", "04/03 18:00"),
    ("Até o fim desta semana corrigimos.", "06/03 18:00"),
    ("Até o final do mês liberaremos.", "31/03 18:00"),
    ("No início da próxima semana retornamos.", "09/03 18:00"),
    ("Nosso compromisso é entregar até 20/03.", "20/03 18:00"),
    ("Assim que o cliente liberar, enviaremos; de todo modo até sexta.", "06/03 18:00"),
    ("Se não conseguir hoje, amanhã cedo te retorno.", "05/03 09:00"),
    ("Não vamos deixar passar de sexta.", "06/03 18:00"),
    ("Sem falta amanhã às 8h.", "05/03 08:00"),
    ("Podemos entregar na quinta-feira, às 14h.", "05/03 14:00"),
    ("Retorno p/ você até 16h.", "04/03 16:00"),
    ("Vamos resolver isso até à tarde.", "04/03 18:00"),
    ("Vou deixar pronto até a noite.", "04/03 20:00"),
    ("Retorno hoje à noite.", "04/03 20:00"),
    ("Retornaremos até 23h59 de hoje.", "04/03 23:59"),
    ("Daqui a pouco, às 11h, te ligo.", "04/03 11:00"),
    ("Bom dia! Em resposta: retorno até as 15h, ok?", "04/03 15:00"),
    ("O ajuste sai amanhã.", "05/03 18:00"),
    ("Seu retorno será enviado até as 15h.", "04/03 15:00"),
    ("Retorno até dia 10.", "10/03 18:00"),
    ("Retornaremos até o dia 10 de março às 14h.", "10/03 14:00"),
    ("Daremos posição até as 15:00hs.", "04/03 15:00"),
    ("Entrego até sexta (06/03).", "06/03 18:00"),
    ("Entregaremos sexta, 06/03, às 10h.", "06/03 10:00"),
    ("Vamos liberar às 3 da tarde.", "04/03 15:00"),
    ("Ligo às 9h da noite.", "04/03 21:00"),
    ("Em até 2h30 retorno.", "04/03 13:00"),
    ("Retorno em 4 horas úteis.", "04/03 14:30"),
    ("O prazo para liberação é amanhã às 10h.", "05/03 10:00"),
    ("Retorno às 10 horas e 45 minutos.", "04/03 10:45"),
    ('Você pediu "sexta às 9h", e retornamos amanhã.', "05/03 18:00"),
    ("> Vocês entregam até sexta?\nO arquivo será enviado amanhã.", "05/03 18:00"),
    ("A liberação será no dia 12/03.", "12/03 18:00"),
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
    "Não consigo prometer para amanhã.",
    "Não podemos garantir que saia até sexta.",
    "Não tenho como dar prazo até amanhã.",
    "Retorne até as 15h, por favor.",
    "O cliente informou que retorna amanhã às 10h.",
    "Conforme você pediu, até sexta.",
    "Você disse que retornaria até sexta.",
    "> Vocês retornam até as 15h?",
    "Fico no aguardo até sexta.",
    "Fico à disposição até as 18h.",
    "Estou à disposição até as 18h de hoje.",
    "Nosso horário é das 8h às 18h.",
    "Atendemos até as 18h.",
    "O suporte funciona hoje até as 18h.",
    "Bom dia, tudo bem?",
    "Bom fim de semana e até segunda!",
    "Estarei de férias até sexta.",
    "O certificado vence amanhã.",
    "A nota foi emitida hoje às 10h.",
    "O erro aconteceu na sexta-feira.",
    "Conforme combinado na sexta-feira, segue o arquivo.",
    "Falamos ontem às 15h.",
    "Pode nos enviar até amanhã?",
    "Teria disponibilidade amanhã às 10h?",
    "Qual o melhor horário amanhã?",
    "Se puder ser amanhã às 10h, me avise.",
    "Quando você retornar amanhã, seguimos.",
    "Vocês irão receber o boleto no dia 10?",
    "Não há previsão de retorno até sexta.",
    "Ainda não temos previsão para hoje.",
    "Infelizmente hoje não conseguiremos retornar.",
    "Talvez amanhã.",
    "Peço que aguarde até amanhã.",
    "Aguarde até as 15h.",
    "Gentileza validar até sexta.",
    "Favor testar até amanhã às 12h.",
    "O ticket será encerrado automaticamente em 5 dias sem resposta.",
    "Caso contrário, encerraremos em 3 dias úteis.",
    "Sem sua resposta em 2 dias, o ticket será encerrado.",
    "Testei até as 15h e funcionou.",
    "Rodou por 2 horas.",
    "O serviço ficou parado das 9h às 11h de hoje.",
    "Demorou 2 horas.",
    "Há 2 horas enviamos a correção.",
    "Em 2 minutos o erro se repete.",
    "A rotina roda todo dia às 22h.",
    "O backup é feito diariamente às 2h.",
    "Corrigido hoje às 9h.",
    "Liberado na versão de ontem.",
    "Prometeram para sexta?",
    "Foi agendado para ontem às 15h.",
    "Enviamos até agora 3 arquivos.",
    "Recebemos 15 notas no dia 02/03.",
    "Você precisa enviar até sexta.",
    "É preciso que vocês enviem o log até amanhã.",
    "O senhor consegue me enviar até as 15h.",
    "Ficamos aguardando o retorno de vocês até amanhã às 12h.",
    "Preciso do XML até amanhã.",
    "Necessito do acesso até as 14h.",
    "Não retornaremos hoje.",
    "O sistema aceita até 2 horas de atraso.",
    "A garantia é de até 90 dias.",
    "Temos horário amanhã às 10h, pode ser?",
    "Seguem as 15 notas.",
    "Na sexta-feira liberamos a versão.",
    "Retornarei em alguns minutos.",
    "Chamo sua atenção: recebemos o XML hoje às 9h.",
    "Informo que o boleto vence amanhã.",
    "Volto a dizer que na sexta o erro parou.",
    "Passo 2: às 11h o serviço reinicia.",
    "Esperamos que vocês enviem até sexta.",
    "Combinado, aguardo até sexta.",
    'O cliente escreveu "retornaremos até sexta".',
    "Segue o arquivo.\n> Retornamos até as 15h.\nAtt.",
    "A liberação será em 12/12.",
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
