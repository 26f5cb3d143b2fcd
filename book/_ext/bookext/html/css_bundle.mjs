// The Node side of css_bundle.py: sheets, in order, become one on standard output, without what only people read. Those of
// others come first, and without the rules that no page and no script of the site uses; ours are kept as they are.

import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";

const { site, others, ours } = JSON.parse(readFileSync(0, "utf-8"));
const target = join(site, "_static");

function read(sheet) {
  const folder = dirname(join(site, sheet));
  const moved = (all, quote, address) =>
    /^(data|https?):|^#/.test(address)
      ? all
      : `url(${quote}${relative(target, join(folder, address))}${quote})`;
  return readFileSync(join(site, sheet), "utf-8").replace(
    /url\(\s*(["']?)([^"')]+)\1\s*\)/g,
    moved,
  );
}

// What rules can go by in a page: its tags, attributes, classes and ids, not its words.
const inPage = (html) =>
  [...html.matchAll(/<([a-z][\w-]*)|\s([a-z][\w-]*)="([^"]*)"/g)].flatMap(
    ([, tag, name, value]) => tag ?? [name, ...value.split(/\s+/)],
  );

const [{ css }] = await new PurgeCSS().purge({
  content: [join(site, "*.html"), join(target, "**/*.js")],
  extractors: [{ extractor: inPage, extensions: ["html"] }],
  css: [{ raw: others.map(read).join("\n") }],
  variables: true,
  // Parts of the theme that no page shows, though its script knows of them; some of it is not valid.
  blocklist: [
    /pst-(squeeze|expand-sidebar|sidebar-collapse|button-link)/,
    /dropdown|tooltip|progress|list-group|announcement|version-warning/,
  ],
});
// Icons are drawings in the pages, so the theme's icon fonts go.
const visitor = {
  Rule: {
    "font-face": ({ value }) =>
      value.properties.some(
        (p) => p.type === "font-family" && /^Font Awesome/.test(p.value),
      )
        ? []
        : undefined,
  },
};
const code = Buffer.from([css, ...ours.map(read)].join("\n"));
process.stdout.write(
  transform({ filename: "style.css", code, minify: true, visitor }).code,
);
