"""What has to be done before a chamado is opened (C1), in our own words."""

NOTICE = """\
Este canal é só para instabilidades do sistema que precisam do setor de Desenvolvimento. Antes de abrir:

1. Você reproduziu o problema na sua própria base?
2. Consultou a Central de Ajuda?
3. Pediu auxílio ao suporte?

A licença do cliente precisa estar válida. Chamado incompleto ou sem boa descrição é reprovado: \
o cliente espera mais e você refaz o trabalho."""
"""Settings may replace it."""
