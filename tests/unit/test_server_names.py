"""What a client's server is called in Slack: its name or the rest of it, its code, its nicknames."""

from clients.models.server_names import server_names

CLIENTS = ("Cosméticos Flor de Lis", "Transportes Rio Manso", "Rede Rio", "Loja Rio Manso Filial")


def test_a_client_is_called_by_its_name_its_code_and_its_nicknames() -> None:
    names = server_names(
        ["Cosméticos Flor de Lis"],
        {"cosmeticos flor de lis": "flor/srv01"},
        {"COSMÉTICOS FLOR DE LIS": ("fdl",)},
    )
    assert names == {
        "cosmeticos flor de lis": ("cosmeticos flor de lis", "flor de lis", "flor/srv01", "fdl"),
    }


def test_the_rest_of_a_name_stands_for_it_only_where_no_other_client_has_it() -> None:
    names = server_names(CLIENTS, {}, {})
    assert names["cosmeticos flor de lis"] == ("cosmeticos flor de lis", "flor de lis")
    assert names["transportes rio manso"] == ("transportes rio manso",)
    assert names["rede rio"] == ("rede rio",)  # three letters say too little
