"""The stories of a request, one file each: summary.py first; they are the same stages, stopped at different doors."""
