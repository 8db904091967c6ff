import pytest

from clients.loopback import Destination, destination, is_overheard


@pytest.mark.parametrize("host", ["localhost", "127.0.0.5", "[::1]"])
def test_nobody_listens_inside_this_machine(host: str) -> None:
    assert not is_overheard(f"http://{host}:3000")


@pytest.mark.parametrize("host", ["conta.example", "10.0.0.5", "x.localhost"])
def test_plain_http_to_anywhere_else_is_overheard(host: str) -> None:
    assert is_overheard(f"http://{host}")
    assert not is_overheard(f"https://{host}")


def test_an_address_that_cannot_be_read_is_not_trusted() -> None:
    assert is_overheard("http://[")


@pytest.mark.parametrize(
    "host",
    ["localhost:11434", "127.0.0.1", "[::1]", "10.1.2.3", "172.31.0.1", "192.168.0.9:8080", "[fd00::1]"],
)
def test_what_stays_on_ones_own_network_is_local(host: str) -> None:
    assert destination(f"http://{host}/v1") is Destination.LOCAL


@pytest.mark.parametrize(
    "url", ["https://ia.exemplo.com.br", "http://8.8.8.8", "http://172.32.0.1", "http://0.0.0.0", "http://["]
)
def test_everything_else_is_external_as_is_a_name_that_could_lead_anywhere(url: str) -> None:
    assert destination(url) is Destination.EXTERNAL
