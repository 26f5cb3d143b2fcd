// What makes the cells of a page run. Nothing of Python is fetched before a reader asks for it.

import { Cell } from "./cell.js";
import { Python } from "./python.js";
import * as plainEditor from "./plain_editor.js";

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

class Page {
  constructor(bar, liveUrl) {
    this.bar = bar;
    this.liveUrl = liveUrl;
    this.python = new Python(liveUrl, new URL(bar.dataset.pyodide, liveUrl).href, {
      progress: (progress) => this.#progress(progress), idle: () => this.#idle(),
    });
    this.cells = [...document.querySelectorAll("article div.cell")].map((element, i) => new Cell(element, i + 1, this));
    this.library = [...document.querySelectorAll("article .library-code")].map(
      (element) => new Cell(element, null, this, element.dataset.module),
    );
    this.status = bar.querySelector(".live-status");
    this.meter = bar.querySelector("progress");
    for (const [name, act] of Object.entries({
      all: () => this.run(this.cells, { stopsAtError: true }), ready: () => this.#getReady(), stop: () => this.stop(), restart: () => this.restart(),
    })) {
      const button = bar.querySelector(`[data-act="${name}"]`);
      button.addEventListener("click", act);
      button.disabled = false;
      this[`${name}Button`] = button;
    }
    if (Python.obstacle) this.say(Python.obstacle);
    // A page that was left while Python was on its way may come back half alive.
    addEventListener("pagehide", () => !this.isReady && this.python.restart());
    // Links within the printed output lead the same way as before; what was typed is kept as it is typed.
  }

  say(text) {
    this.status.textContent = text;
  }

  #progress({ bytes, expected }) {
    const text = `Python is on its way: ${megabytes(bytes)} of ${megabytes(expected)} MB`;
    this.meter.hidden = false;
    this.meter.max = expected;
    this.meter.value = bytes;
    if (bytes >= expected) this.meter.hidden = true;
    this.say(bytes < expected ? text : "Python is starting");
    this.waiting?.say(bytes < expected ? text : "Python is starting");
    this.#showButtons();
  }

  #idle() {
    this.meter.hidden = true;
    this.#showButtons();
  }

  #showButtons() {
    const { isOn, isBusy } = this.python;
    for (const [name, isShown] of Object.entries({ stop: isBusy, restart: isOn && !isBusy, ready: !isOn && !isBusy, all: !isBusy })) {
      const button = this[`${name}Button`];
      if (!isShown && document.activeElement === button) (name === "stop" ? this.allButton : this.stopButton).hidden = false;
      const hadFocus = document.activeElement === button;
      button.hidden = !isShown;
      if (!isShown && hadFocus) (isBusy ? this.stopButton : this.allButton).focus();
    }
  }

  run(cells, { stopsAtError = false, isReset = false } = {}) {
    if (Python.obstacle) {
      this.say(Python.obstacle);
      for (const cell of cells) cell.end("failed", Python.obstacle);
      return;
    }
    const group = Symbol("cells that were asked for together");
    for (const cell of cells) {
      if (cell.state !== "idle") continue;
      cell.wait();
      this.waiting ??= cell;
      this.python.do({
        kind: "run", code: cell.code, name: cell.name, module: cell.module, group,
        onStart: () => {
          this.isReady = true;
          this.waiting = null;
          cell.begin();
          this.say(`${cell.title} is running`);
        },
        onShown: (items) => cell.show(items),
        onEnd: (how, message) => {
          if (this.waiting === cell) this.waiting = null;
          cell.end(how, message, isReset);
          if (stopsAtError && how !== "ok") this.python.drop((job) => job.group === group);
          if (how !== "skipped") this.say(how === "failed" ? message : `${cell.title}: ${cell.words}`);
        },
      });
    }
    this.#showButtons();
  }

  runAbove(cell, andThis = false) {
    const end = this.cells.indexOf(cell) + (andThis ? 1 : 0);
    this.run(this.cells.slice(0, end), { stopsAtError: true });
  }

  runFromEditor(cell, goOn) {
    if (cell.state === "idle") this.run([cell]);
    const next = this.cells[this.cells.indexOf(cell) + 1];
    if (goOn && next) next.focus();
  }

  hasRunAbove(cell) {
    return this.cells.slice(0, this.cells.indexOf(cell)).every((above) => above.hasRun);
  }

  #getReady() {
    if (Python.obstacle) return this.say(Python.obstacle);
    this.python.do({
      kind: "load", codes: this.cells.map((cell) => cell.code),
      onEnd: (how, message) => {
        this.isReady = how === "ok";
        this.say(how === "ok" ? "Python is ready" : (message ?? "Python was stopped"));
      },
    });
    this.#showButtons();
  }

  stop() {
    this.python.stop();
  }

  restart() {
    this.python.restart();
    for (const cell of [...this.cells, ...this.library]) cell.forget();
    this.isReady = false;
    this.say("Python has ended: all variables are gone, and the next run starts anew");
  }

  async editors() {
    try {
      return await import(`${this.liveUrl}editor.js`);
    } catch {
      return plainEditor; // one without colours, which is part of this script
    }
  }
}

const bar = document.querySelector(".live-bar");
const here = new URL("./", document.currentScript.src).href;
if (bar) new Page(bar, here);
