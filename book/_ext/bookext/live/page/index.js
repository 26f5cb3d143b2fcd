// What makes the cells of a page run. Nothing of Python is fetched before a reader asks for it.

import { Python } from "../../common/pyodide/client.js";
import { Cell } from "./cell.js";
import * as plainEditor from "./plain_editor.js";
import { Knobs } from "./sliders.js";

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

class Page {
  constructor(bar, liveUrl) {
    this.bar = bar;
    this.liveUrl = liveUrl;
    this.python = new Python(liveUrl, new URL(bar.dataset.pyodide, liveUrl).href, {
      progress: (progress) => this.#progress(progress),
      idle: () => this.#idle(),
      ended: () => this.#ended(),
    });
    this.cells = [...document.querySelectorAll("article div.cell")].map(
      (element, i) => new Cell(element, this, { number: i + 1 }),
    );
    // What is not one of the page's cells: the library's code, and answers to exercises.
    this.others = [
      ...document.querySelectorAll("article :is(.library-code, .exercise-try)"),
    ].map((element) => new Cell(element, this, element.dataset));
    for (const cell of this.cells) {
      const knobs = cell.element.querySelector(":scope > .knobs");
      if (knobs) new Knobs(knobs, cell, this);
    }
    this.status = bar.querySelector(".live-status");
    this.bytes = bar.querySelector(".live-bytes");
    this.meter = bar.querySelector("progress");
    for (const [name, act] of Object.entries({
      all: () => this.run(this.cells, { stopsAtError: true }),
      ready: () => this.#getReady(),
      stop: () => this.stop(),
      restart: () => this.restart(),
    })) {
      const button = bar.querySelector(`[data-act="${name}"]`);
      button.addEventListener("click", act);
      button.disabled = false;
      this[`${name}Button`] = button;
    }
    if (Python.obstacle) this.say(Python.obstacle);
    // A page that was left while Python was on its way may come back half alive.
    addEventListener("pagehide", () => !this.isReady && this.python.restart());
  }

  // Only what is said in few words is read out; the bytes that run past are not.
  say(text) {
    this.bytes.textContent = "";
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  #progress({ bytes, expected }) {
    const isThere = bytes >= expected;
    const count = `${megabytes(bytes)} of ${megabytes(expected)} MB`;
    const next = this.running
      ? `${this.running.title} is running`
      : "Python is starting";
    this.say(isThere ? next : "Python is on its way");
    this.bytes.textContent = isThere ? "" : count;
    (this.waiting ?? this.running)?.say(
      isThere
        ? this.running
          ? "Running"
          : "Python is starting"
        : `Python is on its way: ${count}`,
    );
    Object.assign(this.meter, { hidden: isThere, max: expected, value: bytes });
    this.#showButtons();
  }

  // All variables are gone, whoever ended Python.
  #ended() {
    this.isReady = false;
    for (const cell of [...this.cells, ...this.others]) cell.forget();
  }

  #idle() {
    this.meter.hidden = true;
    this.#showButtons();
  }

  // A button that goes hands the focus on to one that comes.
  #showButtons() {
    const { isOn, isBusy } = this.python;
    const shown = {
      stop: isBusy,
      all: !isBusy,
      restart: isOn && !isBusy,
      ready: !isOn && !isBusy,
    };
    const focused = document.activeElement;
    for (const [name, isShown] of Object.entries(shown))
      this[`${name}Button`].hidden = !isShown;
    if (focused.hidden && this.bar.contains(focused))
      (isBusy ? this.stopButton : this.allButton).focus();
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
        kind: "run",
        code: cell.code,
        name: cell.name,
        module: cell.module,
        isApart: cell.exercise !== null,
        cell,
        group,
        onStart: () => {
          this.isReady = true;
          this.waiting = null;
          this.running = cell;
          cell.begin();
          this.say(`${cell.title} is running`);
        },
        onShown: (items) => cell.show(items),
        onEnd: (how, message) => {
          if (this.waiting === cell) this.waiting = null;
          this.running = null;
          cell.end(how, message, isReset);
          if (stopsAtError && how !== "ok")
            this.python.drop((job) => job.group === group);
          if (how !== "skipped")
            this.say(how === "failed" ? message : `${cell.title}: ${cell.words}`);
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
    const next = cell.number === null ? null : this.cells[this.cells.indexOf(cell) + 1];
    if (goOn && next) next.focus();
  }

  hasRunAbove(cell) {
    return this.cells.slice(0, this.cells.indexOf(cell)).every((above) => above.hasRun);
  }

  #getReady() {
    if (Python.obstacle) return this.say(Python.obstacle);
    this.python.do({
      kind: "load",
      codes: this.cells.map((cell) => cell.code),
      onEnd: (how, message) => {
        this.isReady = how === "ok";
        this.say(how === "ok" ? "Python is ready" : (message ?? "Python was stopped"));
      },
    });
    this.#showButtons();
  }

  // Of a cell that waits, only its turn; else all that runs and waits.
  stop(cell = null) {
    if (cell?.state !== "waiting" || this.python.drop((job) => job.cell === cell) === 0)
      this.python.stop();
  }

  restart() {
    this.python.restart();
    this.say("Python has ended: all variables are gone, and the next run starts anew");
  }

  async editors() {
    try {
      return await import(`${this.liveUrl}editor.js`);
    } catch {
      return plainEditor; // one without colors, which is part of this script
    }
  }
}

const bar = document.querySelector(".live-bar");
const here = new URL("./", document.currentScript.src).href;
if (bar) new Page(bar, here);
