import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from clients.licences import FileLicences, HttpLicences, NoLicences
from clients.models.licence import LicenceState, TrialPolicy
from tests.support.fake_site import serving

NOW = datetime(2026, 8, 1, 1, 0, tzinfo=UTC)  # still 31 July, 22 h, in São Paulo


def clock() -> datetime:
    return NOW


def listed(path: Path, *rows: str, header: str = "E-mail;Tipo;Início;Expiração;Situação") -> FileLicences:
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    return FileLicences(path, clock)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("a@x.com.br;Contratação;01/01/2026;31/12/2026;Ativa", LicenceState.VALID),
        ("a@x.com.br;Contratação;01/01/2026;31/07/2026;Ativa", LicenceState.VALID),  # its last day
        ("a@x.com.br;Contratação;01/01/2026;30/07/2026;Ativa", LicenceState.EXPIRED),
        ("a@x.com.br;Contratação;2026-01-01;2026-12-31;", LicenceState.VALID),
        ("a@x.com.br;Contratação;01/01/2026;31/12/2026;Cancelada", LicenceState.EXPIRED),
        ("a@x.com.br;Experiência;25/07/2026;08/08/2026;Ativa", LicenceState.TRIAL),
        ("a@x.com.br;Experiência;01/07/2026;15/07/2026;Ativa", LicenceState.EXPIRED),
        ("outro@x.com.br;Contratação;01/01/2026;31/12/2026;Ativa", LicenceState.NOT_FOUND),
        ("a@x.com.br;Contratação;;;", LicenceState.UNCHECKED),
        ("a@x.com.br;Contratação;01/01/2026;31/13/2026;Ativa", LicenceState.UNCHECKED),
        ("a@x.com.br;Contratação;01/01/2027;31/12/2027;Ativa", LicenceState.UNCHECKED),
        ("a@x.com.br;Contratação;01/01/2026;31/12/2026;Em análise", LicenceState.UNCHECKED),
        ("a@x.com.br;Vitalícia;01/01/2026;31/12/2026;Ativa", LicenceState.UNCHECKED),
    ],
)
async def test_what_a_row_of_the_panel_says(tmp_path: Path, row: str, state: LicenceState) -> None:
    check = await listed(tmp_path / "licencas.csv", row).check("a@x.com.br")
    assert check.state is state
    assert check.checked_at == NOW
    assert check.source == "lista licencas.csv"
    assert bool(check.reason) == (state is LicenceState.UNCHECKED)


@pytest.mark.anyio
async def test_emails_are_compared_without_case(tmp_path: Path) -> None:
    source = listed(tmp_path / "l.csv", "Ana@X.com.br;Contratação;;31/12/2026;")
    assert (await source.check(" ANA@x.COM.br ")).state is LicenceState.VALID


@pytest.mark.anyio
async def test_of_several_periods_the_one_that_runs_counts(tmp_path: Path) -> None:
    source = listed(
        tmp_path / "l.csv",
        "a@x.com.br;Experiência;01/01/2025;15/01/2025;",
        "a@x.com.br;Contratação;16/01/2026;31/12/2026;",
        "a@x.com.br;Contratação;16/01/2025;15/01/2026;",
    )
    assert (await source.check("a@x.com.br")).state is LicenceState.VALID


@pytest.mark.anyio
async def test_headers_in_other_words_and_a_json_export(tmp_path: Path) -> None:
    path = tmp_path / "licencas.json"
    path.write_text('{"licencas": [{"email_admin": "a@x.com.br", "vencimento": "31/12/2026", "tipo": null}]}')
    check = await FileLicences(path, clock).check("a@x.com.br")
    assert check.state is LicenceState.VALID
    assert check.licence is not None
    assert check.licence.expires is not None


@pytest.mark.anyio
async def test_the_list_is_read_again_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    source = listed(path, "a@x.com.br;Contratação;;31/12/2026;")
    assert (await source.check("b@x.com.br")).state is LicenceState.NOT_FOUND
    listed(path, "b@x.com.br;Contratação;;31/12/2026;")
    os.utime(path, ns=(1, 1))
    assert (await source.check("b@x.com.br")).state is LicenceState.VALID


@pytest.mark.anyio
async def test_bad_rows_are_told_by_line_and_hide_nothing(tmp_path: Path) -> None:
    source = listed(
        tmp_path / "l.csv",
        "a@x.com.br;Contratação;;31/12/2026;",
        ";Contratação;;31/12/2026;",
        "b@x.com.br;Contratação;;amanhã;",
    )
    check = await source.check("b@x.com.br")
    assert check.state is LicenceState.UNCHECKED
    assert source.problems == ("linha 3: sem e-mail", "linha 4: data ilegível “amanhã”")
    assert check.reason == source.problems[1]


@pytest.mark.anyio
@pytest.mark.parametrize("content", [None, "", "cliente;validade\nPadaria;31/12/2026\n"])
async def test_a_list_that_cannot_be_read_never_means_not_found(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "l.csv"
    if content is not None:
        path.write_text(content)
    check = await FileLicences(path, clock).check("a@x.com.br")
    assert check.state is LicenceState.UNCHECKED
    assert check.reason


@pytest.mark.anyio
async def test_a_list_that_was_there_and_is_gone_says_so(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    source = listed(path, "a@x.com.br;Contratação;;31/12/2026;")
    await source.check("a@x.com.br")
    path.unlink()
    assert (await source.check("a@x.com.br")).state is LicenceState.UNCHECKED


@pytest.mark.anyio
async def test_a_bad_row_is_told_with_the_address_that_it_is_about(tmp_path: Path) -> None:
    source = listed(
        tmp_path / "l.csv",
        "a@x.com.br;Contratação;;31/12/2026;Ativa",
        "a@x.com.br;Contratação;;amanhã;Ativa",
        "b@x.com.br;Contratação;ontem;31/12/2025;",
        ";Contratação;;31/12/2026;",
    )
    valid, expired = await source.check("a@x.com.br"), await source.check("b@x.com.br")
    assert (valid.state, valid.reason) == (LicenceState.VALID, "linha 3: data ilegível “amanhã”")
    assert (expired.state, expired.reason) == (LicenceState.EXPIRED, "linha 4: data ilegível “ontem”")
    missing = await source.check("c@x.com.br")
    assert (missing.state, missing.reason) == (
        LicenceState.NOT_FOUND,
        "na lista, a linha 5 está sem e-mail",
    )


@pytest.mark.anyio
async def test_a_list_replaced_by_another_of_the_same_size_and_time_is_read(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    source = listed(path, "a@x.com.br;Contratação;;31/12/2026;")
    os.utime(path, ns=(1, 1))
    assert (await source.check("b@x.com.br")).state is LicenceState.NOT_FOUND
    listed(tmp_path / "nova.csv", "b@x.com.br;Contratação;;31/12/2026;")
    os.utime(tmp_path / "nova.csv", ns=(1, 1))
    (tmp_path / "nova.csv").replace(path)
    assert (await source.check("b@x.com.br")).state is LicenceState.VALID
    path.unlink()
    assert (await source.check("b@x.com.br")).state is LicenceState.UNCHECKED
    listed(path, "a@x.com.br;Contratação;;31/12/2026;")
    assert (await source.check("b@x.com.br")).state is LicenceState.NOT_FOUND


HALF = "E-mail;Tipo;Início;Expiração;Situação\na@x.com.br;Contratação;;31/12/20"


def just_written(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    moment = NOW.timestamp()
    os.utime(path, (moment, moment))


@pytest.mark.anyio
@pytest.mark.parametrize("email", ["a@x.com.br", "b@x.com.br"])
async def test_of_a_half_written_list_nothing_is_said_to_be_missing(tmp_path: Path, email: str) -> None:
    path = tmp_path / "l.csv"

    async def written_on(seconds: float) -> None:
        path.write_text(f"{HALF}26;Ativa\nb@x.com.br;Contratação;;31/12/2026;Ativa\n", encoding="utf-8")

    just_written(path, HALF)
    source = FileLicences(path, clock, pause=written_on)
    check = await source.check(email)
    assert check.state is LicenceState.UNCHECKED
    assert "sendo gravada" in check.reason
    assert (await source.check(email)).state is LicenceState.VALID


@pytest.mark.anyio
async def test_a_new_list_that_has_come_to_rest_is_believed(tmp_path: Path) -> None:
    waited: list[float] = []

    async def rests(seconds: float) -> None:
        waited.append(seconds)

    path = tmp_path / "l.csv"
    just_written(path, f"{HALF}26;Ativa\n")
    source = FileLicences(path, lambda: NOW + timedelta(milliseconds=300), pause=rests)
    assert (await source.check("b@x.com.br")).state is LicenceState.NOT_FOUND
    assert (await source.check("a@x.com.br")).state is LicenceState.VALID
    assert len(waited) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("policy", list(TrialPolicy))
async def test_the_check_says_what_experiencia_is_worth_here(tmp_path: Path, policy: TrialPolicy) -> None:
    path = tmp_path / "l.csv"
    listed(path, "a@x.com.br;Experiência;25/07/2026;08/08/2026;Ativa")
    check = await FileLicences(path, clock, policy).check("a@x.com.br")
    assert (check.state, check.trials) == (LicenceState.TRIAL, policy)


@pytest.mark.anyio
async def test_no_source_says_unchecked() -> None:
    check = await NoLicences(clock).check("a@x.com.br")
    assert check.state is LicenceState.UNCHECKED
    assert check.reason


ROW = '{"email": "a@x.com.br", "tipo": "Contratação", "expiracao": "2026-12-31", "situacao": "Ativa"}'


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("body", "state"),
    [
        (ROW, LicenceState.VALID),
        (f"[{ROW}]", LicenceState.VALID),
        (f'{{"licencas": [{ROW}]}}', LicenceState.VALID),
        ("[]", LicenceState.NOT_FOUND),
        ("null", LicenceState.NOT_FOUND),
        ('{"licencas": []}', LicenceState.NOT_FOUND),
        (f"[{ROW.replace('a@', 'b@')}]", LicenceState.UNCHECKED),
        ('{"erro": "manutenção"}', LicenceState.UNCHECKED),
        ("<html>entre</html>", LicenceState.UNCHECKED),
        ("", LicenceState.UNCHECKED),
    ],
)
async def test_what_a_licence_service_answers(body: str, state: LicenceState) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.params["email"] == "a@x.com.br"
        return httpx.Response(200, text=body)

    check = await HttpLicences(serving(answer), clock).check("a@x.com.br")
    assert check.state is state
    assert check.source == "Licenças"


@pytest.mark.anyio
@pytest.mark.parametrize("status", [401, 403, 404, 422])
async def test_a_licence_service_that_refuses_never_means_not_found(status: int) -> None:
    source = HttpLicences(serving(lambda request: httpx.Response(status)), clock)
    check = await source.check("a@x.com.br")
    assert check.state is LicenceState.UNCHECKED
    assert check.reason
