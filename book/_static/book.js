// What the pages do beyond reading. Without a script they still read.

// The button for colours says which it has chosen.
function nameColours() {
  const names = { light: "light", dark: "dark", auto: "as the system" };
  const name = `Colours: ${names[document.documentElement.dataset.mode]}`;
  for (const button of document.querySelectorAll(".theme-switch-button")) {
    button.ariaLabel = button.title = name;
  }
}

// What scrolls sideways fades where it goes on, and a formula that scrolls can be reached by the keyboard, and only such.
// They are measured when the browser has nothing else to do, a few at a time: all at once would hold up the page. (Safari
// knows no idle time.)
const SCROLLERS = ".katex-scroll, article pre, .pst-scrollable-table-container";
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50, { timeRemaining: () => 10 }));
const article = document.querySelector("article") ?? document.body;
let width;
let unmeasured = [];
const fade = (block) => block.classList.toggle("goes-on", block.scrollWidth - block.clientWidth - block.scrollLeft > 4);
function measure(idle) {
  while (unmeasured.length && idle.timeRemaining() > 2) {
    const block = unmeasured.shift();
    fade(block);
    if (!block.matches(".katex-scroll")) continue;
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
  if (unmeasured.length) whenIdle(measure);
}
function measureAgain() {
  if (article.clientWidth === width) return;
  width = article.clientWidth;
  if (!unmeasured.length) whenIdle(measure);
  unmeasured = [...document.querySelectorAll(SCROLLERS)];
}
addEventListener("scroll", ({ target }) => target.matches?.(SCROLLERS) && fade(target), { capture: true, passive: true });

// A table of contents that was opened over the page gives the focus back to its button.
function returnFocus(dialog, button) {
  document.querySelector(dialog)?.addEventListener("close", () => document.querySelector(button)?.focus());
}

returnFocus("#pst-primary-sidebar-modal", ".primary-toggle");
returnFocus("#pst-secondary-sidebar-modal", ".secondary-toggle");
nameColours();
new MutationObserver(nameColours).observe(document.documentElement, { attributeFilter: ["data-mode"] });
new ResizeObserver(measureAgain).observe(article);
