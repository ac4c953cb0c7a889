"""The German and English words that the checks look for, as data: one module a check, made to be read and extended."""
