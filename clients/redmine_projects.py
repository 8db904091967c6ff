"""What a task form needs: projects, their choices and people, and the custom fields of their tasks."""

from typing import TYPE_CHECKING

from .errors import Rejected, RemoteError, Unauthorized
from .models.project import FormFields, Membership, Part, Project, ProjectForm, Role, TaskField, Version
from .models.task import CustomField, Enumeration, Named, Task, TaskStatus
from .models.task_faults import core_field, missing_in
from .models.task_words import TaskWords
from .redmine_tickets import FIELDS_SEEN_IN
from .redmine_wire import ODD_SHAPE, number_of, read, read_all, records, write

if TYPE_CHECKING:
    import redminelib

_FORM = "trackers,issue_categories,time_entry_activities,issue_custom_fields"


def projects(redmine: "redminelib.Redmine") -> tuple[Project, ...]:
    """All projects that the key's owner sees; Redmine leaves out closed ones."""
    return read_all(redmine, "/projects.json", "projects", Project)


def project_form(redmine: "redminelib.Redmine", project: int | str) -> ProjectForm:
    """One project with its choices, by id or identifier."""
    found = read(redmine, f"/projects/{project}.json", include=_FORM)["project"]
    if not isinstance(found, dict):
        raise TypeError("project")
    versions = read_all(redmine, f"/projects/{project}/versions.json", "versions", Version)
    return ProjectForm.model_validate(
        {
            **found,
            "categories": found.get("issue_categories"),
            "activities": found.get("time_entry_activities"),
            "versions": tuple(version for version in versions if version.status == "open"),
        }
    )


def members(redmine: "redminelib.Redmine", project: int | str) -> tuple[Named, ...]:
    """The people of a project by name: whom a task can be assigned to."""
    found = read_all(redmine, f"/projects/{project}/memberships.json", "memberships", Membership)
    people = {one.user.id: one.user for one in found if one.user is not None}
    return tuple(sorted(people.values(), key=lambda person: person.name.casefold()))


def permissions(redmine: "redminelib.Redmine", project_id: int) -> frozenset[str] | None:
    """What the key's owner may do in a project, by Redmine's own names; None where it does not tell.

    It tells of roles that somebody has in the project, and of no administrator: they may do everything.
    """
    me = read(redmine, "/users/current.json", include="memberships")["user"]
    if not isinstance(me, dict) or me.get("admin"):
        return None
    parts = records(Part, me.get("memberships") or ())
    roles = {role.id for part in parts if part.project.id == project_id for role in part.roles}
    if not roles:
        return None
    held = (Role.model_validate(read(redmine, f"/roles/{number}.json")["role"]) for number in sorted(roles))
    return frozenset(name for role in held for name in role.permissions)


def task_fields(redmine: "redminelib.Redmine", project_id: int, tracker_id: int) -> FormFields:
    """The custom fields of the newest tasks of that project and tracker, in the order of the form.

    Where there is no such task yet, those of the tracker anywhere. The list of fields itself is for
    administrators, and so is what they allow.
    """
    return FormFields(custom=_learned_from(redmine, project_id, tracker_id))


def new_task_fields(redmine: "redminelib.Redmine", project: ProjectForm, tracker_id: int) -> FormFields:
    """The same, and what a new task cannot do without, as far as the server says it.

    That is for administrators alone, too, and is learned from the refusal of a task that has nothing at all.
    """
    known = task_fields(redmine, project.id, tracker_id)
    sentences = _refusal(redmine, project.id, tracker_id)
    if sentences is None:
        return known
    custom = {field.name: field for field in known.custom}
    own = {field.name: TaskField(id=field.id, name=field.name) for field in project.issue_custom_fields}
    required: set[str] = set()
    unknown: list[str] = []
    for sentence, label in missing_in(sentences):
        field, name = custom.get(label) or own.get(label), core_field(label)
        if field is not None:
            custom[label] = field.model_copy(update={"required": True})
        if name:  # where both are called so Redmine does not say which, and is content with both
            required.add(name)
        if field is None and not name:
            unknown.append(sentence)
    return FormFields(
        custom=tuple(custom.values()), required=frozenset(required), unknown=tuple(unknown), asked=True
    )


def _refusal(redmine: "redminelib.Redmine", project_id: int, tracker_id: int) -> tuple[str, ...] | None:
    """What Redmine says to a task without a title and everything else; None where it says nothing of it.

    Nothing comes into being by it.
    """
    bare = {"project_id": project_id, "tracker_id": tracker_id, "subject": ""}
    try:
        made = number_of(write(redmine, "post", "/issues.json", {"issue": bare}), "issue")
    except Rejected as error:
        return error.sentences
    except Unauthorized:
        raise
    except RemoteError:  # what is required stays unknown, and is told when the task is created
        return None
    # stock Redmine never does; a plugin that gives titles may
    return (f"ao ser perguntado pelos campos que exige, criou a tarefa {made}, vazia: apague-a",)


def _learned_from(redmine: "redminelib.Redmine", project_id: int, tracker_id: int) -> tuple[TaskField, ...]:
    met = newest_tasks(redmine, project_id, tracker_id) or _newest(redmine, tracker_id)
    fields: dict[int, list[CustomField]] = {}
    for task in met:
        for field in task.custom_fields:
            fields.setdefault(field.id, []).append(field)
    return tuple(_learned(held) for held in fields.values())


def words_for(redmine: "redminelib.Redmine", *tasks: Task) -> TaskWords:
    """Names for the ids in the fields of tasks of one project; what cannot be read stays a number."""
    names: dict[str, dict[int, str]] = {}

    def learn(name: str, known: tuple[Named, ...]) -> None:
        names[name] = {one.id: one.name for one in known}

    try:
        learn("status_id", records(TaskStatus, redmine.issue_status.all().values()))
        learn(
            "priority_id",
            records(Enumeration, redmine.enumeration.filter(resource="issue_priorities").values()),
        )
        learn("tracker_id", records(Named, redmine.tracker.all().values()))
        form = project_form(redmine, tasks[0].project.id)
        learn("category_id", form.categories)
        learn("fixed_version_id", form.versions)
        learn("assigned_to_id", members(redmine, form.id))
    except (RemoteError, *ODD_SHAPE):
        pass  # a number tells less than a name, and more than an error
    return TaskWords(names).of(*tasks)


def newest_tasks(redmine: "redminelib.Redmine", project_id: int, tracker_id: int) -> tuple[Task, ...]:
    """The newest tasks of a project and tracker, as lists have them."""
    return _newest(redmine, tracker_id, project_id=project_id, subproject_id="!*")


def _newest(redmine: "redminelib.Redmine", tracker_id: int, **where: object) -> tuple[Task, ...]:
    found = redmine.issue.filter(
        tracker_id=tracker_id, status_id="*", sort="id:desc", limit=FIELDS_SEEN_IN, **where
    )
    # a filter that the server does not know is ignored without a word
    return tuple(task for task in records(Task, found.values()) if task.tracker.id == tracker_id)


def _learned(held: list[CustomField]) -> TaskField:
    return TaskField(
        id=held[0].id,
        name=held[0].name,
        multiple=held[0].multiple,
        values=tuple(value for field in held for value in field.values),
    )
