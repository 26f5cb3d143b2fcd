// How fast the pages come to a phone: Lighthouse, mobile, on the built site as a plain host serves it, compressed.
// `make lighthouse` measures every chapter, `make lighthouse PAGES="index ledger"` those pages. Three runs each; the one of
// median performance is printed, with what it is short of (BUDGET). Nothing else should keep the machine busy meanwhile.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [site, ...pages] = process.argv.slice(2);
const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TYPES = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".png": "image/png",
};
const COMPRESSED = new Set([".html", ".css", ".js", ".svg"]);
const BUDGET = {
  // name: [what it may be, of a run]
  performance: [(r) => r.scores[0] >= 95, "at least 95"],
  others: [(r) => r.scores.slice(1).every((score) => score === 100), "100 each"],
  paint: [(r) => r.paint < 2, "largest contentful paint under 2 s"],
  shift: [(r) => r.shift < 0.02, "layout shift under 0.02"],
  kB: [(r) => r.kB <= 400, "at most 400 kB before figures"],
};

const server = createServer(async (request, response) => {
  const path = join(
    site,
    decodeURIComponent(new URL(request.url, "http://host").pathname),
  );
  const type = extname(path);
  try {
    const body = await readFile(path);
    const headers = {
      "Content-Type": TYPES[type] ?? "application/octet-stream",
      "Cache-Control": "max-age=600",
    };
    if (COMPRESSED.has(type)) headers["Content-Encoding"] = "gzip";
    response.writeHead(200, headers).end(COMPRESSED.has(type) ? gzipSync(body) : body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));

async function measured(page) {
  const chrome = await launch({
    chromeFlags: [
      "--headless",
      "--no-sandbox",
      "--disable-background-networking",
      "--no-first-run",
    ],
  });
  const url = `http://127.0.0.1:${server.address().port}/${page}.html`;
  const { lhr } = await lighthouse(url, {
    port: chrome.port,
    onlyCategories: CATEGORIES,
    logLevel: "error",
  });
  await chrome.kill();
  const requests = lhr.audits["network-requests"].details.items;
  return {
    scores: CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100)),
    paint: lhr.audits["largest-contentful-paint"].numericValue / 1000,
    shift: lhr.audits["cumulative-layout-shift"].numericValue,
    kB:
      requests
        .filter((r) => r.resourceType !== "Image")
        .reduce((sum, r) => sum + r.transferSize, 0) / 1000,
    missing: Object.values(lhr.audits)
      .filter((a) => a.score === 0 && a.scoreDisplayMode === "binary")
      .map((a) => a.id),
  };
}

console.log("page".padEnd(24), "scores".padEnd(16), "paint   shift  kB before figures");
for (const page of pages) {
  const runs = [];
  for (let k = 0; k < RUNS; k++) runs.push(await measured(page));
  const run = runs.sort((a, b) => a.scores[0] - b.scores[0] || b.paint - a.paint)[
    (RUNS - 1) / 2
  ];
  const over = Object.values(BUDGET)
    .filter(([kept]) => !kept(run))
    .map(([, words]) => words);
  const numbers = [
    `${run.paint.toFixed(2)} s`,
    run.shift.toFixed(3),
    run.kB.toFixed(0),
  ].join("  ");
  console.log(
    page.padEnd(24),
    run.scores.join("/").padEnd(16),
    numbers,
    over.length ? `  NOT: ${over.join(", ")} (${run.missing})` : "",
  );
}
server.close();
