"""Presseschau: German article text in, a bilingual summary with linked highlights out."""

__version__ = "0.1.0"
