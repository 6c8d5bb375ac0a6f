"""Hypothesis takes a few examples, the same ones every time; `pytest --hypothesis-profile=search` takes many others."""

from hypothesis import settings

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=50, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("suite")
