// Which exercises the reader has solved: kept in this browser only, and shown at the exercise, in the contents and in the list.
{
  const KEY = "shallow-networks:progress"; // {page: {of: number of exercises, solved: [their ids]}}
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const page = document.body.dataset.page;
  const make = (tag, properties) =>
    Object.assign(document.createElement(tag), properties);

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return isProgress(kept) ? kept : {};
    } catch {
      return {}; // storage is forbidden, or holds what is not ours
    }
  }

  // Whether it is kept: the browser may forbid storage, or have no room. A page of answers says so when one is typed.
  function write(progress) {
    try {
      localStorage.setItem(KEY, JSON.stringify(progress));
      return true;
    } catch {
      return false;
    }
  }

  const isProgress = (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(
      (entry) =>
        Number.isInteger(entry?.of) &&
        Array.isArray(entry.solved) &&
        entry.solved.every((id) => typeof id === "string"),
    );

  const pageOf = (link) => {
    const { href } = new URL(link.href, location.href);
    return href.startsWith(root.href)
      ? href.slice(root.href.length).replace(/\.html.*$/, "")
      : null;
  };

  function mark(place, text, label) {
    place.querySelector(":scope > .solved-mark")?.remove();
    if (!text) return;
    const found = make("span", {
      className: "solved-mark",
      textContent: text,
      title: label,
    });
    found.append(
      make("span", { className: "visually-hidden", textContent: ` (${label})` }),
    );
    place.append(found);
  }

  function show() {
    const progress = read();
    for (const link of document.querySelectorAll(".bd-sidebar-primary nav a")) {
      const { solved = [], of } = progress[pageOf(link)] ?? {};
      mark(
        link,
        solved.length && !link.hash ? `${solved.length}/${of}` : "",
        `${solved.length} of ${of} exercises solved`,
      );
    }
    for (const link of document.querySelectorAll(".exercise-list a")) {
      const isSolved = progress[pageOf(link)]?.solved.includes(link.hash.slice(1));
      mark(link.parentElement, isSolved ? "✓" : "", "solved");
    }
    for (const exercise of document.querySelectorAll("article .exercise[id]")) {
      mark(
        exercise.querySelector(".admonition-title"),
        progress[page]?.solved.includes(exercise.id) ? "✓" : "",
        "solved",
      );
    }
  }

  // Of an exercise that this edition of the page does not have, nothing is kept.
  const here = [...document.querySelectorAll("article .exercise-try")].map(
    ({ dataset }) => dataset.exercise,
  );
  const before = read();
  if (before[page]) {
    before[page] = {
      of: here.length,
      solved: before[page].solved.filter((id) => here.includes(id)),
    };
    write(before);
  }
  show();

  addEventListener("exercise-solved", ({ detail }) => {
    const progress = read();
    const solved = new Set(progress[page]?.solved).add(detail);
    write({
      ...progress,
      [page]: { of: here.length, solved: here.filter((id) => solved.has(id)) },
    });
    show();
  });
  addEventListener("storage", ({ key }) => key === KEY && show());

  // The page with all exercises: take the record along, or begin anew.
  const tools = document.querySelector(".progress-tools");
  if (tools) {
    const said = tools.querySelector("[role=status]");
    const acts = {
      save: () => {
        const progress = read();
        if (!Object.keys(progress).length) {
          said.textContent =
            "There is nothing to save: no exercise is marked as solved in this browser.";
          return;
        }
        const file = new Blob([JSON.stringify(progress, null, 1)], {
          type: "application/json",
        });
        const link = make("a", {
          href: URL.createObjectURL(file),
          download: "shallow-networks-progress.json",
        });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        said.textContent = "Your progress was saved as a file.";
      },
      bring: () => {
        const chooser = make("input", {
          type: "file",
          accept: ".json,application/json",
        });
        chooser.onchange = async () => {
          said.textContent = await chooser.files[0]
            .text()
            .then(merge, () => "The browser could not read this file.");
        };
        chooser.click();
      },
      forget: () => {
        if (
          !confirm(
            "Forget which exercises are solved? What you typed as answers stays.",
          )
        )
          return;
        write({});
        show();
        said.textContent = "No exercise is marked as solved now.";
      },
    };
    // What came of it, in words.
    const merge = (text) => {
      let brought = null;
      try {
        brought = JSON.parse(text);
      } catch {
        // not even JSON: said below
      }
      if (!isProgress(brought))
        return "This file holds no progress: one is expected that this page has saved. Nothing was changed.";
      // The list of this page says what there is: of another edition's exercises nothing is kept.
      const progress = {};
      const solved = Object.entries(read())
        .concat(Object.entries(brought))
        .flatMap(([name, entry]) => entry.solved.map((id) => `${name}#${id}`));
      for (const link of document.querySelectorAll(".exercise-list a")) {
        const entry = (progress[pageOf(link)] ??= { of: 0, solved: [] });
        const id = link.hash.slice(1);
        entry.of += 1;
        if (solved.includes(`${pageOf(link)}#${id}`)) entry.solved.push(id);
      }
      for (const [name, entry] of Object.entries(progress))
        if (!entry.solved.length) delete progress[name];
      if (!write(progress))
        return "This browser does not let the page store anything: nothing was kept.";
      show();
      return "The progress of the file was added to what is marked here.";
    };
    for (const button of tools.querySelectorAll("button")) {
      button.disabled = false;
      button.addEventListener("click", acts[button.dataset.act]);
    }
  }
}
