"""The course on a JupyterHub: what its configuration needs, whatever starts the students' servers.

For The Littlest JupyterHub this file goes into its folder of configurations; see README.md beside it.
"""

import sys
from pathlib import Path

c = get_config()  # noqa: F821

# Where the environment with the course is. The Littlest JupyterHub keeps it apart from the hub's own.
TLJH = Path("/opt/tljh/user/bin")
PROGRAMS = TLJH if TLJH.is_dir() else Path(sys.executable).parent

# Copies the lessons to the student's folder, never over what the student has changed, then starts the server.
# With -P nothing in the student's folder is taken for a part of the course.
c.Spawner.cmd = [str(PROGRAMS / "python"), "-P", "-m", "course_lib", "hub-server", "--"]
c.Spawner.default_url = "/lab/tree/reading-with-evidence/lessons/index.ipynb"
# A lesson with its figures; measured by tests/load/hub.py.
c.Spawner.mem_limit = "1G"
c.Spawner.mem_guarantee = "400M"
c.Spawner.cpu_limit = 1.0
# A first start copies and imports; on a busy machine that takes longer than half a minute.
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
