from clients.models.service import Service, ServiceState


def service(client: str, name: str, state: ServiceState) -> Service:
    return Service(client=client, service=name, state=state)


def test_red_comes_before_unknown_before_green() -> None:
    green_first = [ServiceState.OK, ServiceState.FAIL, ServiceState.UNKNOWN]
    mixed = [service("Aurora", name, state) for name, state in zip("abc", green_first, strict=True)]
    order = sorted(mixed, key=lambda item: item.order)
    assert [item.state for item in order] == [ServiceState.FAIL, ServiceState.UNKNOWN, ServiceState.OK]


def test_accents_and_case_do_not_change_the_order() -> None:
    names = [("Ótica Visão", "NF-e"), ("padaria", "NF-e"), ("Mercado", "NF-e"), ("Mercado", "ct-e")]
    order = sorted((service(*name, ServiceState.OK) for name in names), key=lambda item: item.order)
    assert [(item.client, item.service) for item in order] == [names[3], names[2], names[0], names[1]]
