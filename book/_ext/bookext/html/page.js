// What the pages do beyond reading. Without a script they still read.
{
  // The button for colors says which it has chosen.
  function nameColours() {
    const names = { light: "light", dark: "dark", auto: "as the system" };
    const name = `Colors: ${names[document.documentElement.dataset.mode]}`;
    for (const button of document.querySelectorAll(".theme-switch-button")) {
      button.ariaLabel = button.title = name;
    }
  }

  // What scrolls sideways fades where it goes on; what does not is no stop for the keyboard, as which it was written.
  const SCROLLERS = ".katex-scroll, article pre, .pst-scrollable-table-container";
  const fade = (block) =>
    block.classList.toggle(
      "goes-on",
      block.scrollWidth - block.clientWidth - block.scrollLeft > 4,
    );
  function measure(block) {
    fade(block);
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
  addEventListener(
    "scroll",
    ({ target }) => target.matches?.(SCROLLERS) && fade(target),
    { capture: true, passive: true },
  );

  // page.css leaves out what is far from the screen, or a long page would be slow to come. The rest is laid out when the
  // reader begins to do something, a section at a time and only while the browser is idle. (Safari knows no idle time, and
  // does not keep a page in place when what is above it grows.)
  const PARTS = `article section, ${SCROLLERS}`;
  const whenIdle =
    window.requestIdleCallback ??
    ((work) => setTimeout(work, 50, { timeRemaining: () => 10 }));
  let waiting = [];
  function layOut(idle) {
    while (waiting.length && idle.timeRemaining() > 2) {
      const part = waiting.shift();
      part.classList.add("laid-out");
      if (part.matches(SCROLLERS)) measure(part);
    }
    if (waiting.length) whenIdle(layOut);
    else if (!CSS.supports("overflow-anchor: auto"))
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
  function layOutAll() {
    if (!waiting.length) whenIdle(layOut);
    waiting = [...document.querySelectorAll(PARTS)];
  }
  const isShown = (part) =>
    part.checkVisibility?.({ contentVisibilityAuto: true }) ?? true;
  whenIdle(() =>
    document
      .querySelectorAll(SCROLLERS)
      .forEach((block) => isShown(block) && measure(block)),
  );
  for (const sign of [
    "pointerdown",
    "pointermove",
    "keydown",
    "touchstart",
    "wheel",
    "scroll",
    "focusin",
  ]) {
    addEventListener(sign, layOutAll, { once: true, passive: true });
  }

  // A link within the page, and the tabulator, may lead to where nothing has been laid out yet.
  function showAll() {
    for (const part of document.querySelectorAll(PARTS)) part.classList.add("laid-out");
  }
  addEventListener(
    "click",
    ({ target }) => target.closest("a[href^='#']") && showAll(),
    { capture: true },
  );
  addEventListener("keydown", ({ key }) => key === "Tab" && showAll(), {
    capture: true,
  });

  // Another width makes other things scroll.
  let width = document.body.clientWidth;
  new ResizeObserver(() => {
    if (document.body.clientWidth !== width) layOutAll();
    width = document.body.clientWidth;
  }).observe(document.body);

  // A table of contents that was opened over the page gives the focus back to its button, or to the heading chosen in it.
  function passFocusOn(dialog, button, name) {
    const opened = document.querySelector(dialog);
    if (!opened) return;
    opened.ariaLabel = name;
    let chosen = null;
    opened.addEventListener(
      "click",
      ({ target }) => (chosen = target.closest("a[href^='#']")),
    );
    opened.addEventListener("close", () => {
      const heading =
        chosen &&
        document.querySelector(`${chosen.hash || "article"} :is(h1, h2, h3, h4)`);
      chosen = null;
      setTimeout(() => {
        // after the browser's own way with the focus
        if (heading) heading.tabIndex = -1;
        (heading ?? document.querySelector(button))?.focus();
      });
    });
  }

  // The theme takes the focus from a button that was pressed, and with it the place of those who go by keyboard.
  for (const button of document.querySelectorAll(
    ".theme-switch-button, .sidebar-toggle, .search-button",
  ))
    button.blur = () => {};

  // So does copying; and what it shows is said as well.
  const said = Object.assign(document.createElement("p"), {
    className: "visually-hidden",
    role: "status",
  });
  document.body.append(said);
  addEventListener("click", ({ target }) => {
    const button = target.closest(".copybtn");
    if (!button) return;
    said.textContent = "";
    setTimeout(() => {
      button.focus();
      said.textContent = "Copied";
    }, 100);
  });

  // The button for the contents at the left says whether they are shown, where they stand beside the text.
  const sidebar = document.querySelector("#pst-primary-sidebar");
  const isWide = matchMedia("(min-width: 992px)");
  function tellSidebar() {
    const toggle = document.querySelector(".primary-toggle");
    if (!toggle) return;
    if (isWide.matches)
      toggle.ariaExpanded = !sidebar.classList.contains("pst-sidebar-hidden");
    else toggle.removeAttribute("aria-expanded");
  }
  if (sidebar)
    new MutationObserver(tellSidebar).observe(sidebar, { attributeFilter: ["class"] });
  isWide.addEventListener("change", tellSidebar);
  tellSidebar();
  [...(sidebar?.querySelectorAll("li.current > a") ?? [])]
    .at(-1)
    ?.setAttribute("aria-current", "page");

  passFocusOn("#pst-primary-sidebar-modal", ".primary-toggle", "Table of contents");
  passFocusOn("#pst-secondary-sidebar-modal", ".secondary-toggle", "On this page");
  nameColours();
  new MutationObserver(nameColours).observe(document.documentElement, {
    attributeFilter: ["data-mode"],
  });
}
