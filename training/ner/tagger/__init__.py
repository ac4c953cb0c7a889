"""The German recogniser: the translation model's encoder, taught to tag names (its own steps; readers are shared)."""
