// KaTeX for the formulas of live output, the same as draws those of the text. Loaded at the first formula.

import katex from "katex";

export function render(tex, displayMode) {
  return katex.renderToString(tex, {
    displayMode,
    throwOnError: false,
    output: "htmlAndMathml",
  });
}
