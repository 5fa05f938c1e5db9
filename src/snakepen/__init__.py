"""Describe a program, get Python, run it for real, in milliseconds, in a pen it cannot leave."""

__version__ = "0.1.0"
