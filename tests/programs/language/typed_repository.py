from __future__ import annotations

from typing import Generic, NamedTuple, Protocol, TypedDict, TypeVar, get_type_hints, runtime_checkable, overload

K = TypeVar("K")
V = TypeVar("V")

@runtime_checkable
class Priced(Protocol):
    def price(self) -> int: ...

class Address(TypedDict, total=False):
    street: str
    number: int

class Book(NamedTuple):
    title: str
    cents: int = 999

    def price(self) -> int:
        return self.cents

class Store(Generic[K, V]):
    def __init__(self) -> None:
        self._rows: dict[K, V] = {}

    def put(self, key: K, value: V) -> Store[K, V]:
        self._rows[key] = value
        return self

    def total(self) -> int:
        return sum(v.price() for v in self._rows.values() if isinstance(v, Priced))

store: Store[str, Book] = Store()
store.put("a", Book("Dune")).put("b", Book("Emma", 450)).put("c", "not a book")
print(store.total(), isinstance(Book("x"), Priced), isinstance("x", Priced))
print(Book("Dune")._asdict(), Book._field_defaults, Book("A")._replace(cents=1))
home: Address = {"street": "Elm", "number": "wrong type, nobody checks"}
print(home, Address.__total__, sorted(Address.__optional_keys__))
print(get_type_hints(Store.put), Store[str, int], store.put.__annotations__, sep="\n")
