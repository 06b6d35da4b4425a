"""The student's work as one file: taken along from here, and brought back on another machine."""

import traitlets

from course_lib.errors import ProgressError
from course_lib.messages import say
from course_lib.student.progress import Progress
from course_lib.widgets import page_types
from course_lib.widgets.base import PackedWidget


class Backup(PackedWidget):
    """Two controls: one gives the student a file with all answers, one takes such a file back.

    Parameters: `progress` where the answers are kept.
    """

    told = traitlets.Unicode().tag(sync=True)

    def __init__(self, progress=None):
        self._progress = progress or Progress()
        super().__init__(["backup.js"], "quiz.css", "page.work")
        self.on_msg(self._hear)

    def __repr__(self):
        return "<Work: download, restore>"

    def _hear(self, _widget, message, _buffers):
        try:
            match page_types.heard(message, page_types.BackupMessage):
                case page_types.DownloadMessage():
                    text = self._progress.export()
                    self.told = say("work.in_file", n=len(self._progress.answers()))
                    self.send(page_types.sent(page_types.WorkFile(text)))
                case page_types.RestoreMessage(text):
                    added = self._progress.restore(text)
                    # Told anew even where the words are the same, so that it is read out again.
                    self.told = ""
                    self.told = say("work.restored", n=added) if added else say("work.nothing_new")
        except ProgressError as error:
            self.told = ""
            self.told = str(error)


def my_work():
    """Return the controls to download and to restore the student's work."""
    return Backup()
