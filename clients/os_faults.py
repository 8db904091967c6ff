"""What the operating system said against a file, in Portuguese: its own words come in the host's language."""

import errno

_WORDS = {
    errno.ENOENT: "não existe",
    errno.ENOTDIR: "uma parte do caminho não é uma pasta",
    errno.EISDIR: "é uma pasta",
    errno.EACCES: "sem permissão",
    errno.EPERM: "sem permissão",
    errno.EEXIST: "já existe",
    errno.ELOOP: "é um atalho (link simbólico)",
    errno.ENAMETOOLONG: "o nome é longo demais",
    errno.ENOTEMPTY: "a pasta não está vazia",
    errno.ENOSPC: "o disco está cheio",
    errno.EDQUOT: "sua cota de disco acabou",
    errno.EFBIG: "o arquivo é grande demais para este disco",
    errno.EROFS: "o disco só permite leitura",
    errno.EIO: "erro de leitura ou gravação no disco",
    errno.EBUSY: "está em uso",
    errno.ETXTBSY: "está em uso",
    errno.EMFILE: "há arquivos abertos demais",
    errno.ENFILE: "há arquivos abertos demais",
    errno.ENOMEM: "falta memória",
    errno.ENOEXEC: "não é um programa",
    errno.E2BIG: "o comando é longo demais",
    errno.ENXIO: "ninguém atende do outro lado",
    errno.ENODEV: "não existe esse dispositivo",
    errno.ESTALE: "o disco da rede mudou",
    errno.ETIMEDOUT: "o disco da rede não respondeu",
}


def os_fault(error: OSError) -> str:
    """Say in a few words what went wrong; an error without words of ours shows its name, such as EXDEV."""
    if error.errno is None:
        return type(error).__name__
    return _WORDS.get(error.errno) or errno.errorcode.get(error.errno, f"erro {error.errno}")
