// What a cell shows, in the form of the printed page.

export const make = (tag, properties = {}) =>
  Object.assign(document.createElement(tag), properties);

let katex = null; // a promise, at the first formula

function formula(liveUrl, tex) {
  const isDisplay = /^\s*(\$\$|\\\[|\$\\displaystyle)/.test(tex);
  const bare = tex
    .trim()
    .replace(/^\$\$?|\$\$?$/g, "")
    .replace(/^\\\[|\\\]$/g, "");
  const scroll = make("div", {
    className: "katex-scroll",
    tabIndex: 0,
    role: "group",
    ariaLabel: "Formula",
    textContent: bare,
  });
  katex ??= import(`${liveUrl}katex.js`);
  katex.then(
    ({ render }) => (scroll.innerHTML = render(bare, isDisplay || !tex.includes("$"))),
    () => (katex = null), // the TeX stays
  );
  const block = make("div", { className: "output text_latex katex-block notranslate" });
  block.append(scroll);
  return block;
}

function textBlock(className, text, label) {
  const pre = make("pre", {
    textContent: text,
    tabIndex: 0,
    role: "group",
    ariaLabel: label,
  });
  const highlight = make("div", { className: "highlight" });
  const block = make("div", { className: `output ${className} notranslate` });
  highlight.append(pre);
  block.append(highlight);
  return block;
}

const addressOf = (svg) =>
  URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));

function pictures(data, alt) {
  const found = [];
  if (data["image/svg+xml"]) {
    const size = data["image/svg+xml"].match(
      /<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"/,
    );
    for (const [className, mime] of [
      ["figure-light", "image/svg+xml"],
      ["figure-dark", "image/svg+xml; dark"],
    ]) {
      const image = make("img", { className, alt, src: addressOf(data[mime]) });
      if (size)
        [image.width, image.height] = size
          .slice(1)
          .map((points) => Math.round((points * 4) / 3));
      found.push(image);
    }
  } else if (data["image/png"]) {
    found.push(make("img", { alt, src: `data:image/png;base64,${data["image/png"]}` }));
  }
  return found;
}

// The live output of one cell. What the build printed is kept, and comes back.
export class Output {
  #cell;
  #static;
  #live = null;
  #liveUrl;
  #pictures = 0;

  constructor(cell, liveUrl) {
    this.#cell = cell;
    this.#static = cell.querySelector(":scope > .cell_output");
    this.#liveUrl = liveUrl;
    this.figure = this.#static?.querySelector("figure") ?? null;
    this.still = this.figure ? [...this.figure.querySelectorAll(":scope > img")] : [];
  }

  // Called when the first thing arrives, or the cell has ended: until then the old output stays.
  #begin() {
    this.#clear();
    this.#pictures = 0;
    this.#live = make("div", {
      className: "cell_output docutils container live-output",
    });
    if (this.#static) {
      this.#static.after(this.#live);
      // A figure keeps its caption, its number and its place: only the picture is changed.
      for (const child of this.#static.children)
        if (!child.matches("figure, details")) child.hidden = true;
      this.#static.hidden = !this.figure;
    } else this.#cell.append(this.#live);
  }

  #clear() {
    const inFigure = [
      ...(this.figure?.querySelectorAll(":scope > img.live-picture") ?? []),
    ];
    for (const { src } of [...inFigure, ...(this.#live?.querySelectorAll("img") ?? [])])
      URL.revokeObjectURL(src);
    for (const image of inFigure) image.remove();
    this.#live?.remove();
    this.#live = null;
    if (this.figure) this.figure.hidden = false;
    this.figure?.classList.remove("is-live");
    // Where a film has been started, it stands in place of the still picture.
    for (const image of this.still)
      image.hidden = this.figure.querySelector(".film-screen") !== null;
  }

  get isLive() {
    return this.#live !== null;
  }

  // The answer of an exercise's checker, or null.
  get verdict() {
    const shown = [...(this.#live?.querySelectorAll(".verdict") ?? [])].at(-1);
    return shown
      ? { isRight: shown.classList.contains("is-right"), text: shown.textContent }
      : null;
  }

  // A changed cell that has drawn nothing does not leave the author's figure beside its own result.
  hideOldFigure() {
    if (this.figure && this.#pictures === 0) this.figure.hidden = true;
  }

  reset() {
    this.#clear();
    this.isFresh = true;
    if (!this.#static) return;
    this.#static.hidden = false;
    for (const child of this.#static.children) child.hidden = false;
  }

  expect(isAuthors) {
    this.isFresh = false;
    this.isAuthors = isAuthors;
  }

  add(items) {
    if (!this.isFresh) this.#begin();
    this.isFresh = true;
    for (const item of items) this.#addOne(item);
    this.#live.hidden = !this.#live.children.length;
  }

  append(element) {
    this.#live.append(element);
  }

  #addOne({ kind, name, text, data }) {
    const last = this.#live.lastElementChild;
    if (kind === "stream") {
      const className =
        name === "stderr" ? "stderr highlight-myst-ansi" : "stream highlight-myst-ansi";
      if (last?.classList.contains(className.split(" ")[0]))
        last.querySelector("pre").append(text);
      else
        this.#live.append(
          textBlock(className, text, name === "stderr" ? "Warnings" : "Printed"),
        );
    } else if (kind === "error") {
      const block = textBlock("error traceback", text, `Error: ${name}`);
      block.role = "alert";
      this.#live.append(block);
    } else this.#addResult(data);
  }

  #addResult(data) {
    const [light] = this.still;
    const alt = !light
      ? "A figure, drawn just now by this cell"
      : this.isAuthors
        ? light.alt
        : `Drawn by the changed code, in place of: ${light.alt}`;
    const images = pictures(data, alt);
    if (data["text/html"]) {
      const block = make("div", {
        className: "output text_html",
        innerHTML: data["text/html"],
      });
      this.#live.append(block);
    } else if (images.length && this.figure && this.#pictures === 0) {
      this.#pictures += 1;
      this.figure.classList.add("is-live");
      for (const image of images) image.classList.add("live-picture");
      this.still[0].before(...images);
      for (const image of this.still) image.hidden = true;
    } else if (images.length) {
      const block = make("div", { className: "output image" });
      block.append(...images);
      this.#live.append(block);
    } else if (data["text/latex"])
      this.#live.append(formula(this.#liveUrl, data["text/latex"]));
    else
      this.#live.append(
        textBlock(
          "text_plain highlight-none",
          data["text/markdown"] ?? data["text/plain"],
          "Result",
        ),
      );
  }
}
