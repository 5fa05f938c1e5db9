import sys


class HttpError(Exception):
    reasons = {404: "Not Found", 418: "I'm a teapot"}

    def __init__(self, status, url):
        self.status, self.url = status, url
        super().__init__(status, url)

    def __str__(self):
        return f"{self.status} {self.reasons.get(self.status, 'Unknown')} for {self.url}"


class Teapot(HttpError):
    def __init__(self, url):
        super().__init__(418, url)


def get(path):
    if path == "/coffee":
        raise Teapot(path)
    return f"<html>{path}</html>"


for path in ("/tea", "/coffee", "/never"):
    sys.stdout.write(get(path) + "\n")
