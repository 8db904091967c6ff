"""Where the desk is: the zone in which its days and hours are told."""

from zoneinfo import ZoneInfo

BRAZIL = ZoneInfo("America/Sao_Paulo")
"""São Paulo's; the jump host's own never matters."""
