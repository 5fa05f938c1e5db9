// Starts Python for the browser here, and says what of it can be imported: facts, not a list that somebody keeps.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { loadPyodide } from "pyodide";

process.on("uncaughtException", (error) => {
  // What Node prints of it holds the line that failed, and that line is all of Pyodide.
  console.error(error.message);
  process.exit(1);
});

const { place, archives, modules } = JSON.parse(await text(process.stdin));
const pyodide = await loadPyodide({ indexURL: place });
const site = pyodide.runPython("import site; site.getsitepackages()[0]");
for (const archive of archives)
  pyodide.unpackArchive(Uint8Array.from(await readFile(place + archive)), "zip", { extractDir: site });
pyodide.globals.set("wanted", pyodide.toPy(modules));
console.log(
  pyodide.runPython(`
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
# To import these does something, or they are only of use to those who build Python.
skipped = {"antigravity", "this", "idlelib", "lib2to3", "turtledemo", "test"}
def works(name):
    try:
        importlib.import_module(name)
        return True
    except Exception:  # some refuse in words of their own
        return False
for name in wanted:
    importlib.import_module(name)
standard = sorted(name for name in sys.stdlib_module_names if name in {"this"} or name not in skipped and works(name))
json.dumps({"python": sys.version.split()[0], "modules": standard})
`),
);
