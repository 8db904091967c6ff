"""What can be done at a step of a walk without dealing with it: copy, run, write, ask, keep all of it."""

from textual import work

from clients.errors import PlantaoError
from clients.models.runbook import Step, open_places
from clients.models.service import Service
from clients.models.walk_export import masked_in, walk_markdown
from tui.editor import EditorError

from .ask_server import ask_server
from .editing import in_the_editor
from .passing_on import pass_note_on
from .runbook_local import run_for
from .runbook_page import BUSY, RunbookPage
from .service_finding import write_finding

LONGEST_COPY = 70_000
"""Bytes that terminals take by OSC 52."""


class RunbookVerbs(RunbookPage):
    """The verbs that change nothing of the walk."""

    # ── the command ──

    def why_not(self, command_id: str) -> str | None:
        """What a step does not have cannot be copied or run; what is being recorded is waited for."""
        if command_id in ("copiar-comando", "copiar"):
            return None if self._looked.command else "Este passo não tem comando."
        if command_id == "executar-local":
            return self._why_not_run()
        if command_id == "perguntar-quem-esta":
            return None if self._may_ask else "O Slack não está configurado: pergunte no canal."
        if command_id == "editor-do-registro":
            return None if self.step.has_field else "Neste passo não se anota nada."
        if command_id == "fechar-roteiro" and self._busy and self._long is None:
            return BUSY
        return super().why_not(command_id)

    def _why_not_run(self) -> str | None:
        if self._desk.settings.runbooks.local_command is None:
            return "Não há comando_local em [roteiros]."
        if not self._looked.command:
            return "Este passo não tem comando."
        if self._walk.runbook.enters and not self._walk.inside:
            return "Só depois de anunciada a entrada."
        return None

    def do_copiar_comando(self) -> None:
        """By OSC 52, with its places filled."""
        command, fault = self.command(self._looked)
        if fault:
            self.plantao.refuse(f"Não copiado: {fault}.")
        elif missing := open_places(command):
            self.plantao.refuse(f"Não copiado: falta {missing[0]}. Complete [servidores.codigos].")
        else:
            self.app.copy_to_clipboard(command)
            self.plantao.say(f"Enviado ao terminal: {command}")

    def do_copiar(self) -> None:
        """y: the command, too."""
        self.do_copiar_comando()

    def do_executar_local(self) -> None:
        """Run it, once it was seen in full."""
        self.take_up(self._run(self._looked), takes_long=True)

    async def _run(self, step: Step) -> None:
        argv = self._desk.settings.runbooks.local_command
        assert argv is not None
        told = await run_for(self.plantao, argv, self.places, self.say_doing)
        if told is not None:
            text = "\n".join(filter(None, (self.written(step).rstrip(), told)))
            self.keep_text(step.id, text)
            self.tell(afresh=True)

    def do_editor_do_registro(self) -> None:
        """What is written at the step, in the analyst's own editor."""
        edited = in_the_editor(self.plantao, self.written(self._looked))
        if isinstance(edited, EditorError):
            self.plantao.report(edited.trouble)
        else:
            self.keep_text(self._looked.id, edited)
            self.tell(afresh=True)

    # ── all of it ──

    @work(group="export", exit_on_error=False)
    async def do_exportar_roteiro(self) -> None:
        """Into a file of one's own."""
        from tui.walk_file import write_walk

        desk = self._desk
        try:
            path = await desk.disk(write_walk, self._walk, desk.settings.downloads_folder)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        else:
            self.plantao.say(f"Guardado em {path}{self._told_masked}")

    def do_copiar_roteiro(self) -> None:
        """All of it, by OSC 52."""
        text = walk_markdown(self._walk)
        if len(text.encode()) > LONGEST_COPY:
            self.plantao.refuse(f"É longo demais para o terminal: {self.plantao.key_of('exportar-roteiro')}.")
            return
        self.app.copy_to_clipboard(text)
        self.plantao.say(f"Enviado ao terminal: o roteiro inteiro, em Markdown{self._told_masked}.")

    @property
    def _told_masked(self) -> str:
        told = masked_in(self._walk).told
        return f", com {told}" if told else ""

    # ── others are told ──

    @property
    def _may_ask(self) -> bool:
        return self._desk.settings.slack is not None

    @work(group="verb", exit_on_error=False)
    async def do_perguntar_quem_esta(self) -> None:
        """On Slack."""
        await ask_server(self.plantao, self._walk.client)

    @work(group="verb", exit_on_error=False)
    async def do_encaminhar_visto(self) -> None:
        """What was written down at the steps goes into the service's history, and on from there."""
        service = self._service
        note = await write_finding(self.plantao, service, self._walk.findings, note_id=self._walk.id)
        if note is not None:
            self.plantao.service_recall.read()
            await pass_note_on(self.plantao, service, note)

    @property
    def _service(self) -> Service:
        walk = self._walk
        bare = Service(client=walk.client, service=walk.service)
        return next((each for each in self.plantao.services.items if each.key == bare.key), bare)
