// The Node side of katex.py: a formula comes in as one line of JSON,
// its HTML, or KaTeX's complaint, goes out as one.
import { createInterface } from "node:readline";
import katex from "katex";

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display, output } = JSON.parse(line);
  let answer;
  try {
    const options = {
      displayMode: display,
      output,
      throwOnError: true,
      strict: "error",
    };
    answer = { html: katex.renderToString(tex, options) };
  } catch (error) {
    answer = { error: error.message.replaceAll("\u0332", "") }; // without its underline
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
