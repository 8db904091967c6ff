"""Where a store's file may live: mine alone or my group's, regular, never behind a symbolic link.

Nothing here opens a file that exists: closing a second descriptor of a SQLite file would drop the locks
that SQLite holds on it in this process.
"""

import contextlib
import ctypes
import os
import stat
from pathlib import Path

from .errors import StoreError
from .os_faults import os_fault

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
SHARED_FILE = 0o660

# f_type of statfs(2): NFS, SMB, CIFS, SMB2, AFS, Coda, Ceph, 9P, Lustre, NCP, and FUSE (sshfs, gluster …)
_NETWORK = frozenset(
    (
        *(0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x5346414F, 0x73757245),
        *(0x00C36400, 0x01021997, 0x0BD00BD0, 0x564C, 0x65735546),
    )
)


def prepare(path: Path, *, shared: bool = False) -> None:
    """Create folder (0700) and empty file (0600), or check those that exist; else StoreError.

    A ``shared`` file (0660) is for the group of its folder, which somebody made for it.
    """
    try:
        if shared:
            _check_shared_folder(path.parent)
        else:
            _prepare_folder(path.parent)
        _create(path, SHARED_FILE if shared else PRIVATE_FILE)
        _check_file(path, shared=shared)
    except OSError as error:
        raise StoreError(f"{path}: {os_fault(error)}") from error


def on_network(folder: Path) -> bool:
    """Tell whether ``folder`` is on a file system whose memory other hosts share (no WAL there)."""
    return filesystem(folder) in _NETWORK


def filesystem(folder: Path) -> int:
    """Return the f_type of statfs(2); 0 where the system has no such call."""
    try:
        call = ctypes.CDLL(None, use_errno=True).statfs
    except AttributeError:
        return 0
    answer = ctypes.create_string_buffer(
        512
    )  # struct statfs is 120 bytes on 64-bit Linux, and f_type is first
    if call(os.fsencode(folder), answer) != 0:
        return 0
    return ctypes.c_ulong.from_buffer(answer).value & 0xFFFFFFFF


def _prepare_folder(folder: Path) -> None:
    if not folder.exists():
        folder.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # another process was faster
            folder.mkdir(mode=PRIVATE_FOLDER)
    found = folder.stat()
    if found.st_uid != os.geteuid():
        raise StoreError(f"a pasta {folder} é de outro usuário")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise StoreError(f"a pasta {folder} é gravável por outros: use chmod 700 {folder}")


def _check_shared_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise StoreError(
            f"a pasta {folder} não existe",
            way_out=f"Quem administra a máquina a cria: mkdir -m 2770 {folder}; chgrp GRUPO {folder}",
        )
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & stat.S_IRWXO:
        raise StoreError(f"a pasta {folder} é aberta a todos: use chmod o= {folder}")
    if not mode & stat.S_ISGID:
        raise StoreError(f"os arquivos da pasta {folder} não ficariam do grupo: use chmod g+s {folder}")


def _create(path: Path, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    except FileExistsError:
        return
    try:
        os.fchmod(descriptor, mode)  # whatever the umask is
    finally:
        os.close(descriptor)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)  # or the new name could be gone after a power cut
    finally:
        os.close(folder)


def _check_file(path: Path, *, shared: bool) -> None:
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        kind = "um link simbólico" if stat.S_ISLNK(found.st_mode) else "algo que não é um arquivo comum"
        raise StoreError(f"{path} é {kind}")
    mode = stat.S_IMODE(found.st_mode)
    if found.st_uid != os.geteuid() and not shared:
        raise StoreError(f"{path} é de outro usuário")
    allowed = SHARED_FILE if shared else PRIVATE_FILE
    if mode & ~allowed & 0o077:
        raise StoreError(f"{path} pode ser lido por outros (modo {mode:04o}): use chmod {allowed:o} {path}")
