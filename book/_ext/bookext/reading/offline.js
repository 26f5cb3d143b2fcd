// Keeps what is read, for reading without the network. Only where a service worker is allowed: over https, or on this machine.
{
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const CACHE = "shallow-networks";
  const isOurs = (url) => url.startsWith(root.href);

  // The page that hires the worker came before it: this keeps that page too, from the browser's own cache.
  async function keepThisPage() {
    const cache = await caches.open(CACHE);
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    for (const address of [location.href, ...loaded].filter(isOurs)) {
      const { origin, pathname } = new URL(address);
      const key = origin + pathname + (pathname.endsWith("/") ? "index.html" : "");
      if (await cache.match(key)) continue;
      const response = await fetch(address, { cache: "force-cache" });
      if (response.ok) await cache.put(key, response);
    }
  }

  async function keepBook(place) {
    const [button, meter, count, said] = [
      "button",
      "progress",
      ".keep-count",
      "[role=status]",
    ].map((part) => place.querySelector(part));
    button.disabled = true;
    said.textContent = "The book is on its way";
    try {
      const sizes = await (await fetch(new URL("_static/offline.json", root))).json();
      const cache = await caches.open(CACHE);
      const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
      let done = 0;
      meter.hidden = false;
      meter.max = total;
      for (const [name, size] of Object.entries(sizes)) {
        const address = new URL(name, root);
        const isThere =
          /_static\/(live|pyodide)\//.test(name) && (await cache.match(address));
        if (!isThere) {
          const response = await fetch(address);
          if (!response.ok)
            throw new Error(`the server answered ${response.status} for ${name}`);
          await cache.put(address, response);
        }
        done += size;
        meter.value = done;
        count.textContent = `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
      }
      // What a former build had, and this one has not, goes.
      for (const { url } of await cache.keys()) {
        if (isOurs(url) && !(decodeURI(url.slice(root.href.length)) in sizes))
          await cache.delete(url);
      }
      said.textContent = `The whole book is kept, ${(total / 1e6).toFixed(1)} MB: it opens here without the network.`;
    } catch (error) {
      said.textContent =
        error.name === "QuotaExceededError"
          ? "The browser has no room for the whole book."
          : `The book did not arrive whole: ${error.message}. What has arrived is kept; press again for the rest.`;
    } finally {
      meter.hidden = true;
      count.textContent = "";
      button.disabled = false;
    }
  }

  async function hire() {
    await navigator.serviceWorker.register(new URL("service-worker.js", root));
    await navigator.serviceWorker.ready;
    for (const place of document.querySelectorAll(".keep-book")) {
      const button = place.querySelector("button");
      button.disabled = false;
      button.addEventListener("click", () => keepBook(place));
    }
    // Of a page that is left meanwhile not all is kept; the next one is kept by the worker.
    await keepThisPage().catch((error) => console.info(`not kept: ${error.message}`));
  }

  const place = document.querySelector(".keep-book [role=status]");
  if (location.protocol === "file:") {
    if (place)
      place.textContent =
        "This book is read from a folder: it is here without a network already, though its cells do not run.";
  } else if (!navigator.serviceWorker) {
    if (place)
      place.textContent =
        "This browser keeps no pages of this address: it does so over https only.";
  } else {
    // A browser that forbids storage refuses here, and everything else works as before.
    hire().catch((error) => {
      if (place)
        place.textContent = `This browser does not let the book be kept: ${error.message}`;
    });
  }
}
