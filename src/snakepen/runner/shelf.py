"""Modules imported ahead of time, kept out of `sys.modules` until the program imports them.

A warm interpreter imports its modules while a `Recording` runs, puts them away and starts the program, which finds
`sys.modules` as in a cold one. An import then goes its usual way: the finders are asked, and what they find decides. If
it is what lies on the shelf, the ready module is handed over, once, with all that importing it would have brought.
Everything else is loaded as ever: a file of the program's with that name, a module that was handed over before, and a
module that would import, at any depth, something that is no longer what it was.

Packages with extension modules are handed over even then, because few of those can be initialised twice in one process:
numpy works where a `datetime.py` of the program's would have broken it. A program that has a file with one of the names
that `tops` gives is therefore better started cold.

This has to be the first module that a zygote imports: what was loaded before the recording is handed over too, but
brings nothing along. It therefore imports nothing that a bare interpreter has not loaded.

What else stays different from a cold interpreter:

- Executing a module has effects outside of `sys.modules`, and those are there from the start: warnings that were given,
  and are not given again; filters, callbacks, codecs and subclasses that were registered; what modules set in each
  other, or in themselves when a function was called. Only finders that they add to `sys.meta_path` are put away too.
- What is imported by the first call of a function, or made by hand by whoever needs it first, belongs to the first.
- Finders that the program adds, and audit hooks, see the import that it makes, and not each of those below it.
"""

from __future__ import annotations

import _frozen_importlib
import _thread
import builtins
import os
import sys
from _frozen_importlib_external import ExtensionFileLoader, NamespaceLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _frozen_importlib import ModuleSpec
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from types import ModuleType
    from typing import Any, Final

# The import system, as far as it is written in Python. What is used of it here is the same from 3.11 to 3.13.
_importlib: Any = _frozen_importlib
_MISSING: Final = object()


class Recording:
    """While it is entered: what the execution of each module imported.

    An import counts for the module that is being executed in that thread, whoever wrote the statement: a function that
    is called meanwhile may be another module's.
    """

    def __init__(self) -> None:
        self.specs: dict[str, Any] = {}
        self.imported: dict[str, dict[str, None]] = {}
        self.not_found: dict[str, dict[str, None]] = {}
        self.finders: dict[str, list[tuple[int, Any]]] = {}
        self.covered: dict[str, Any] = {}  # what an attribute of a package was before a submodule took its name
        self._executing: dict[int, list[str]] = {}
        self._known_modules: set[str] = set()
        self._known_finders: list[Any] = []
        self._marked: list[Any] = []

    def __enter__(self) -> None:
        self._claim()
        for module in sys.modules.values():
            self._mark(module)
        self._originals = builtins.__import__, _importlib._load_unlocked, _importlib._lock_unlock_module
        builtins.__import__ = self._import
        _importlib._load_unlocked, _importlib._lock_unlock_module = self._load, self._wait

    def __exit__(self, *exception: object) -> None:
        builtins.__import__, _importlib._load_unlocked, _importlib._lock_unlock_module = self._originals
        while self._marked:
            self._marked.pop()._initializing = False

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        try:
            module: ModuleType = self._originals[0](name, globals, locals, fromlist or (), level)
        except ModuleNotFoundError as error:
            if error.name:
                self._note(self.not_found, error.name)
            raise
        if level:
            name = _importlib._resolve_name(name, _importlib._calc___package__(globals), level)
        self._note(self.imported, name)
        package = _namespace(sys.modules.get(name))
        for child in package.get("__all__", ()) if "*" in (fromlist or ()) else fromlist or ():
            if package.get(child, _MISSING) is sys.modules.get(f"{name}.{child}"):
                self._note(self.imported, f"{name}.{child}")
        return module

    def _load(self, spec: ModuleSpec) -> object:
        name = spec.name
        self._note(self.imported, name)
        self._claim()
        self._known_modules.add(name)
        self.specs[name] = spec
        parent, _, child = name.rpartition(".")
        if child in (package := _namespace(sys.modules.get(parent))):
            self.covered[name] = package[child]
        executing = self._executing.setdefault(_thread.get_ident(), [])
        executing.append(name)
        try:
            module: object = self._originals[1](spec)
        finally:
            self._claim()
            executing.pop()
        self._mark(module)
        return module

    def _wait(self, name: str) -> None:
        self._note(self.imported, name)
        self._originals[2](name)

    def _mark(self, module: object) -> None:
        """Have the import system call `_wait` whenever this module is imported again.

        It does so for what is still being initialised. `importlib.import_module` and compiled modules do not go through
        `__import__`; this is the only place where all of their imports are seen.
        """
        spec = _namespace(module).get("__spec__")
        if isinstance(spec, _importlib.ModuleSpec) and not getattr(spec, "_initializing", False):
            spec._initializing = True
            self._marked.append(spec)

    def _claim(self) -> None:
        """What appeared without an import was put there by the module that is being executed."""
        for name in [name for name in sys.modules if name not in self._known_modules]:
            self._known_modules.add(name)
            self._note(self.imported, name)
        for index, finder in enumerate(sys.meta_path):
            if not any(finder is known for known in self._known_finders):
                self._known_finders.append(finder)
                if executing := self._executing.get(_thread.get_ident()):
                    self.finders.setdefault(executing[-1], []).append((index, finder))

    def _note(self, book: dict[str, dict[str, None]], name: str) -> None:
        if executing := self._executing.get(_thread.get_ident()):
            book.setdefault(executing[-1], {})[name] = None


class Shelf:
    """What was put away, and what of it was handed over. One in a process: recorded, filled, and then installed."""

    def __init__(self) -> None:
        self._recording = Recording()
        self._modules: dict[str, object] = {}
        self._specs: dict[str, ModuleSpec | None] = {}
        self._compiled: set[str] = set()  # the packages with modules that cannot be initialised twice
        self._aliases: dict[str, str] = {}  # second names of modules that were kept
        self._imports: dict[str, tuple[str, ...]] = {}
        self._not_found: dict[str, tuple[str, ...]] = {}
        self._packages: dict[str, dict[str, object]] = {}  # by submodule: where its attribute was taken from
        self._out: set[str] = set()
        self._foreseen: dict[str, _Foreseen] = {}
        self._finding: tuple[list[object], ...] = ()

    def recording(self) -> Recording:
        return self._recording

    def put_away(self, keep: Container[str]) -> None:
        """Take every module that is not in `keep` out of `sys.modules`, and out of the package that it belongs to."""
        record = self._recording
        kept = {id(module): name for name, module in sys.modules.items() if name in keep}
        self._modules = {name: module for name, module in sys.modules.items() if name not in keep}
        for name, module in self._modules.items():
            self._specs[name] = record.specs.get(name) or _namespace(module).get("__spec__")
            spec = self._specs[name]
            if spec and spec.name == name and _kind(spec) in (ExtensionFileLoader, _frozen_importlib.BuiltinImporter):
                self._compiled.add(_top(name))
            if id(module) in kept:
                self._aliases[name] = kept[id(module)]
            parent, _, child = name.rpartition(".")
            package = _namespace(sys.modules.get(parent))
            if package.get(child, _MISSING) is module:
                self._packages[name] = package
                del package[child]
                if name in record.covered:
                    package[child] = record.covered[name]
        for name in self._modules:
            del sys.modules[name]
        for name, steps in record.imported.items():
            lineages = dict.fromkeys(part for step in steps for part in _lineage(step))
            self._imports[name] = tuple(part for part in lineages if part not in keep and part != name)
        for name, steps in record.not_found.items():
            tops = dict.fromkeys(_top(step) for step in steps)
            self._not_found[name] = tuple(top for top in tops if top not in self._modules and top not in keep)
        added = [finder for finders in record.finders.values() for _, finder in finders]
        sys.meta_path[:] = [finder for finder in sys.meta_path if not any(finder is one for one in added)]

    def foresee(self, names: Iterable[str]) -> None:
        """Find out now what each of these would bring, to know it at once when a program imports it.

        What can change it is the program's own folder, the first of `sys.path`, and what the program makes of the
        import system: these are looked at then. All other folders are read-only.
        """
        for name in names:
            order = self._closure(name)
            if order is not None:
                in_vain = {top for one in order for top in self._not_found.get(one, ())}
                self._foreseen[name] = _Foreseen(order, in_vain.union(map(_top, order)))

    def install(self) -> None:
        """From now on imports look on the shelf. `sys.path` is what programs find.

        `_load_unlocked` loads what an import has found, and nothing else calls it. It is replaced by itself with one
        name of its globals exchanged, so that finders, specs, loaders, `importlib.util` and stacks stay as they are.
        """
        self._finding = _finding()
        load, create = _importlib._load_unlocked, _importlib.module_from_spec

        def module_from_spec(spec: ModuleSpec) -> object:
            module = self._hand_over(spec)
            return create(spec) if module is _MISSING else module

        # Python leaves its own frames out of tracebacks, and knows them by this name.
        module_from_spec.__code__ = module_from_spec.__code__.replace(co_filename=create.__code__.co_filename)
        exchanged = {**load.__globals__, "module_from_spec": module_from_spec}
        _importlib._load_unlocked = type(load)(load.__code__, exchanged, load.__name__)

    def __contains__(self, name: object) -> bool:
        """Whether a module of that name was put away, and perhaps handed over since."""
        return name in self._modules

    def tops(self) -> frozenset[str]:
        """The top-level names that decide what can be handed over: those on the shelf, and those looked for in vain."""
        in_vain = {top for tops in self._not_found.values() for top in tops}
        return frozenset(map(_top, self._modules)) | in_vain

    def _hand_over(self, spec: ModuleSpec) -> object:
        name = spec.name
        if name not in self._modules or not _same(spec, self._specs[name]):
            return _MISSING
        if name not in self._out:
            closure = self._foreseen_closure(name) or self._closure(name)
            if closure is None and _top(name) in self._compiled:
                closure = self._closure(name, whole=False)
            if closure is None:
                return _MISSING
            self._bring(closure)
        elif sys.modules.get(name, _MISSING) is not self._module(name):
            return _MISSING
        # In the last case another thread has brought it since this one saw that it was not there.
        loader: Any = _Ready(spec)
        spec.loader = loader
        return self._module(name)

    def _module(self, name: str) -> object:
        module = self._modules.get(name, _MISSING)
        return sys.modules.get(self._aliases[name], module) if name in self._aliases else module

    def _foreseen_closure(self, name: str) -> list[str] | None:
        """None when it was not foreseen, or something has changed since."""
        foreseen = self._foreseen.get(name)
        if foreseen is None or self._finding != _finding():
            return None
        if not all(name in sys.modules for name in foreseen.names & self._out):  # the program has removed it since
            return None
        for present in foreseen.names & sys.modules.keys():
            if sys.modules[present] is not self._module(present):
                return None
        try:
            entries = os.listdir(sys.path[0])
        except OSError:
            return None
        return None if any(_top(entry) in foreseen.tops for entry in entries) else foreseen.order

    def _closure(self, name: str, *, whole: bool = True) -> list[str] | None:
        """What importing it would load, dependencies first; None if any of that is not what is on the shelf.

        If it need not be whole, the rest of it is left out.
        """
        order: list[str] = []
        seen = {name}
        path = [(name, iter(self._imports.get(name, ())))]
        while path:
            current, steps = path[-1]
            for step in steps:
                if step in seen:
                    continue
                seen.add(step)
                out = step in self._out
                if out and step not in sys.modules:
                    _importlib._lock_unlock_module(step)  # another thread may be about to put it there
                present = sys.modules.get(step, _MISSING)
                if present is _MISSING and not out and self._is_the_same(step):
                    path.append((step, iter(self._imports.get(step, ()))))
                    break
                if whole and (present is _MISSING or present is not self._module(step)):
                    return None
            else:
                order.append(current)
                path.pop()
        in_vain = {top for one in order for top in self._not_found.get(one, ())} if whole else ()
        found = (sys.modules[top] if top in sys.modules else _find(top) for top in in_vain)
        return order if all(one is None for one in found) else None

    def _is_the_same(self, name: str) -> bool:
        # Below the top the package decides; and of what was made by hand, or failed, nothing can be found.
        spec = self._specs.get(name)
        return "." in name or spec is None or spec.name != name or _same(_find(name), spec)

    def _bring(self, names: list[str]) -> None:
        # The last one, which was asked for, is left to the import system. Threads may bring the same modules at one
        # time: each step can be repeated, and a module is seen only after its package has it.
        for name in names[:-1]:
            if name in self._packages:
                self._packages[name][name.rpartition(".")[2]] = self._module(name)
        for name in names[:-1]:
            if name in self._modules:
                sys.modules.setdefault(name, self._module(name))  # type: ignore[arg-type]  # whatever it put there
        for name in names:
            for index, finder in self._recording.finders.pop(name, ()):
                sys.meta_path.insert(index, finder)
        self._out.update(self._modules.keys() & names)


class _Foreseen:
    """What importing a module brings, dependencies first, and the names that could get in the way."""

    def __init__(self, order: list[str], tops: set[str]) -> None:
        self.order = order
        self.names = frozenset(order)
        self.tops = tops


class _Ready:
    """The loader for one import of a module that needs no executing."""

    def __init__(self, spec: ModuleSpec) -> None:
        self._spec = spec
        self._loader = spec.loader

    def exec_module(self, module: object) -> None:
        self._spec.loader = self._loader


def _same(found: ModuleSpec | None, wanted: ModuleSpec | None) -> bool:
    return (
        found is not None
        and wanted is not None
        and (found.name, found.origin, _kind(found)) == (wanted.name, wanted.origin, _kind(wanted))
        # A namespace package is where its parts are; others may have added to their path.
        and (found.origin is not None or _places(found) == _places(wanted))
    )


def _places(spec: ModuleSpec) -> list[str]:
    return list(spec.submodule_search_locations or ())


def _kind(spec: ModuleSpec) -> object:
    if spec.loader is None:
        return NamespaceLoader  # made when the package is loaded
    return spec.loader if isinstance(spec.loader, type) else type(spec.loader)


def _finding() -> tuple[list[object], ...]:
    """Everything that decides what is found, but for the folders themselves."""
    return list(sys.path), list(sys.meta_path), list(sys.path_hooks)


def _find(name: str) -> ModuleSpec | None:
    try:
        spec: ModuleSpec | None = _importlib._find_spec(name, None)
    except ImportError:  # a finder of the program's may refuse
        return None
    return spec


def _top(name: str) -> str:
    return name.partition(".")[0]


def _lineage(name: str) -> Iterator[str]:
    """What has to be imported for `a.b.c`: `a`, `a.b`, and itself."""
    parts = name.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))


def _namespace(module: object) -> dict[str, Any]:
    """The attributes of a module, without those that looking for them would make it load."""
    try:
        found = object.__getattribute__(module, "__dict__")
    except AttributeError:
        return {}
    return found if isinstance(found, dict) else {}
