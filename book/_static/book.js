// What the pages do beyond reading. Without a script they still read.

// The button for colours says which it has chosen.
function nameColours() {
  const names = { light: "light", dark: "dark", auto: "as the system" };
  const name = `Colours: ${names[document.documentElement.dataset.mode]}`;
  for (const button of document.querySelectorAll(".theme-switch-button")) {
    button.ariaLabel = button.title = name;
  }
}

// A formula that scrolls sideways can be reached by the keyboard, and only such. Each is looked at when it comes near the
// screen: to measure all at once would lay out the whole page.
const scrollers = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  },
  { rootMargin: "50%" },
);
function watchScrollers() {
  scrollers.disconnect();
  for (const block of document.querySelectorAll(".katex-scroll")) scrollers.observe(block);
}

// A table of contents that was opened over the page gives the focus back to its button.
function returnFocus(dialog, button) {
  document.querySelector(dialog)?.addEventListener("close", () => document.querySelector(button)?.focus());
}

returnFocus("#pst-primary-sidebar-modal", ".primary-toggle");
returnFocus("#pst-secondary-sidebar-modal", ".secondary-toggle");
nameColours();
new MutationObserver(nameColours).observe(document.documentElement, { attributeFilter: ["data-mode"] });
new ResizeObserver(watchScrollers).observe(document.querySelector("article") ?? document.body);
