"""The student's work as one file: taken along from here, and brought back on another machine."""

import traitlets

from course_lib.errors import ProgressError
from course_lib.messages import say
from course_lib.student.progress import Progress
from course_lib.widgets.base import PackedWidget
from course_lib.widgets.page_types import DownloadMessage, RestoreMessage, WorkFile, decode, encode


class Backup(PackedWidget):
    """Two controls: one gives the student a file with all answers, one takes such a file back.

    Parameters
    ----------
    progress : Progress, optional
        Where the answers are kept; by default the student's.
    """

    told = traitlets.Unicode().tag(sync=True)

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress or Progress()
        super().__init__(["backup.js"], "quiz.css", "page.work")
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return "<Work: download, restore>"

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        message = decode(content, DownloadMessage) or decode(content, RestoreMessage)
        try:
            match message:
                case DownloadMessage():
                    text = self._progress.export()
                    self.told = say("work.in_file", n=len(self._progress.answers()))
                    self.send(encode(WorkFile(text)))
                case RestoreMessage(text):
                    added = self._progress.restore(text)
                    self._tell(say("work.restored", n=added) if added else say("work.nothing_new"))
                case None:
                    pass
        except ProgressError as error:
            self._tell(str(error))

    def _tell(self, sentence: str) -> None:
        # Told anew even where the words are the same, so that it is read out again.
        self.told = ""
        self.told = sentence


def my_work() -> Backup:
    """Return the controls to download and to restore the student's work.

    Returns
    -------
    Backup
        Shows itself in a notebook.
    """
    return Backup()
