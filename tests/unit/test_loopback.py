import pytest

from clients.loopback import is_overheard


@pytest.mark.parametrize("host", ["localhost", "127.0.0.5", "[::1]"])
def test_nobody_listens_inside_this_machine(host: str) -> None:
    assert not is_overheard(f"http://{host}:3000")


@pytest.mark.parametrize("host", ["conta.example", "10.0.0.5", "x.localhost"])
def test_plain_http_to_anywhere_else_is_overheard(host: str) -> None:
    assert is_overheard(f"http://{host}")
    assert not is_overheard(f"https://{host}")


def test_an_address_that_cannot_be_read_is_not_trusted() -> None:
    assert is_overheard("http://[")
