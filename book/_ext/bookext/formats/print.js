// What print.py does to the one page before it is printed.

// A part's chapters stand in a wrapper each; their names are in the site's table of contents.
function partTitles() {
  const names = [...document.querySelectorAll(".bd-sidebar-primary p.caption")].map(
    (p) => p.textContent,
  );
  const wrappers = [...document.querySelectorAll(".toctree-wrapper")];
  if (names.length !== wrappers.length)
    throw new Error(`${names.length} names for ${wrappers.length} parts`);
  wrappers.forEach((wrapper, i) => {
    const title = Object.assign(document.createElement("p"), {
      className: "part-title",
      textContent: names[i],
    });
    wrapper.prepend(title);
  });
  return wrappers;
}

// The words of a heading, without its mark.
const wordsOf = (heading) =>
  [...heading.childNodes]
    .filter((n) => !n.matches?.(".headerlink"))
    .map((n) => n.textContent)
    .join("");

// Room for a page number, as wide as it will be.
const roomForNumber = () =>
  Object.assign(document.createElement("span"), {
    className: "page",
    textContent: "000",
  });

function entry(section, heading) {
  const link = Object.assign(document.createElement("a"), { href: `#${section.id}` });
  const words = Object.assign(document.createElement("span"), {
    textContent: wordsOf(heading),
  });
  link.append(words, roomForNumber());
  const item = document.createElement("li");
  item.append(link);
  return item;
}

// The table of contents: parts, chapters, sections.
function contents(wrappers) {
  const made = Object.assign(document.createElement("div"), { className: "contents" });
  made.append(Object.assign(document.createElement("h2"), { textContent: "Contents" }));
  for (const wrapper of wrappers) {
    made.append(
      Object.assign(document.createElement("p"), {
        className: "part",
        textContent: wrapper.firstChild.textContent,
      }),
    );
    const list = document.createElement("ol");
    for (const chapter of wrapper.querySelectorAll(":scope > section")) {
      const item = entry(chapter, chapter.querySelector("h2"));
      const sections = [...chapter.querySelectorAll(":scope > section")].filter(
        (s) =>
          s.querySelector(":scope > h3 > .section-number") &&
          !/-(exercises|summary)$/.test(s.id),
      );
      if (sections.length) {
        const inner = document.createElement("ol");
        inner.append(...sections.map((s) => entry(s, s.querySelector("h3"))));
        item.append(inner);
      }
      list.append(item);
    }
    made.append(list);
  }
  wrappers[0].before(made);
}

// What is wider than the page is drawn smaller.
function fit() {
  for (const block of document.querySelectorAll(".bd-article .katex-scroll")) {
    const inner = block.querySelector(".katex-display > .katex > .katex-html");
    const width = [...inner.children].reduce(
      (sum, e) => sum + e.getBoundingClientRect().width,
      0,
    );
    if (width > block.clientWidth)
      block.style.fontSize = `${(0.97 * block.clientWidth) / width}em`;
  }
  for (const table of document.querySelectorAll(".bd-article table.table")) {
    const room = table.parentElement.clientWidth;
    if (table.scrollWidth > room) table.style.zoom = room / table.scrollWidth;
  }
}

// The place of a page is on the sheet where it begins, not at the foot of the one before.
function movePlaces() {
  for (const place of document.querySelectorAll(".toctree-wrapper > span[id]"))
    place.nextElementSibling.prepend(place);
}

function prepare(index) {
  const width = ((176 - 40) / 25.4) * 96;
  document.body.style.width = `${width}px`; // of the printed text, so that widths can be measured
  movePlaces();
  contents(partTitles());
  for (const image of document.images) image.loading = "eager";
  document.getElementById("index").insertAdjacentHTML("beforeend", index);
  for (const link of document.querySelectorAll(".book-index a"))
    link.append(" ", roomForNumber());
  fit();
  document.body.style.width = "";
  return Promise.all(
    [...document.images]
      .filter((image) => image.checkVisibility())
      .map((image) => image.decode()),
  );
}

// Put page numbers into the contents and the index; what leads nowhere.
function numberPages(pages) {
  const missing = [];
  for (const link of document.querySelectorAll(".contents a, .book-index a")) {
    const page =
      pages[link.hash.slice(1)] ?? pages[decodeURIComponent(link.hash.slice(1))];
    if (page === undefined) missing.push(link.hash);
    else link.querySelector(".page").textContent = page;
  }
  return missing;
}
