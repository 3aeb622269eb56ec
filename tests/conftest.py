"""How the tests run: the same cases every time where a build runs them, fresh ones where a person does."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("build", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("build")
