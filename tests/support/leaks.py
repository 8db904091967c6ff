"""Everything that a crash report could print of an error."""

import traceback


def told_by(error: BaseException) -> str:
    """Message, repr and traceback with local variables of ``error`` and of all errors behind it."""
    told = [repr(error), str(error)]
    link: BaseException | None = error
    while link is not None:
        report = traceback.TracebackException.from_exception(link, capture_locals=True)
        frames = [frame for frame in report.stack if "/tests/" not in frame.filename]  # those know it all
        report.stack = traceback.StackSummary.from_list(frames)
        told.extend(report.format(chain=False))
        link = link.__cause__ or link.__context__
    return "".join(told)
