// The search page: what the reader sought, in the order in which it is likely to help.

const LENGTH = 180; // letters of text under a result
const MOST = 30;

const index = new MiniSearch({
  fields: ["title", "index", "text", "page", "code"],
  storeFields: ["chapter"],
  searchOptions: {
    boost: { title: 6, index: 6, text: 2, page: 1.5, code: 0.3 },
    boostDocument: (id, word, { chapter }) =>
      chapter || id.startsWith("glossary") ? 1.5 : 1,
    prefix: (word) => word.length > 2,
    fuzzy: (word) => (word.length > 5 ? 0.2 : false),
    combineWith: "AND",
  },
});
const byId = new Map();

// The text around the first of the words that were found in it, these in <mark>.
function excerpt(text, found) {
  const escaped = found.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const words = new RegExp(
    `(?<![\\p{L}\\d])(${escaped.join("|")})(?![\\p{L}\\d])`,
    "iu",
  );
  const at = Math.max(0, text.search(words));
  const start = at < 60 ? 0 : text.indexOf(" ", at - 60) + 1;
  const end = Math.min(text.length, start + LENGTH);
  const line = document.createElement("p");
  line.className = "context";
  const shown =
    (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  for (const [i, part] of shown.split(new RegExp(words.source, "giu")).entries()) {
    line.append(
      i % 2
        ? Object.assign(document.createElement("mark"), { textContent: part })
        : part,
    );
  }
  return line;
}

function item({ id, terms }) {
  const { title, page, text } = byId.get(id);
  const link = Object.assign(document.createElement("a"), {
    href: id,
    textContent: title,
  });
  const entry = document.createElement("li");
  entry.append(link);
  if (page !== title)
    entry.append(
      Object.assign(document.createElement("span"), {
        className: "of",
        textContent: ` ${page}`,
      }),
    );
  if (text) entry.append(excerpt(text, terms));
  return entry;
}

// Called by search-data.js with all that can be found.
function searchIn(entries) {
  index.addAll(entries);
  for (const entry of entries) byId.set(entry.id, entry);
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const output = document.getElementById("search-results");
  document.querySelector(".bd-search-container input").value = query;
  if (!query) return;
  let found = index.search(query);
  if (!found.length) found = index.search(query, { combineWith: "OR", fuzzy: 0.34 });
  const list = document.createElement("ol");
  list.append(...found.slice(0, MOST).map(item));
  const count =
    found.length === 1 ? "1 place" : `${Math.min(found.length, MOST)} places`;
  const said = found.length
    ? `${count} for “${query}”.`
    : `Nothing was found for “${query}”.`;
  const line = Object.assign(document.createElement("p"), {
    textContent: said,
    tabIndex: -1,
  });
  output.append(line, list);
  line.focus(); // the results are next
  document.title = `${query} — ${document.title}`;
}
