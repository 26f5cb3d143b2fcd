// The editor of a cell: CodeMirror, in the colors of the printed code. Loaded when a cell is first edited.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

// Pygments' names, whose colors the style sheet of the book has.
const colors = tagHighlighter([
  {
    tag: [
      tags.keyword,
      tags.operatorKeyword,
      tags.controlKeyword,
      tags.definitionKeyword,
      tags.moduleKeyword,
    ],
    class: "k",
  },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: tags.string, class: "s1" },
  { tag: tags.number, class: "mi" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.operator, class: "o" },
]);

export function openEditor({ text, label, onChange, onRun }) {
  const run = (goOn) => () => {
    onRun(goOn);
    return true;
  };
  const element = Object.assign(document.createElement("div"), {
    className: "live-editor highlight",
  });
  const view = new EditorView({
    parent: element,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([
          { key: "Mod-Enter", run: run(false) },
          { key: "Shift-Enter", run: run(true) },
        ]),
        keymap.of([...defaultKeymap, ...historyKeymap]), // without Tab, which leads on
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("    "),
        bracketMatching(),
        EditorView.lineWrapping,
        python(),
        syntaxHighlighting(colors),
        EditorView.contentAttributes.of({
          "aria-label": label,
          tabindex: "0",
          spellcheck: "false",
          autocapitalize: "off",
        }),
        EditorView.updateListener.of((update) => update.docChanged && onChange()),
      ],
    }),
  });
  return {
    element,
    get text() {
      return view.state.doc.toString();
    },
    focus: () => view.focus(),
    close: () => view.destroy() || element.remove(),
  };
}
