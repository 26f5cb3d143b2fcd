// Runs precompile.py in the very Python that the reader's browser will run, which makes its bytecode the right one.
//
// usage: node precompile.mjs PYODIDE FROM TO
//   PYODIDE  the folder of Pyodide's own files
//   FROM     the folder of the wheels as they came; TO: the folder for the compiled ones and the standard library

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, from, to] = process.argv.slice(2).map((folder) => resolve(folder));
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const python = await loadPyodide({
  indexURL: pyodide,
  env: {
    PYTHONHASHSEED: "0", // the same bytes every time
    PYTHONNODEBUGRANGES: "1", // columns of a source that is not there: a fifth of the bytes
    PYTHONWARNINGS: "ignore::SyntaxWarning", // the libraries' own affair
  },
});
python.mountNodeFS("/pyodide", pyodide);
python.mountNodeFS("/from", from);
python.mountNodeFS("/to", to);
try {
  python.runPython(readFileSync(new URL("precompile.py", import.meta.url), "utf8"));
} catch (error) {
  console.error(error.message); // Node would show the line that threw it: a million characters
  process.exitCode = 1;
}
