from abc import ABC, abstractmethod
from collections.abc import MutableMapping, Sequence

class CaseInsensitive(MutableMapping):
    def __init__(self, *args, **kw):
        self._data = {}
        self.update(*args, **kw)

    def __getitem__(self, key): return self._data[key.lower()][1]
    def __setitem__(self, key, value): self._data[key.lower()] = (key, value)
    def __delitem__(self, key): del self._data[key.lower()]
    def __iter__(self): return (k for k, _ in self._data.values())
    def __len__(self): return len(self._data)

class Exporter(ABC):
    @property
    @abstractmethod
    def suffix(self): ...

    @abstractmethod
    def render(self, rows): ...

    def filename(self, stem):
        return f"{stem}.{self.suffix}"

class Csv(Exporter):
    suffix = "csv"

    def render(self, rows):
        return "\n".join(",".join(map(str, r)) for r in rows)

headers = CaseInsensitive({"Content-Type": "text/csv"}, ETag="abc")
headers["CONTENT-TYPE"] = "text/plain"
print(dict(headers), "etag" in headers, headers.pop("etag"), headers.get("nope", "?"))
print(Csv().filename("out"), Csv().render([(1, 2), ("x", None)]), isinstance((), Sequence))
print(sorted(Exporter.__abstractmethods__))
class Half(Exporter):
    suffix = "half"
Half()
