"""From a prompt to a program: what can write one, what it is told, and what is made of its answer.

It knows no HTTP of ours. A model is whatever fulfils `model.py`; `pydantic_ai_model.py` alone knows the library that
talks to real ones. Code from a model is data from a stranger: it is never compiled or run here.
"""
