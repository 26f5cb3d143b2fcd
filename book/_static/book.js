// What the pages do beyond reading. Without a script they still read.

// The button for colours says which it has chosen.
function nameColours() {
  const names = { light: "light", dark: "dark", auto: "as the system" };
  const name = `Colours: ${names[document.documentElement.dataset.mode]}`;
  for (const button of document.querySelectorAll(".theme-switch-button")) {
    button.ariaLabel = button.title = name;
  }
}

// What scrolls sideways can be reached by the keyboard, and only that.
function reachScrollers() {
  for (const block of document.querySelectorAll(".katex-scroll")) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
}

// A table of contents that was opened over the page gives the focus back to its button.
function returnFocus(dialog, button) {
  document.querySelector(dialog)?.addEventListener("close", () => document.querySelector(button)?.focus());
}

document.addEventListener("DOMContentLoaded", () => {
  returnFocus("#pst-primary-sidebar-modal", ".primary-toggle");
  returnFocus("#pst-secondary-sidebar-modal", ".secondary-toggle");
  nameColours();
  new MutationObserver(nameColours).observe(document.documentElement, { attributeFilter: ["data-mode"] });
  new ResizeObserver(reachScrollers).observe(document.querySelector("article") ?? document.body);
});
