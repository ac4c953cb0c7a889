"""Presseschau: German article text in, a bilingual summary with linked highlights out."""

import os

__version__ = "0.1.0"

# Before anything loads numpy: its products are small here, and OpenBLAS's threads wait for each other on the cores that
# translate (a summary takes 131 instead of 221 ms of processor time, docs/speed.md).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
