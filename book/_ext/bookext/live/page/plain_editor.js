// The editor where the one with colors cannot be had.

export function openEditor({ text, label, onChange, onRun }) {
  const element = Object.assign(document.createElement("textarea"), {
    className: "live-editor",
    value: text,
    ariaLabel: label,
    spellcheck: false,
    rows: text.split("\n").length + 1,
  });
  element.addEventListener("input", onChange);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey))
      return;
    event.preventDefault();
    onRun(event.shiftKey);
  });
  return {
    element,
    get text() {
      return element.value;
    },
    focus: () => element.focus(),
    close: () => element.remove(),
  };
}
