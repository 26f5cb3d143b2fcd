// What passes through here is kept, so that a book that was visited opens without the network.

const CACHE = "shallow-networks";
const FIXED = /\/_static\/(live|pyodide)\/[0-9a-f]+\//; // folders named by what is in them
const NOT_KEPT = /\.(pdf|epub|ipynb)$|\/service-worker\.js$/;

// A kept file goes by its place alone: a page is the same whatever was sought on it.
const keyOf = ({ origin, pathname }) => origin + pathname + (pathname.endsWith("/") ? "index.html" : "");

async function keep(url, response) {
  const cache = await caches.open(CACHE);
  const folder = url.pathname.match(FIXED);
  if (folder) {
    // A new build has new folders: what the old ones held goes.
    const isOld = ({ url }) => url.match(FIXED)?.[1] === folder[1] && !url.includes(folder[0]);
    for (const request of (await cache.keys()).filter(isOld)) await cache.delete(request);
  }
  await cache.put(keyOf(url), response);
}

// With these headers a page may share memory with its worker, so that a running cell can be stopped without losing variables.
// All else goes on as it came: of a changed response the browser would not keep the compiled WebAssembly.
function isolated(response, { destination }) {
  if (!["document", "worker"].includes(destination)) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function answer(event) {
  const url = new URL(event.request.url);
  const kept = async () => (await caches.open(CACHE)).match(keyOf(url));
  const isAnew = event.request.cache === "reload"; // what came before was damaged, and this may be too
  if (FIXED.test(url.pathname) && !isAnew) {
    const found = await kept();
    if (found) return isolated(found, event.request);
  }
  try {
    const response = await fetch(event.request);
    if (!response.ok) return response;
    // Where the browser has no more room, the page comes all the same; it is only not kept.
    if (!isAnew && !NOT_KEPT.test(url.pathname)) event.waitUntil(keep(url, response.clone()).catch((error) => console.info(`not kept: ${error.message}`)));
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
  if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(answer(event));
});
