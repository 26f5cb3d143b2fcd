// What passes through here is kept, so that a book that was visited opens without the network.

const CACHE = "shallow-networks";
const FIXED = /\/_static\/(live|pyodide)\/[0-9a-f]+\//; // folders named by what is in them
const NOT_KEPT = /\.(pdf|epub|ipynb)$|\/service-worker\.js$/;

// A kept file goes by its place alone: a page is the same whatever was sought on it.
const keyOf = ({ origin, pathname }) =>
  origin + pathname + (pathname.endsWith("/") ? "index.html" : "");

// The place of such a folder without its name, and with it.
const folderOf = (address) => {
  const found = address.match(FIXED);
  return (
    found && {
      kind: address.slice(0, found.index) + found[1],
      folder: address.slice(0, found.index) + found[0],
    }
  );
};

async function keep(url, response) {
  const cache = await caches.open(CACHE);
  const here = folderOf(url.href);
  if (here && response.headers.get("Content-Type")?.startsWith("text/html")) return; // of a host that answers everything with a page
  await cache.put(keyOf(url), response);
  if (!here) return;
  // A new build has new folders. Pages kept before it still ask for the last ones; older ones go.
  const folders = new Set(
    (await cache.keys())
      .map(({ url }) => folderOf(url))
      .filter((other) => other?.kind === here.kind)
      .map(({ folder }) => folder),
  );
  const old = [...folders].filter((folder) => folder !== here.folder).slice(0, -1);
  for (const request of await cache.keys()) {
    if (old.some((folder) => request.url.startsWith(folder)))
      await cache.delete(request);
  }
}

// With these headers a page may share memory with its worker, so that a running cell can be stopped without losing variables.
// All else goes on as it came: of a changed response the browser would not keep the compiled WebAssembly.
function isolated(response, { destination }) {
  if (!["document", "worker"].includes(destination)) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}

async function answer(event) {
  const url = new URL(event.request.url);
  // Where the browser forbids its storage, the network is all there is.
  const kept = () =>
    caches.match(keyOf(url), { cacheName: CACHE }).catch(() => undefined);
  const isAnew = event.request.cache === "reload"; // the page looks whether it is whole
  if (FIXED.test(url.pathname) && !isAnew) {
    const found = await kept();
    if (found) return isolated(found, event.request);
  }
  try {
    const response = await fetch(event.request);
    if (!response.ok) return response;
    // Where the browser has no more room, the page comes all the same; it is only not kept.
    if (!isAnew && !NOT_KEPT.test(url.pathname))
      event.waitUntil(
        keep(url, response.clone()).catch((error) =>
          console.info(`not kept: ${error.message}`),
        ),
      );
    return isolated(response, event.request);
  } catch (error) {
    const found = await kept();
    if (found) return isolated(found, event.request);
    throw error;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === location.origin)
    event.respondWith(answer(event));
});
