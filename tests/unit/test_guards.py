"""What bars a step on a server: nothing red (R2), somebody there or doubt (R3), no entry announced."""

from datetime import UTC, datetime, timedelta

import pytest

from clients.models.feed import Feed, Trouble
from clients.models.guards import Sight, sights
from clients.models.runbook import Guard, Step
from clients.models.server_talk import Occupant
from clients.models.service import Service, ServiceState
from clients.models.walk import Outcome, Override, Walk
from clients.runbooks import shipped

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
DYPE = next(each for each in shipped() if each.id == "servico-dype")
ENTER = next(step for step in DYPE.steps if step.id == "anunciar-entrada")
LEAVE = next(step for step in DYPE.steps if step.id == "anunciar-saida")
BRUNO = Occupant(who="Bruno", since=NOW - timedelta(minutes=18), said="entrei no sol/01", sure=True)
CARLA = Occupant(who="Carla", since=NOW, said="sol/01 …", sure=False)


def walk(*overrides: Override) -> Walk:
    return Walk(
        id="w",
        runbook=DYPE,
        client="Loja Sol",
        service="Serviço DYPE",
        who="Bia",
        begun_at=NOW,
        overrides=overrides,
    )


def service(state: ServiceState, client: str = "Loja Sol", name: str = "CT-e") -> Service:
    return Service(client=client, service=name, state=state, since=NOW - timedelta(minutes=20))


def checked(*, minutes: int, overdue: bool = False) -> Service:
    looked = {"last_check": NOW - timedelta(minutes=minutes), "overdue": overdue}
    return service(ServiceState.FAIL).model_copy(update=looked)


def read(*services: Service) -> Feed[Service]:
    return Feed(services, as_of=NOW)


def red_of(services: Feed[Service], at: Walk | None = None) -> Sight:
    return next(
        each for each in sights(ENTER, at or walk(), services, (), "", NOW) if each.guard is Guard.RED
    )


def free_of(*people: Occupant, doubt: str = "", at: Walk | None = None) -> Sight:
    seen = sights(ENTER, at or walk(), read(), people, doubt, NOW)
    return next(each for each in seen if each.guard is Guard.FREE)


def past(sight: Sight, reason: str = "pedido do cliente") -> Override:
    return Override(guard=sight.guard, about=sight.about, seen=sight.seen, reason=reason, at=NOW, who="Bia")


class TestSomethingRed:
    def test_any_red_service_of_the_client_opens_the_way_also_with_other_accents(self) -> None:
        sight = red_of(read(service(ServiceState.FAIL, "LOJA SÓL"), service(ServiceState.OK)))
        assert (sight.holds, sight.seen) == (True, "CT-e em falha há 20 min")

    def test_its_own_service_is_named_before_others(self) -> None:
        own = service(ServiceState.FAIL, name="Serviço DYPE")
        assert (
            red_of(read(service(ServiceState.FAIL), own)).seen == "Serviço DYPE em falha há 20 min e mais 1"
        )

    @pytest.mark.parametrize(
        ("services", "told"),
        [
            (read(service(ServiceState.OK)), "nada vermelho neste cliente agora"),
            (read(service(ServiceState.UNKNOWN)), "há serviço desconhecido"),
            (read(service(ServiceState.FAIL, "Loja Lua")), "não mostra este cliente"),
            (Feed[Service](), "não foi lido"),
            (read(service(ServiceState.OK)).failed(Trouble("Sem conexão", "…")), "não foi lido"),
        ],
    )
    def test_without_it_the_way_is_barred(self, services: Feed[Service], told: str) -> None:
        sight = red_of(services)
        assert sight.bars
        assert told in sight.seen

    @pytest.mark.parametrize(
        ("services", "now"),
        [
            (read(service(ServiceState.FAIL)), NOW + timedelta(minutes=25)),
            (
                read(service(ServiceState.FAIL)).failed(Trouble("Sem conexão", "…")),
                NOW + timedelta(minutes=25),
            ),
            (read(checked(minutes=25, overdue=True)), NOW),
            (read(checked(minutes=25)).failed(Trouble("Fontes não lidas", "…")), NOW),
        ],
        ids=["not read since", "refused since", "not looked at", "of another source"],
    )
    def test_an_old_red_opens_nothing_and_its_age_is_told(
        self, services: Feed[Service], now: datetime
    ) -> None:
        (sight,) = (each for each in sights(ENTER, walk(), services, (), "", now) if each.guard is Guard.RED)
        assert sight.bars
        assert sight.seen == "CT-e em falha na leitura de há 25 min; de agora não se sabe"

    def test_a_fresh_red_opens_the_way_beside_an_old_one_and_beside_a_reading_that_failed(self) -> None:
        services = read(checked(minutes=25, overdue=True), service(ServiceState.FAIL, name="EZ"))
        assert red_of(services).seen == "EZ em falha há 20 min"
        assert red_of(services.failed(Trouble("Sem conexão", "…"))).holds

    def test_services_that_are_read_seldom_are_fresh_for_longer(self) -> None:
        services, later = read(service(ServiceState.FAIL)), NOW + timedelta(minutes=25)
        found = sights(ENTER, walk(), services, (), "", later, fresh=timedelta(minutes=30))
        assert [each.holds for each in found if each.guard is Guard.RED] == [True]

    def test_one_reason_serves_for_the_whole_walk(self) -> None:
        reason = past(red_of(read(service(ServiceState.OK))))
        assert not red_of(read(service(ServiceState.UNKNOWN)), walk(reason)).bars


class TestNobodyThere:
    def test_free(self) -> None:
        assert free_of().holds

    def test_who_is_there_is_told_with_since_when(self) -> None:
        sight = free_of(BRUNO, CARLA)
        assert sight.bars
        assert "Bruno está lá desde 09:12" in sight.seen
        assert "Carla pode estar lá" in sight.seen

    def test_doubt_counts_as_occupied(self) -> None:
        sight = free_of(doubt="gestor_remote não pôde ser lido.")
        assert sight.bars
        assert "gestor_remote não pôde ser lido." in sight.seen

    def test_a_reason_holds_while_nobody_else_comes(self) -> None:
        beside_bruno = walk(past(free_of(BRUNO)))
        assert not free_of(BRUNO, at=beside_bruno).bars
        assert free_of(BRUNO, CARLA, at=beside_bruno).bars
        assert free_of(BRUNO, doubt="não foi lido", at=beside_bruno).bars


class TestEntered:
    def test_one_leaves_only_where_one_entered(self) -> None:
        (outside,) = sights(LEAVE, walk(), read(), (), "", NOW)
        assert outside.bars
        inside = walk()
        for step in DYPE.steps[:2]:
            inside = inside.stepped(step.id, Outcome.DONE, at=NOW, who="Bia")
        (entered,) = sights(LEAVE, inside, read(), (), "", NOW)
        assert (entered.holds, entered.seen) == (True, "entrada anunciada 09:30")

    def test_no_reason_takes_one_past_it(self) -> None:
        (outside,) = sights(LEAVE, walk(), read(), (), "", NOW)
        with pytest.raises(ValueError, match="pule o passo"):
            walk().overridden(past(outside))


def test_a_reason_has_words() -> None:
    with pytest.raises(ValueError, match="escreva por que"):
        walk().overridden(past(free_of(BRUNO), reason="  "))


def test_a_step_without_guards_is_not_barred() -> None:
    assert sights(Step(id="ver", title="Ver"), walk(), Feed(), (BRUNO,), "dúvida", NOW) == ()
