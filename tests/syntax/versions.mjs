// A Python that Pyodide has built, used like python3: versions.mjs PACKAGE --version, or with a
// script that reads stdin and prints.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, script] = process.argv.slice(2);
const module = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const python = await module.loadPyodide({ indexURL: folder + "/" });
let answer;
if (script === "--version") {
  answer = "Python " + python.runPython("import sys; '%d.%d.%d' % sys.version_info[:3]") + "\n";
} else {
  python.FS.writeFile("/tmp/in", fs.readFileSync(0));
  python.FS.writeFile("/tmp/script.py", fs.readFileSync(script));
  python.runPython("import runpy; names = runpy.run_path('/tmp/script.py', run_name='script')");
  python.runPython("with open('/tmp/in', 'rb') as i, open('/tmp/out', 'wb') as o: names['judge'](i, o)");
  answer = Buffer.from(python.FS.readFile("/tmp/out"));
}
process.stdout.write(answer, () => process.exit(0));
