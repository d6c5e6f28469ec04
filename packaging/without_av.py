"""Runtime hook of the frozen program: faster-whisper imports PyAV when it is loaded, but needs it only to read files.

This program reads files itself. The FFmpeg inside PyAV's wheel holds parts under the GPL and takes 100 MB, so neither
is handed out; an empty module takes its place.
"""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

stand_in = ModuleType("av", "Left out of the frozen program.")
stand_in.__spec__ = ModuleSpec("av", None)
sys.modules["av"] = stand_in
