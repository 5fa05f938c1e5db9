/** Completion after `import` and `from`: modules of the standard library that programs use, and the packages there are. */
import type { CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";

/** Not all of the standard library: a list to choose from helps when it holds what people look for. */
const STANDARD = (
  "abc argparse array ast asyncio base64 bisect calendar cmath collections concurrent.futures contextlib copy csv " +
  "ctypes dataclasses datetime decimal difflib dis doctest email enum fractions functools gc getpass glob graphlib gzip " +
  "hashlib heapq hmac html http.server importlib inspect io ipaddress itertools json keyword locale logging lzma math " +
  "multiprocessing numbers operator os os.path pathlib pickle platform pprint queue random re secrets select shlex " +
  "shutil signal socket sqlite3 statistics string struct subprocess sys sysconfig tempfile textwrap threading time " +
  "timeit tomllib traceback types typing unicodedata unittest urllib.parse urllib.request uuid venv warnings weakref " +
  "xml.etree.ElementTree zipfile zlib zoneinfo"
).split(" ");

const BEFORE_MODULE = /^\s*(?:from\s+|import\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*)([\w.]*)$/;

/** A source that offers modules; `packages` is asked each time, because the server tells them late. */
export function moduleCompletion(packages: () => readonly string[]): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const match = BEFORE_MODULE.exec(line.text.slice(0, context.pos - line.from));
    if (match === null) return null;
    const installed = packages().map((label) => ({ label, type: "namespace", detail: "package", boost: 1 }));
    const standard = STANDARD.map((label) => ({ label, type: "namespace" }));
    return {
      from: context.pos - (match[1] ?? "").length,
      options: [...installed, ...standard],
      validFor: /^[\w.]*$/,
    };
  };
}
