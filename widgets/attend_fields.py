"""The fields of the form that attends a ticket: name, rule in one line, and when they are there."""

from dataclasses import dataclass

from clients.models.attendance import NEW_TASK, NO_TASK, Attendance


@dataclass(frozen=True)
class AttendField:
    """One field. ``kind``: ``pick`` from a list, ``line`` of text, ``box`` of several lines."""

    name: str
    label: str
    rule: str
    kind: str = "pick"
    tasks: str = "any"
    """With which task it is there: ``any``, ``new``, ``linked`` or ``some`` (new or linked)."""

    def is_there(self, form: Attendance) -> bool:
        """Whether the form has it now."""
        if self.tasks == "new":
            return form.task == NEW_TASK
        if self.tasks == "linked":
            return form.task_id is not None
        return self.tasks == "any" or form.task != NO_TASK


@dataclass(frozen=True)
class OwnField:
    """A field that this project asks for. ``key`` as in `Attendance.fields`; ``values`` are suggestions."""

    key: str
    label: str
    rule: str
    values: tuple[str, ...] = ()


FIELDS = (
    AttendField("type", "Tipo", "do ticket; a tarefa tem o mesmo"),
    AttendField("task", "Tarefa", "no Redmine: nova, uma que já existe, ou nenhuma"),
    AttendField("project", "Projeto", "onde a tarefa nasce", tasks="new"),
    AttendField("subject", "Título", "da tarefa: tela e situação", "line", tasks="new"),
    AttendField("description", "Descrição", "da tarefa: link do ticket e palavras do cliente", "box", "new"),
    AttendField("priority", "Prioridade", "vazia: a que a tarefa tem, ou a padrão", tasks="some"),
    AttendField("task_status", "Situação da tarefa", "vazia: a que ela tem", tasks="linked"),
    AttendField("category", "Categoria", "vazia: nenhuma", tasks="new"),
    AttendField("version", "Versão", "vazia: nenhuma", tasks="new"),
    AttendField("assignee", "Direcionar para", "com a resposta do gestor; vazio: ninguém", tasks="some"),
    AttendField("time", "Tempo", "1h30, 45 min, 1:30; sempre se registra", "line"),
    AttendField("activity", "Atividade", "do tempo registrado", tasks="some"),
    AttendField("comments", "Comentário", "do tempo: o que foi feito, numa linha (opcional)", "line"),
    AttendField("answer", "Resposta", "ao cliente, nota interna, ou nada agora"),
    AttendField("text", "Texto", "o cliente nunca lê quem aqui dentro cuida do caso", "box"),
    AttendField("status", "Situação", "como o ticket fica"),
)
"""In the order of the routine."""
BY_NAME = {field.name: field for field in FIELDS}
AFTER_OWN = "assignee"
"""The project's own fields stand before this one."""
