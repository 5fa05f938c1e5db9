"""Runs on this machine: who may start, in which folder, as which process, and how it ended.

`plain.py` is the executor of isolation level `none`; read it first, top to bottom. The sandboxed one stands beside
it and shares admission, the output channel and the settling of verdicts.
"""
