"""What the system refuses, told in French: its own sentences are in the language of the machine."""

from __future__ import annotations

import errno
from typing import Final

from ami_scoring.messages import Message

NO_READING: Final = Message("il manque le droit de lecture")
_TOO_LONG: Final = Message("ce nom est trop long")
_FULL: Final = Message("il n'y a plus de place sur ce disque")
_BUSY: Final = Message("un autre programme l'utilise")
_TOO_MANY: Final = Message("trop de fichiers sont ouverts à la fois sur cette machine")
_GONE: Final = Message("le disque ou le serveur ne répond plus")

REASONS: Final = {
    errno.ENOENT: Message("il n'existe pas, ou n'existe plus"),
    errno.ENOTDIR: Message("une partie de son chemin n'est pas un dossier"),
    errno.EISDIR: Message("c'est un dossier"),
    errno.EACCES: NO_READING,
    errno.EPERM: NO_READING,
    errno.EROFS: Message("ce disque ne peut pas être modifié"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: Message("ce fichier serait plus gros que ce qui est permis ici"),
    errno.EIO: Message("ce disque ne répond pas"),
    errno.ELOOP: Message("ce lien tourne en rond"),
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EINVAL: Message("ce nom contient un caractère que ce système n'accepte pas"),
    errno.EILSEQ: Message("ce nom contient un caractère que ce système n'accepte pas"),
    errno.EBUSY: _BUSY,
    errno.ETXTBSY: _BUSY,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOMEM: Message("la mémoire manque"),
    errno.ESTALE: _GONE,
    errno.EHOSTDOWN: _GONE,
    errno.EHOSTUNREACH: _GONE,
    errno.ENETUNREACH: _GONE,
    errno.ETIMEDOUT: _GONE,
    errno.ENXIO: _GONE,
    errno.ENODEV: _GONE,
}


def reason_of(error: OSError) -> Message:
    """Say why the system refuses, as the end of a sentence; by the name of its code where that is rare."""
    number = error.errno or 0
    unknown = Message("le système répond l'erreur {code}", {"code": errno.errorcode.get(number, str(number))})
    return REASONS.get(number, unknown)
