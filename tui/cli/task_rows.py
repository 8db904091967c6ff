"""Tasks as rows for programs: ``--json`` of every command that prints one, with names in the place of ids."""

from clients.models.task import CustomField, Named, Task, TaskFile

Row = dict[str, object]


def task_row(task: Task) -> Row:
    """One task with all its fields; what is tied to it and what happened to it stand elsewhere."""
    return {
        "numero": task.id,
        "titulo": task.subject,
        "descricao": task.description,
        "projeto": task.project.name,
        "tipo": task.tracker.name,
        "situacao": task.status.name,
        "aberta": not task.status.is_closed,
        "prioridade": _name(task.priority),
        "autor": _name(task.author),
        "com": _name(task.assigned_to),
        "categoria": _name(task.category),
        "versao": _name(task.fixed_version),
        "acima": task.parent_id,
        "inicio": task.start_date.isoformat() if task.start_date else None,
        "prazo": task.due_date.isoformat() if task.due_date else None,
        "feito": task.done_ratio,
        "privada": task.is_private,
        "horas": task.spent_hours,
        "estimadas": task.estimated_hours,
        "campos": [_field(each) for each in task.custom_fields],
        "observadores": [each.name for each in task.watchers],
        "anexos": [_file(each) for each in task.attachments],
        "pode_ir_para": [each.name for each in task.allowed_statuses],
        "criada": task.created_on.isoformat(),
        "alterada": task.updated_on.isoformat(),
        "concluida": task.closed_on.isoformat() if task.closed_on else None,
    }


def _name(one: Named | None) -> str | None:
    return one.name if one is not None else None


def _field(field: CustomField) -> Row:
    return {"id": field.id, "nome": field.name, "valores": list(field.values)}


def _file(file: TaskFile) -> Row:
    return {
        "nome": file.filename,
        "bytes": file.filesize,
        "tipo": file.content_type,
        "endereco": file.content_url,
    }
