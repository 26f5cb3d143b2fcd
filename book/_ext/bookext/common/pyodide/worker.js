// The worker of a page, in which Python runs: one request at a time, answered with what it shows and how it ended.

const CACHE = "shallow-networks";
const REPORT_EVERY = 100; // ms between two words on what has arrived

const files = {}; // name: {url, size, sha256} of everything that Python may ask for
let kernel = null;
let pyodide = null;
let requestId = null;
let isControlled = false; // whether a service worker answers what is asked for

const say = (kind, values = {}) => self.postMessage({ kind, id: requestId, ...values });

// Files arrive through here: their bytes are counted, and checked before anything is made of them.

const arrived = { bytes: 0, expected: 0, said: 0 };
const expected = new Set();
let lastFault = null;
let fail = () => {}; // Pyodide's own start says nothing when its WebAssembly does not arrive

function expect(names) {
  for (const name of names) {
    if (expected.has(name) || !files[name]) continue;
    expected.add(name);
    arrived.expected += files[name].size;
  }
}

function report(isLast = false) {
  const now = performance.now();
  if (!isLast && now - arrived.said < REPORT_EVERY) return;
  arrived.said = now;
  say("progress", { bytes: arrived.bytes, expected: arrived.expected });
}

const plainFetch = self.fetch.bind(self);

async function ask(name, options) {
  const response = await plainFetch(files[name].url, options);
  if (!response.ok)
    throw new Error(`the server answered ${response.status} for ${name}`);
  return response;
}

async function bytesOf(response) {
  const parts = [];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    arrived.bytes += part.value.length;
    report();
  }
  return new Blob(parts);
}

// Browsers hash only where pages come over https, or from this very machine.
async function isWhole(blob, { size, sha256 }) {
  if (blob.size !== size) return false;
  if (!self.crypto.subtle) return true;
  const hash = new Uint8Array(
    await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()),
  );
  return (
    Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") === sha256
  );
}

// Once more, past every cache.
async function askAnew(name) {
  for (const cache of self.caches ? await caches.keys() : [])
    await (await caches.open(cache)).delete(files[name].url);
  return bytesOf(await ask(name, { cache: "reload" }));
}

// The whole file, or an error.
async function arrivedWhole(name, options) {
  let blob = await bytesOf(await ask(name, options));
  if (await isWhole(blob, files[name])) return blob;
  arrived.bytes -= blob.size;
  blob = await askAnew(name);
  if (await isWhole(blob, files[name])) return blob;
  throw new Error(
    `${name} arrived damaged: ${blob.size} of ${files[name].size} bytes, or other ones`,
  );
}

// Of WebAssembly the browser keeps what it compiles only where the service worker hands it out of its store. So there it goes
// before it is used; the service worker itself does not keep what is asked for with "reload".
async function fetchWebAssembly(name) {
  const { url } = files[name];
  const cache = await self.caches?.open(CACHE).catch(() => null); // null where the browser forbids its storage
  let blob = await (await cache?.match(url))?.blob();
  let isStored = Boolean(blob && (await isWhole(blob, files[name])));
  if (isStored) arrived.bytes += blob.size;
  else {
    blob = await arrivedWhole(name, cache && isControlled ? { cache: "reload" } : {});
    isStored = Boolean(
      await cache?.put(url, wasm(blob)).then(
        () => true,
        () => false,
      ),
    ); // false where there is no room
  }
  return isStored && isControlled ? ask(name) : wasm(blob);
}

const wasm = (blob) =>
  new Response(blob, { headers: { "Content-Type": "application/wasm" } });
const fetchChecked = async (name) =>
  name.endsWith(".wasm")
    ? fetchWebAssembly(name)
    : new Response(await arrivedWhole(name));

// A TypeError is all that a browser says of a connection.
const told = (name, error) =>
  error instanceof TypeError
    ? new Error(`${name} did not arrive: the connection broke off, or there is none`)
    : error;

self.fetch = async (input, options) => {
  const name = new URL(input.url ?? input, self.location).pathname.split("/").at(-1);
  if (!files[name]) return plainFetch(input, options);
  try {
    return await fetchChecked(name);
  } catch (error) {
    fail((lastFault = told(name, error)));
    throw lastFault;
  }
};

// Python and its packages.

let lock = null;

// The files of packages and of all that they need.
function withNeeds(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    withNeeds(lock.packages[name].depends, found);
  }
  return found;
}

async function load(names) {
  const wanted = [...withNeeds(names)].filter(
    (name) => !(lock.packages[name].name in pyodide.loadedPackages),
  );
  if (!wanted.length) return;
  expect(wanted.map((name) => lock.packages[name].file_name.split("/").at(-1)));
  await pyodide.loadPackage(wanted, {
    messageCallback: () => {},
    errorCallback: () => {},
    checkIntegrity: false,
  });
  const missing = wanted.filter(
    (name) => !(lock.packages[name].name in pyodide.loadedPackages),
  );
  if (missing.length)
    throw (
      lastFault ??
      new Error(`these packages could not be loaded: ${missing.join(", ")}`)
    );
  report(true);
}

async function json(url) {
  const response = await plainFetch(url);
  if (!response.ok)
    throw new Error(`the server answered ${response.status} for ${url}`);
  return response.json();
}

async function start({
  pyodideUrl,
  liveUrl,
  interrupt,
  codes,
  isControlled: byWorker,
}) {
  isControlled = byWorker;
  const module = import(`${pyodideUrl}pyodide.mjs`);
  const [own, manifest, sources] = await Promise.all([
    json(`${pyodideUrl}pyodide-lock.json`),
    json(`${pyodideUrl}manifest.json`),
    json(`${liveUrl}python.json`),
  ]);
  lock = own;
  for (const [name, file] of Object.entries(manifest))
    files[name] = { ...file, url: pyodideUrl + name };
  const { wheel } = sources;
  files[wheel.name] = { ...wheel, url: liveUrl + wheel.name };
  lock.packages.shallowlib = {
    name: "shallowlib",
    version: wheel.version,
    file_name: liveUrl + wheel.name,
    sha256: wheel.sha256,
    package_type: "package",
    install_dir: "site",
    imports: ["shallowlib"],
    depends: ["numpy"],
    unvendored_tests: false,
  };
  expect(["pyodide.asm.wasm", "python_stdlib.zip"]);
  report(true);
  const { loadPyodide } = await module;
  const broken = new Promise((_, reject) => (fail = reject));
  const loaded = loadPyodide({
    indexURL: pyodideUrl,
    packageBaseUrl: pyodideUrl,
    lockFileContents: JSON.stringify(lock),
    checkIntegrity: false,
    stdout: () => {},
    stderr: () => {},
  });
  pyodide = await Promise.race([loaded, broken]);
  fail = () => {};
  // A library's compiled parts are loaded when they are imported, not all at once beforehand. Pyodide has no public switch.
  const prepare = (code) => pyodide.runPython(code, { globals: pyodide.toPy({}) }); // no name of it is left for the reader
  prepare(
    "import pyodide._package_loader as p; p.should_load_dynlib; p.should_load_dynlib = lambda path: False",
  );
  for (const [name, text] of Object.entries(sources.files)) {
    const path = `/book/${name}`;
    pyodide.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    pyodide.FS.writeFile(path, text);
  }
  pyodide.FS.chdir("/book");
  prepare("import sys; sys.path.insert(0, '/book')");
  kernel = pyodide
    .pyimport("kernel")
    .Kernel(pyodide.toPy(sources.needs), (items) =>
      say("shown", { items: JSON.parse(items) }),
    );
  if (interrupt) pyodide.setInterruptBuffer(interrupt);
  await load(packagesFor(codes));
}

const packagesFor = (codes) =>
  codes.flatMap((code) => kernel.packages_for(code).toJs());

async function run({ code, name, module, isApart }) {
  await load(packagesFor([code, ...(module ? [`import ${module}`] : [])]));
  const ended = module
    ? await kernel.redefine(code, name, module)
    : await kernel.run(code, name, isApart);
  return { ended };
}

// A step of the playground: its settings and arrays are plain on this side.
async function play({ code, settings, steps, alpha }) {
  await load(packagesFor([code]));
  const picture = pyodide.pyimport("play").answer(pyodide.toPy(settings), steps, alpha);
  const answer = picture.toJs({ dict_converter: Object.fromEntries });
  picture.destroy();
  return answer;
}

const REQUESTS = { start, run, play, load: ({ codes }) => load(packagesFor(codes)) };

self.onmessage = async ({ data }) => {
  requestId = data.id;
  lastFault = null;
  try {
    say("done", await REQUESTS[data.kind](data));
  } catch (error) {
    const { message, type } = lastFault ?? error;
    say("failed", {
      message: message || (type ? `Python stopped with ${type}.` : String(error)),
    }); // Python's own may have no words
  }
};
