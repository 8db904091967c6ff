"""A text that was closed with, posted without a screen; or printed, where it is posted nowhere."""

from ..desk import Desk
from . import show
from .exit_codes import Code
from .running import say
from .step_lines import ending, step_row, tell_step


async def posted(desk: Desk, workflow: str, text: str, as_json: bool, *, name: str, done: str) -> int:
    """Carry ``workflow`` on and return its exit code; without one print ``text`` and say ``done``.

    ``name`` is what the text is called in JSON.
    """
    if not workflow:
        show.write(show.as_json({"desfecho": "feito", name: text, "passos": []}) if as_json else text)
        say(done)
        return Code.OK
    words = desk.account.vocabulary
    progress = await desk.workflows.carry_on(workflow, lambda intent: tell_step(intent, words, as_json))
    word, sentence, code = ending(progress)
    if as_json:
        rows = [step_row(each, words) for each in progress.steps]
        show.write(show.as_json({"desfecho": word, name: text, "passos": rows}))
    say(sentence)
    return code
