// The Node side of one_style.py: the style sheets named in the arguments, in order, become one on standard output,
// without the rules that no page and no script of the site uses, and without what only people read.
import { dirname, join, relative } from "node:path";
import { readFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";
import { transform } from "lightningcss";

const { site, sheets, scripts } = JSON.parse(readFileSync(0, "utf-8"));
const target = join(site, "_static");

const parts = sheets.map((sheet) => {
  const folder = dirname(join(site, sheet));
  const moved = (all, quote, address) =>
    /^(data|https?):|^#/.test(address) ? all : `url(${quote}${relative(target, join(folder, address))}${quote})`;
  return readFileSync(join(site, sheet), "utf-8").replace(/url\(\s*(["']?)([^"')]+)\1\s*\)/g, moved);
});

const [{ css }] = await new PurgeCSS().purge({
  content: [join(site, "*.html"), ...scripts.map((script) => join(site, script))],
  css: [{ raw: parts.join("\n") }],
});
// Icons are drawings in the pages, so the theme's icon fonts go.
const visitor = {
  Rule: {
    "font-face": ({ value }) =>
      value.properties.some((p) => p.type === "font-family" && /^Font Awesome/.test(p.value)) ? [] : undefined,
  },
};
process.stdout.write(transform({ filename: "style.css", code: Buffer.from(css), minify: true, visitor }).code);
