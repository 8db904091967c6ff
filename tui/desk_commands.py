"""What the keys of the whole desk do, on whatever screen they are pressed."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual import work

from widgets.jump import begin_jump

from .commands.catalog import QUIT
from .commands.keys import key_names
from .commands.places import live_keys
from .modes import PAGE_ORDER, page_after
from .screens.desk_screen import DeskScreen
from .telling import Telling

if TYPE_CHECKING:
    from .colours import Colours
    from .desk import Desk
    from .going import Going
    from .server_watch import ServerWatch
    from .timekeeper import Timekeeper

Q_TWICE_WITHIN = timedelta(seconds=4)


class DeskCommands(Telling[int]):
    """An app with the commands of the desk: ``do_`` and the id of each."""

    colours: "Colours"
    going: "Going"
    timekeeper: "Timekeeper"
    server_watch: "ServerWatch"

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self.desk = desk
        self.keys = desk.settings.keys
        self._chamados_page = PAGE_ORDER[0]
        self._q_pressed: datetime | None = None

    def key_of(self, command_id: str) -> str:
        """The key of a command, as it is on the keyboard now."""
        return key_names(live_keys(self.keys)[command_id])

    async def action_command(self, command_id: str) -> None:
        """Carry out a command that works everywhere; what it means may be the screen's to say."""
        name = f"do_{command_id.replace('-', '_')}"
        screen = self.screen if isinstance(self.screen, DeskScreen) else None
        if screen is not None and (reason := screen.why_not(command_id)):
            self.refuse_key(reason)
        elif screen is not None and hasattr(screen, name):
            await screen.action_command(command_id)
        elif hasattr(self, name):
            getattr(self, name)()
        else:
            self.refuse("Este comando não tem efeito nesta tela.")

    def action_help_quit(self) -> None:
        """Ctrl+C does not end anything; say what does."""
        self.say(f"{self.key_of(QUIT)} fecha o Plantão.")

    def do_mesa(self) -> None:
        """1."""
        if self._leaves_no_draft():
            self.switch_mode("mesa")

    def do_tarefas(self) -> None:
        """2."""
        if self._leaves_no_draft():
            self.switch_mode("tarefas")

    def do_chamados(self) -> None:
        """3: the page of the chamados that was in view last; pressed again, the next one."""
        if self._leaves_no_draft():
            self.show_chamados_page(page_after(self._chamados_page, self.current_mode))

    def do_servicos(self) -> None:
        """4."""
        if self._leaves_no_draft():
            self.switch_mode("servicos")

    def do_hoje(self) -> None:
        """5."""
        if self._leaves_no_draft():
            self.switch_mode("hoje")

    async def show_service(self, key: str) -> None:
        """Bring the services into view, with the cursor on the one of that key."""
        from .screens.services import ServicesScreen

        await self.switch_mode("servicos")
        if isinstance(self.screen, ServicesScreen):
            self.screen.select(key)

    def _leaves_no_draft(self) -> bool:
        """Whether no page with a draft would stay open below another mode; says why not."""
        from .screens.draft_screen import first_to_close

        below = first_to_close(self.screen_stack)
        if below is not None:
            self.refuse_key(below.BELOW_FIRST)
        return below is None

    def show_chamados_page(self, page: str) -> None:
        """Bring one of the pages of the chamados into view."""
        self._chamados_page = page
        self.switch_mode(page)

    def do_ir_ao_numero(self) -> None:
        """To what has a number, or to what was opened lately."""
        if self._leaves_no_draft():
            self.keys_wait_for(self._go())

    @work(group="going", exclusive=True, exit_on_error=False)
    async def _go(self) -> None:
        await self.going.ask()

    def do_saltar(self) -> None:
        """To any row, pane or field in view by its letter."""
        if not begin_jump(self.screen):
            self.refuse("Não há aonde saltar nesta tela.")

    def do_tema(self) -> None:
        """Other colours."""
        self.keys_wait_for(self._choose_colours())

    @work(group="colours", exclusive=True, exit_on_error=False)
    async def _choose_colours(self) -> None:
        await self.colours.ask()

    def do_pendencias(self) -> None:
        """What was confirmed and has no outcome yet."""
        from .screens.pending import PendingScreen

        if not isinstance(self.screen, PendingScreen):
            self.push_screen(PendingScreen())

    def do_rotina(self) -> None:
        """The morning round."""
        from .screens.morning import MorningScreen

        if not isinstance(self.screen, MorningScreen):
            self.push_screen(MorningScreen())

    def do_passagem(self) -> None:
        """Handing over the shift."""
        from .screens.handover import HandoverScreen

        if not isinstance(self.screen, HandoverScreen):
            self.push_screen(HandoverScreen())

    def do_cronometros(self) -> None:
        """Every timer."""
        from .screens.timers import TimersScreen

        if not isinstance(self.screen, TimersScreen):
            self.push_screen(TimersScreen())

    def do_anunciar_saida(self) -> None:
        """Say in Slack that one left a client's server."""
        self.server_watch.leave()

    def do_paleta(self) -> None:
        """The palette."""
        from .commands.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def do_ajuda(self) -> None:
        """Help on what is in view."""
        from .screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        else:
            self.push_screen(HelpScreen.on(self.screen, live_keys(self.keys)))

    def do_sair(self) -> None:
        """Close; drafts are on disk already, and where one is not, only at the second time."""
        if self.desk.saver.refusal is None:
            self._leave()
        else:
            self.do_sair_confirmando()

    def do_sair_confirmando(self) -> None:
        """Close at the second q: one alone may have been typed ahead of a page that was still opening."""
        now = self.desk.clock()
        if self._q_pressed is not None and now - self._q_pressed < Q_TWICE_WITHIN:
            self._leave()
            return
        self._q_pressed = now
        if self.desk.saver.refusal is None:
            kept = "O sandbox some." if self.desk.settings.throwaway else "Rascunhos ficam guardados."
            self.say(f"{self.key_of('sair-confirmando')} de novo fecha. {kept}")
        else:
            self.refuse("Há texto que o disco não guardou. De novo fecha, e ele se perde.")

    def _leave(self) -> None:
        if not self.server_watch.ask_to_leave():
            self.timekeeper.leave()
