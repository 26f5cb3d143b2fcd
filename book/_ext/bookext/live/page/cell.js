// One cell of a page: its code, which can be changed, its buttons, and what it shows. A definition of the library is one as
// well, and so is the code in which an exercise is answered.

import { remember, remembered } from "./memory.js";
import { make, Output } from "./output.js";

// "Exercise 7.1", of the exercise that a block stands in.
const titleOf = (element) =>
  element
    .closest(".exercise")
    .querySelector(".admonition-title")
    .textContent.match(/^\s*\S+ [\d.]+/)[0]
    .trim();

const sentence = (words) => words[0].toUpperCase() + words.slice(1);

export class Cell {
  // number: of a cell; module: of the library's code; exercise: of an answer, its id. Two of them are null.
  constructor(element, page, { number = null, module = null, exercise = null }) {
    Object.assign(this, { element, page, number, module, exercise });
    this.input = element.querySelector(".cell_input") ?? element;
    this.block = this.input.querySelector("div[class*='highlight-']");
    this.author = this.block.querySelector("pre").textContent.replace(/\n$/, "");
    this.title = module
      ? `The code of ${module}`
      : exercise
        ? titleOf(element)
        : `Cell ${number}`;
    this.name = module ? `${module}, changed` : this.title.toLowerCase();
    this.changedWords = exercise ? "Your answer" : "Changed by you";
    this.editor = null;
    this.state = "idle"; // or "waiting", "running"
    this.hasRun = false;
    this.output = new Output(element, page.liveUrl);
    const kept = remembered(this.author);
    this.text = kept ?? this.author;
    this.#addButtons();
    if (kept !== null) this.#showChange();
    if (exercise)
      this.block.addEventListener(
        "click",
        ({ target }) => target.closest(".copybtn") || this.edit(),
      );
  }

  get code() {
    return this.editor ? this.editor.text : this.text;
  }

  get isChanged() {
    return this.code !== this.author;
  }

  #addButtons() {
    const what = this.title.toLowerCase();
    const button = (word, act, label = `${word} ${what}`) => {
      const made = make("button", {
        type: "button",
        className: "live-button",
        textContent: word,
        ariaLabel: label,
        onclick: act,
      });
      this.bar.append(made);
      return made;
    };
    this.bar = make("div", {
      className: "live-buttons d-print-none",
      role: "group",
      ariaLabel: `Buttons of ${what}`,
    });
    this.runWord = this.exercise ? "Check" : "Run";
    this.runButton = button(
      this.runWord,
      ({ detail }) =>
        detail < 2 &&
        (this.state === "idle" ? this.page.run([this]) : this.page.stop(this)),
    );
    this.runButton.classList.add("live-run");
    this.editButton = button("Edit", () => this.edit());
    this.resetButton = button(
      "Reset",
      () => this.reset(),
      this.exercise
        ? `Reset ${what}: take the answer away`
        : `Reset ${what} to the author's code and output`,
    );
    if (this.number > 1) button("Run above", () => this.page.runAbove(this));
    this.says = make("span", { className: "live-says" });
    this.bar.append(this.says);
    this.input.append(this.bar);
    this.input.classList.add("has-buttons");
    this.#update();
  }

  #update() {
    const word = this.state === "idle" ? this.runWord : "Stop";
    this.runButton.textContent = word;
    this.runButton.ariaLabel = `${word} ${this.title.toLowerCase()}`;
    this.runButton.hidden =
      this.module !== null && !this.editor && this.state === "idle" && !this.isChanged;
    this.editButton.hidden = this.editor !== null;
    this.resetButton.hidden =
      this.state !== "idle" ||
      !(this.output.isLive || this.hasRun || this.isChanged || this.editor);
    this.element.classList.toggle("is-running", this.state === "running");
    this.onUpdate?.();
  }

  say(text) {
    this.says.textContent = text;
  }

  // The change stands in the page as plain text, until it is edited again.
  #showChange() {
    this.changed ??= make("pre", {
      className: "live-changed",
      tabIndex: 0,
      role: "group",
    });
    this.changed.ariaLabel = `Code: ${this.changedWords.toLowerCase()}`;
    this.changed.textContent = this.text;
    this.block.after(this.changed);
    this.block.hidden = true;
    if (this.state === "idle") this.say(this.changedWords);
    this.#update();
  }

  #showAuthors() {
    this.changed?.remove();
    this.block.hidden = false;
    if (this.state === "idle") this.say("");
    this.#update();
  }

  // A change that comes from elsewhere than the editor.
  put(text) {
    this.editor?.close();
    this.editor = null;
    this.text = text;
    this.#remember();
    if (this.isChanged) this.#showChange();
    else this.#showAuthors();
  }

  #remember() {
    const trouble = remember(this.author, this.isChanged ? this.text : null);
    if (trouble) this.page.say(trouble);
    return trouble;
  }

  async edit() {
    const { openEditor } = await this.page.editors();
    if (this.editor) return;
    this.editor = openEditor({
      text: this.text,
      label: `Code of ${this.title.toLowerCase()}`,
      onChange: () => this.#keep(),
      onRun: (goOn) => this.page.runFromEditor(this, goOn),
    });
    this.block.after(this.editor.element);
    this.changed?.remove();
    this.block.hidden = true;
    this.#update();
    this.editor.focus();
  }

  #keep() {
    this.text = this.editor.text;
    const trouble = this.#remember();
    if (this.state === "idle") {
      if (this.exercise) this.output.reset(); // a verdict is on what was checked
      this.say(trouble ?? (this.isChanged ? this.changedWords : ""));
    }
    this.#update();
  }

  reset() {
    const wasIn =
      this.bar.contains(document.activeElement) ||
      this.editor?.element.contains(document.activeElement);
    const hadPatched = this.module && this.hasRun;
    this.editor?.close();
    this.editor = null;
    this.text = this.author;
    this.#showAuthors();
    remember(this.author, null); // where nothing can be stored, nothing was
    if (hadPatched) this.page.run([this], { isReset: true });
    else {
      this.output.reset();
      this.hasRun = false;
    }
    this.#update();
    if (wasIn) (this.runButton.hidden ? this.editButton : this.runButton).focus();
  }

  // What the page tells it, as its run goes on.
  wait() {
    this.state = "waiting";
    this.sent = this.code; // the reader may type on
    this.say("Waiting");
    this.#update();
  }

  begin() {
    this.state = "running";
    this.output.expect(this.sent === this.author);
    this.say("Running");
    this.#update();
  }

  show(items) {
    this.output.add(items);
    const lacksNames = items.some(
      ({ kind, name }) => kind === "error" && name === "NameError",
    );
    if (lacksNames && this.exercise) {
      const textContent =
        'An answer imports what it uses, such as NumPy; a formula or a word is a text, and stands in quotes, "…".';
      this.output.append(make("p", { className: "live-hint", textContent }));
    }
    if (!lacksNames || this.number === null || this.page.hasRunAbove(this)) return;
    const hint = make("p", {
      className: "live-hint",
      textContent: "A cell uses what the cells above it have made. ",
    });
    const act = () => {
      this.runButton.focus(); // for this button goes
      this.page.runAbove(this, true);
    };
    hint.append(
      make("button", {
        type: "button",
        className: "live-button",
        textContent: "Run the cells above, then this one",
        onclick: act,
      }),
    );
    this.output.append(hint);
  }

  end(how, message, isReset) {
    this.state = "idle";
    const isNew = how === "ok" || how === "error";
    if (isNew && !this.output.isFresh) this.output.add([]);
    if (isReset && how === "ok") this.output.reset();
    if (isNew) this.hasRun = !(isReset && how === "ok");
    const wasChanged = this.sent !== this.author;
    if (isNew && wasChanged) this.output.hideOldFigure();
    this.words = {
      ok: isReset ? "back to the author's code" : "has run",
      error: "ended with an error",
      stopped: "stopped",
      skipped: "not run",
      lost: "stopped, and all variables are lost",
      failed: message,
    }[how];
    this.say(
      sentence(this.words) +
        (wasChanged && how === "ok" && !this.exercise ? ", as changed by you" : ""),
    );
    if (this.exercise && how === "ok") this.#hearVerdict();
    this.says.classList.toggle("live-trouble", how === "failed");
    this.#update();
    this.onEnd?.(how);
  }

  #hearVerdict() {
    const isOld = this.sent !== this.code;
    if (isOld) this.output.reset(); // and there is no verdict
    const { verdict } = this.output;
    const otherwise = isOld
      ? "changed while it was checked: check it again"
      : `has run, and checked nothing: its last line should be ${this.author.split("\n").at(-1)}`;
    this.words = verdict?.text ?? otherwise;
    this.say(verdict ? "Checked" : sentence(this.words));
    if (verdict?.isRight)
      dispatchEvent(new CustomEvent("exercise-solved", { detail: this.exercise }));
  }

  // Python has started anew: what the cell shows is from before.
  forget() {
    this.hasRun = false;
    if (this.says.textContent) this.say(this.isChanged ? this.changedWords : "");
    this.#update();
  }

  focus() {
    const folded = this.element.closest("details");
    if (folded) folded.open = true;
    if (this.editor) this.editor.focus();
    else this.runButton.focus();
  }
}
