"""Modules imported ahead of time, kept out of `sys.modules` until the program imports them.

A warm interpreter imports its modules while a `Recording` runs, puts them away and starts the program, which finds
`sys.modules` as in a cold one. An import then goes its usual way: the finders are asked, and what they find
decides. If it is what lies on the shelf, the ready module is handed over, once, with all that importing it would have
brought; everything else is loaded as ever: a file of the program's with that name, a module that was handed over
already, and whatever imports, anywhere below it, something that is no longer what it was. Only extension modules are
handed over even then, because few can be initialised twice in one process.

This module has to be the first that a zygote imports: what was loaded before the recording is handed over too, but
brings nothing else along. It therefore needs nothing that a bare interpreter has not loaded.

What stays different from a cold interpreter:

- Executing a module has effects outside of `sys.modules`, and those are there from the start: warnings that were given
  (and are not given again), filters, callbacks, registered codecs and subclasses, and attributes that one module set in
  another. Finders that a module adds to `sys.meta_path` are put away with it.
- Audit hooks, and finders that the program adds, see the import that the program makes, and no longer each of those
  below it.
- What a module imports only the first time that one of its functions is called belongs to whoever called it first.
- A codec that was used is known to the interpreter: using it again does not import its `encodings` module.
"""

from __future__ import annotations

import _frozen_importlib
import _thread
import builtins
import sys
from _frozen_importlib_external import ExtensionFileLoader, NamespaceLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from typing import Any, Final

# The import system itself, as far as it is written in Python. What is used of it here is there from 3.11 to 3.14.
_importlib: Any = _frozen_importlib
_MISSING: Final = object()


class Recording:
    """While it is entered: which imports the execution of each module made.

    An import counts for the module that was being executed in that thread, whoever wrote the statement: a function that
    is called meanwhile may be another module's.
    """

    def __init__(self) -> None:
        self.brought: dict[str, dict[str, None]] = {}
        self.not_found: dict[str, dict[str, None]] = {}
        self.finders: dict[str, list[tuple[int, Any]]] = {}
        self.specs: dict[str, Any] = {}
        self.covered: dict[str, Any] = {}  # what an attribute of a package was, before a submodule took its name
        self._executing: dict[int, list[str]] = {}
        self._known_modules: set[str] = set()
        self._known_finders: list[Any] = []
        self._marked: dict[int, Any] = {}

    def __enter__(self) -> None:
        self._known_modules.update(sys.modules)
        self._known_finders.extend(sys.meta_path)
        self._originals = (builtins.__import__, _importlib._load_unlocked, _importlib._lock_unlock_module)
        for module in sys.modules.values():
            self._mark(module)
        builtins.__import__ = self._import
        _importlib._load_unlocked = self._load
        _importlib._lock_unlock_module = self._wait

    def __exit__(self, *exception: object) -> None:
        builtins.__import__, _importlib._load_unlocked, _importlib._lock_unlock_module = self._originals
        for spec in self._marked.values():
            spec._initializing = False
        self._marked.clear()

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        try:
            module = self._originals[0](name, globals, locals, fromlist or (), level)
        except ModuleNotFoundError as error:
            if error.name:
                self._note(self.not_found, error.name)
            raise
        if level:
            name = _importlib._resolve_name(name, _importlib._calc___package__(globals), level)
        self._note(self.brought, name)
        package = _namespace(sys.modules.get(name))
        children = package.get("__all__", ()) if "*" in (fromlist or ()) else fromlist
        for child in children or ():
            submodule = sys.modules.get(f"{name}.{child}")
            if submodule is not None and submodule is package.get(child):
                self._note(self.brought, f"{name}.{child}")
        return module

    def _load(self, spec: Any) -> Any:
        name = spec.name
        self._note(self.brought, name)
        self._claim()
        self._known_modules.add(name)
        self.specs[name] = spec
        parent, _, child = name.rpartition(".")
        self.covered[name] = _namespace(sys.modules.get(parent)).get(child, _MISSING)
        executing = self._executing.setdefault(_thread.get_ident(), [])
        executing.append(name)
        try:
            module = self._originals[1](spec)
        finally:
            self._claim()
            executing.pop()
        self._mark(module)
        return module

    def _wait(self, name: str) -> None:
        self._note(self.brought, name)
        self._originals[2](name)

    def _mark(self, module: Any) -> None:
        """Have the import system call `_wait` whenever this module is imported again.

        It does so for modules that are still being initialised. Compiled modules import without `__import__`, and this
        is the only place where they are seen.
        """
        spec = _namespace(module).get("__spec__")
        if isinstance(spec, _frozen_importlib.ModuleSpec) and not getattr(spec, "_initializing", False):
            spec._initializing = True  # type: ignore[attr-defined]  # private, and set by the import system itself
            self._marked[id(spec)] = spec

    def _claim(self) -> None:
        """What appeared without having been imported was put there by the module that is being executed."""
        for name in [name for name in sys.modules if name not in self._known_modules]:
            self._known_modules.add(name)
            self._note(self.brought, name)
        for index, finder in enumerate(sys.meta_path):
            if not any(finder is known for known in self._known_finders):
                self._known_finders.append(finder)
                if executing := self._executing.get(_thread.get_ident()):
                    self.finders.setdefault(executing[-1], []).append((index, finder))

    def _note(self, book: dict[str, dict[str, None]], name: str) -> None:
        if executing := self._executing.get(_thread.get_ident()):
            book.setdefault(executing[-1], {})[name] = None


class Shelf:
    """What was put away, and what of it was handed over. Made, filled and installed once in a process."""

    def __init__(self) -> None:
        self._recording = Recording()
        self._modules: dict[str, Any] = {}
        self._specs: dict[str, Any] = {}
        self._brings: dict[str, tuple[str, ...]] = {}
        self._not_found: dict[str, tuple[str, ...]] = {}
        self._packages: dict[str, dict[str, Any]] = {}  # by submodule: where its attribute was taken from
        self._out: set[str] = set()

    def recording(self) -> Recording:
        return self._recording

    def put_away(self, keep: Container[str]) -> None:
        """Take every module that is not in `keep` out of `sys.modules`, and out of the package that it belongs to."""
        record = self._recording
        self._modules = {name: module for name, module in sys.modules.items() if name not in keep}
        for name, module in self._modules.items():
            self._specs[name] = record.specs.get(name) or _namespace(module).get("__spec__")
            parent, _, child = name.rpartition(".")
            package = _namespace(sys.modules.get(parent))
            if package.get(child, _MISSING) is module:
                self._packages[name] = package
                if (covered := record.covered.get(name, _MISSING)) is _MISSING:
                    del package[child]
                else:
                    package[child] = covered
        for name in self._modules:
            del sys.modules[name]
        for name, steps in record.brought.items():
            lineages = dict.fromkeys(part for step in steps for part in _lineage(step))
            self._brings[name] = tuple(part for part in lineages if part not in keep and part != name)
        for name, steps in record.not_found.items():
            firsts = dict.fromkeys(step.partition(".")[0] for step in steps)
            self._not_found[name] = tuple(first for first in firsts if first not in self._modules and first not in keep)
        added = [finder for finders in record.finders.values() for _, finder in finders]
        sys.meta_path[:] = [finder for finder in sys.meta_path if not any(finder is one for one in added)]

    def install(self) -> None:
        """From now on imports look on the shelf.

        `_load_unlocked` is what imports a module after its spec was found, and nothing else calls it. It is replaced by
        itself with one name of its globals exchanged, so that finders, specs, loaders, `importlib.util` and the frames
        of a traceback stay as they are.
        """
        load, create = _importlib._load_unlocked, _importlib.module_from_spec

        def module_from_spec(spec: Any) -> Any:
            module = self._hand_over(spec)
            return create(spec) if module is _MISSING else module

        # Python leaves its own frames out of tracebacks, and knows them by the name of their file.
        module_from_spec.__code__ = module_from_spec.__code__.replace(co_filename=create.__code__.co_filename)
        exchanged = {**load.__globals__, "module_from_spec": module_from_spec}
        _importlib._load_unlocked = type(load)(load.__code__, exchanged, load.__name__)

    def tops(self) -> frozenset[str]:
        """The names that, given to a file of the program's, keep modules from being handed over."""
        wanted = {first for firsts in self._not_found.values() for first in firsts}
        return frozenset(name.partition(".")[0] for name in self._modules) | wanted

    def _hand_over(self, spec: Any) -> Any:
        name = spec.name
        module = self._modules.get(name, _MISSING)
        if module is _MISSING or not _same(spec, self._specs[name]):
            return _MISSING
        if name not in self._out:
            closure = self._closure(name)
            if closure is None:
                if (
                    spec.loader is not _frozen_importlib.BuiltinImporter
                    and type(spec.loader) is not ExtensionFileLoader
                ):
                    return _MISSING
                closure = [name]
            self._bring(closure, name)
        elif sys.modules.get(name, _MISSING) is not module:
            return _MISSING
        # Otherwise another thread has brought it since this one found that it was not there.
        spec.loader = _Ready(spec)
        return module

    def _closure(self, name: str) -> list[str] | None:
        """What importing `name` would load, dependencies first; None if any of it would not be what is on the shelf."""
        order: list[str] = []
        seen = {name}
        path = [(name, iter(self._brings.get(name, ())))]
        while path:
            current, steps = path[-1]
            for step in steps:
                if step in seen:
                    continue
                seen.add(step)
                present = sys.modules.get(step, _MISSING)
                if present is _MISSING and self._would_be_handed_over(step):
                    path.append((step, iter(self._brings.get(step, ()))))
                    break
                if present is _MISSING or present is not self._modules.get(step, _MISSING):
                    return None
            else:
                order.append(current)
                path.pop()
        # A module that was looked for in vain, and has a file now, would be loaded as well.
        wanted = {first for one in seen for first in self._not_found.get(one, ())}
        return None if any(first in sys.modules or _find(first) for first in wanted) else order

    def _would_be_handed_over(self, name: str) -> bool:
        if name in self._out:
            return False
        # Below the top the place is the package's; of what has no spec, and of what failed, nothing is to be found.
        wanted = self._specs.get(name)
        return "." in name or wanted is None or wanted.name != name or _same(_find(name), wanted)

    def _bring(self, names: list[str], last: str) -> None:
        # Threads may do this at the same time for the same modules: each step may be repeated, and a module is seen
        # by others only after its packages have it.
        for name in names:
            if name in self._packages and name != last:
                self._packages[name][name.rpartition(".")[2]] = self._modules[name]
        for name in names:
            for index, finder in self._recording.finders.pop(name, ()):
                sys.meta_path.insert(index, finder)
            if name in self._modules and name != last:
                sys.modules.setdefault(name, self._modules[name])
            self._out.add(name)


class _Ready:
    """The loader of one import, for a module that needs no executing."""

    def __init__(self, spec: Any) -> None:
        self._spec = spec
        self._loader = spec.loader

    def exec_module(self, module: object) -> None:
        self._spec.loader = self._loader


def _same(found: Any, wanted: Any) -> bool:
    """If two specs are of one module: its name, its place, the kind of its loader."""
    return (
        found is not None
        and wanted is not None
        and found.name == wanted.name
        and found.origin == wanted.origin
        and _kind(found) is _kind(wanted)
        and list(found.submodule_search_locations or ()) == list(wanted.submodule_search_locations or ())
    )


def _kind(spec: Any) -> object:
    if spec.loader is None:
        return NamespaceLoader  # its loader is made when it is loaded
    return spec.loader if isinstance(spec.loader, type) else type(spec.loader)


def _find(name: str) -> Any:
    try:
        return _importlib._find_spec(name, None)
    except ImportError:  # a finder of the program's may refuse
        return None


def _lineage(name: str) -> Iterator[str]:
    """`a.b.c` is imported after `a` and `a.b`."""
    at = name.find(".")
    while at >= 0:
        yield name[:at]
        at = name.find(".", at + 1)
    yield name


def _namespace(module: object) -> dict[str, Any]:
    """The attributes of a module, without those that only looking would make it load."""
    try:
        found = object.__getattribute__(module, "__dict__")
    except AttributeError:
        return {}
    return found if isinstance(found, dict) else {}
