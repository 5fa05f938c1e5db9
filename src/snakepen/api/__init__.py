"""HTTP: translation between the wire and the seam, and nothing else.

`app.py` builds everything; `guard.py` and `body.py` refuse before any work is done; `execute.py` is one request.
"""
