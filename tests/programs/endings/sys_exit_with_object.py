import sys


class Verdict:
    def __init__(self, passed, failed):
        self.passed, self.failed = passed, failed

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed"

    def __repr__(self):
        return "Verdict(...)"


checks = [lambda: 1 + 1 == 2, lambda: "a" < "B", lambda: not [], lambda: 0.1 * 3 == 0.3]
results = [check() for check in checks]
print("".join(".F"[not r] for r in results))
sys.exit((Verdict(results.count(True), results.count(False)), ["details", None])[0])
