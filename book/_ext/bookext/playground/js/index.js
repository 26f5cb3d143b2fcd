// The playground: the reader turns the controls, shallowlib trains in the worker, the page draws what it is told.

import { Python } from "../../common/pyodide/client.js";
import { Controls, EDGE, MOST_STEPS } from "./controls.js";
import { colorsOf, few, percent, Screen } from "./paint.js";
import { drawCosts, drawSlopes, drawUnits } from "./panels.js";
import { drawPlane } from "./plane.js";
import { Points } from "./points.js";
import * as words from "./words.js";

const NEEDED = "import shallowlib"; // what Python loads before the first step
const REPLAY = 200; // steps between two pictures on the way to the state of a link
const SLOW = 250; // ms from step to step at the lowest speed
const CALM = 500; // ms between two pictures for those who want little motion, who get as many steps in a second
const A_PICTURE = 1000 / 60; // ms that one takes otherwise, about
const SAY_EVERY = 5000; // ms between two words on how it goes
const DESCRIBE_EVERY = 1000; // ms between two descriptions of a drawing
const RECORDED = "At the end of this page there is a recorded run.";

const wantsCalm = matchMedia("(prefers-reduced-motion: reduce)");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));

class Playground {
  start = null; // what stays while the network learns, as Python told it
  picture = null; // the newest
  costs = [];
  rates = []; // [step, alpha]: from which step on which
  replayTo = 0; // the step of the link that was opened
  #target = 0; // train until there
  #version = 1; // of the start that the controls describe
  #begun = 0; // the version that Python has
  #isRateNew = false;
  #isWorking = false;
  #isReady = false; // Python has answered
  #first; // the state at step 0 that came with the page
  #firstLink;
  #said = 0;
  #described = 0;

  constructor(root, liveUrl) {
    this.root = root;
    this.python = new Python(liveUrl, new URL(root.dataset.pyodide, liveUrl).href, {
      progress: (progress) => this.#progress(progress),
      idle: () => {},
      ended: () => this.#ended(),
    });
    const onFault = (text) => this.#complain(text);
    this.controls = new Controls(root.querySelector("form"), {
      onChange: (name) => this.#turned(name),
      onFault,
    });
    this.points = new Points(root, this.controls, {
      onChange: () => this.#anew(),
      onFault,
    });
    this.screens = Object.fromEntries(
      [...root.querySelectorAll("[data-panel]")].map((panel) => [
        panel.dataset.panel,
        new Screen(panel.querySelector("canvas")),
      ]),
    );
    this.colors = colorsOf(root);
    const recolor = () => {
      this.colors = colorsOf(root);
      this.#draw();
    };
    new MutationObserver(recolor).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
    matchMedia("print").addEventListener("change", recolor); // paper is light
    const acts = {
      go: () => this.#go(),
      step: () => this.#step(),
      reset: () => this.#anew(true),
      link: () => this.#copyLink(),
    };
    this.buttons = Object.fromEntries(
      Object.entries(acts).map(([name, act]) => {
        const button = root.querySelector(`[data-play=${name}]`);
        button.addEventListener("click", act);
        button.disabled = false;
        return [name, button];
      }),
    );
    for (const link of document.querySelectorAll("a[data-state]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        history.pushState(null, "", link.hash);
        this.#openLink(true);
      });
    }
    addEventListener("hashchange", () => this.#openLink(true));
    addEventListener("pagehide", () => {
      this.#target = 0;
      if (!this.#isReady) this.python.restart(); // a page that was left while Python was on its way may come back half alive
    });
    this.rates = [[0, this.controls.values.rate]];
    this.#first = JSON.parse(root.querySelector(".play-first").textContent);
    this.#firstLink = this.#linkOfStart();
    this.#anew(true);
    this.#openLink();
    if (Python.obstacle) this.#complain(`${Python.obstacle} ${RECORDED}`);
  }

  // What the address says: the state of a link, or the name of an experiment. Any other is a place in the page.
  #openLink(isMoved = false) {
    const name = location.hash.slice(1);
    const experiment = [...document.querySelectorAll("a[data-state]")].find(
      ({ hash }) => hash === location.hash,
    );
    if (!experiment && !name.includes("=")) return;
    const { rates, steps, faults } = this.controls.follow(
      experiment?.dataset.state ?? name,
    );
    this.#anew(true);
    Object.assign(this, { rates, replayTo: steps });
    const task = this.root.querySelector(".play-task");
    task.hidden = !experiment;
    task.textContent =
      experiment?.closest("section").querySelector("p").textContent ?? "";
    if (steps && !this.picture?.step) this.#say(this.#goal); // else with the picture that is on its way
    if (faults.length)
      this.#complain(
        `The link asks for what cannot be: ${faults.join("; ")}. In place of that stands what the page begins with.`,
      );
    if (experiment || isMoved) this.root.scrollIntoView();
    if (experiment) this.buttons.go.focus({ preventScroll: true });
  }

  async #copyLink() {
    history.replaceState(
      null,
      "",
      `#${this.controls.link(this.#ratesNow, this.picture?.step || this.replayTo)}`,
    );
    try {
      await navigator.clipboard.writeText(location.href);
      this.#say("The link to this very state is copied.");
    } catch {
      this.#say(
        "The link to this very state is in the address bar: copy it from there.",
      ); // no clipboard for this page
    }
  }

  // Controls and buttons.

  get #isTraining() {
    return this.#target > (this.picture?.step ?? 0);
  }

  #turned(name) {
    if (name === "speed") return;
    if (name !== "rate") return this.#anew();
    this.#isRateNew = true;
    this.#complain("");
    this.#show();
  }

  // From step 0, by the controls as they stand; what trained goes on training.
  #anew(isStopped = false) {
    this.#version += 1;
    this.replayTo = 0;
    this.rates = [[0, this.controls.values.rate]];
    this.#isRateNew = false;
    if (isStopped) this.#target = 0;
    this.#complain("");
    this.points.show();
    if (this.python.isOn && this.#hasExamples) return this.#work();
    this.start = this.picture = null;
    this.#target = 0;
    if (this.#linkOfStart() === this.#firstLink) this.#take(this.#first);
    else this.#draw();
    this.#tell(true);
    this.#show();
  }

  // What the controls say of step 0, at which no rate matters.
  #linkOfStart() {
    return this.controls.link([], 0).replace(/&speed=\d+/, "");
  }

  get #hasExamples() {
    const { data, points } = this.controls.values;
    return data !== "own" || points.length > 0;
  }

  #go() {
    if (this.#isTraining) {
      this.#target = 0;
      this.#show();
    } else
      this.#trainTo(
        this.replayTo > (this.picture?.step ?? 0) ? this.replayTo : MOST_STEPS,
      );
  }

  #step() {
    this.#trainTo((this.picture?.step ?? 0) + 1);
  }

  #trainTo(target) {
    this.#complain("");
    if (Python.obstacle) return this.#complain(`${Python.obstacle} ${RECORDED}`);
    if (!this.#hasExamples)
      return this.#complain(
        "There is nothing to learn from yet: put points on the plane first.",
      );
    if ((this.picture?.step ?? 0) >= MOST_STEPS)
      return this.#complain(`After ${MOST_STEPS} steps training ends here.`);
    if (!this.python.isOn) this.#say("Python is on its way");
    this.#target = target;
    this.#work();
  }

  // Training.

  // A rate that was turned holds from the step after the newest picture.
  get #ratesNow() {
    if (!this.#isRateNew) return this.rates;
    const step = this.picture?.step ?? 0;
    return [
      ...this.rates.filter(([at]) => at < step),
      [step, this.controls.values.rate],
    ];
  }

  // Not while Python still takes steps with the old one.
  #settleRate() {
    if (!this.#isRateNew) return;
    this.rates = this.#ratesNow;
    this.#isRateNew = false;
    this.replayTo = 0;
  }

  #next() {
    if (!this.#hasExamples) return null;
    if (this.#begun !== this.#version) {
      this.#begun = this.#version;
      return { settings: this.controls.values, steps: 0, alpha: 0 };
    }
    this.#settleRate();
    const { step } = this.picture;
    if (step >= this.#target) return null;
    const [, alpha] = this.rates.findLast(([at]) => at <= step);
    const [until] = this.rates.find(([at]) => at > step) ?? [Infinity];
    return { steps: Math.min(this.#pace, this.#target - step, until - step), alpha };
  }

  // Steps in one picture.
  get #pace() {
    if (this.picture.step < this.replayTo) return REPLAY;
    const { speed } = this.controls.values;
    if (!wantsCalm.matches) return Math.max(1, speed);
    return Math.round(CALM / (speed ? A_PICTURE / speed : SLOW));
  }

  get #wait() {
    if (this.picture?.step < this.replayTo || !this.#isTraining) return 0;
    return wantsCalm.matches ? CALM : this.controls.values.speed === 0 ? SLOW : 0;
  }

  async #work() {
    this.#show();
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      for (let request = this.#next(); request; request = this.#next()) {
        const version = this.#begun;
        const [picture] = await Promise.all([this.#ask(request), pause(this.#wait)]);
        this.#isReady = true;
        if (version === this.#version) this.#take(picture);
        await drawn();
      }
      this.#target = 0;
      this.#tell(true);
    } catch (error) {
      this.#target = 0;
      this.replayTo = Math.max(this.replayTo, this.picture?.step ?? 0); // where the next start leads back to
      this.#say("");
      this.#complain(`${error.message} ${RECORDED}`);
    } finally {
      this.#isWorking = false;
      this.root.querySelector("progress").hidden = true;
      this.#show();
    }
  }

  #ask(request) {
    return new Promise((resolve, reject) => {
      const onEnd = (how, message, answer) =>
        how === "ok"
          ? resolve(answer)
          : reject(new Error(message ?? "Python has ended."));
      this.python.do({ kind: "play", code: NEEDED, ...request, onEnd });
    });
  }

  // All that was computed is gone.
  #ended() {
    this.#isReady = false;
    this.#begun = 0;
  }

  #take(picture) {
    if (picture.start) {
      this.start = picture.start;
      this.costs = [];
    }
    for (const J of picture.costs) this.costs.push(J);
    this.picture = picture;
    // A link may lead past a divergence, if the rate was turned there.
    if (
      picture.trouble &&
      !this.rates.some(([at]) => at === picture.step && at < this.replayTo)
    ) {
      this.#target = 0;
      this.#complain(words.trouble(picture));
    }
    this.#draw();
    this.#tell(false);
  }

  // What is seen and said.

  #draw() {
    const { start, picture, colors, screens, controls } = this;
    if (!picture) {
      const points = controls.values.points;
      const own = {
        x: points.map(([x]) => x),
        y: points.map(([, y]) => y),
        classes: points.map(([, , label]) => label),
        window: [-EDGE, EDGE, -EDGE, EDGE],
      };
      const isOwn = controls.values.data === "own";
      screens.plane.show(isOwn ? drawPlane(own, null, colors) : null);
      screens.plane.say(
        isOwn ? `Your ${points.length} points` : "The plane: nothing yet",
      );
      for (const name of ["costs", "units", "slopes"]) screens[name].show(null);
    } else {
      screens.plane.show(drawPlane(start, picture, colors));
      screens.costs.show(drawCosts(this.costs, colors));
      screens.units.show(drawUnits(start, picture, controls.values.activation, colors));
      screens.slopes.show(drawSlopes(start, picture, colors));
    }
    this.#markEmpty();
    this.#read();
  }

  // What waits for Start says so.
  #markEmpty() {
    const isOwn = this.controls.values.data === "own";
    for (const panel of this.root.querySelectorAll("[data-panel]")) {
      panel.classList.toggle(
        "is-empty",
        !this.picture && !(isOwn && panel.dataset.panel === "plane"),
      );
    }
    this.root.classList.toggle("is-empty", !this.picture);
  }

  // Beside the buttons, at each picture.
  #read() {
    const { start, picture, root } = this;
    const read = (name, text) =>
      (root.querySelector(`[data-read=${name}]`).textContent = text);
    const isRegression = this.controls.values.data === "sine";
    read("how", isRegression ? "Typical error" : "Right");
    read("step", picture?.step ?? 0);
    read("cost", picture ? few(picture.cost) : "–");
    read(
      "right",
      !picture
        ? "–"
        : isRegression
          ? few(words.typicalError(picture))
          : percent(picture.right, start.x.length),
    );
    root.classList.toggle("is-regression", isRegression);
  }

  get #goal() {
    return `This link leads to step ${this.replayTo}: ${this.picture?.step ? "Go on" : "Start"} trains up to there.`;
  }

  // For those who hear, and in the table: now and then, and when it stops.
  #tell(isLast) {
    const { start, picture } = this;
    if (!picture) return this.#say("");
    const now = performance.now();
    if (isLast || now - this.#described > DESCRIBE_EVERY) {
      this.#described = now;
      for (const [name, screen] of Object.entries(this.screens))
        screen.say(words.described(name, start, picture, this.costs));
      const rows = words.numbers(start, picture).map(([name, value]) => {
        const row = document.createElement("tr");
        row.append(
          Object.assign(document.createElement("th"), {
            scope: "row",
            textContent: name,
          }),
          Object.assign(document.createElement("td"), { textContent: value }),
        );
        return row;
      });
      this.root.querySelector(".play-numbers tbody").replaceChildren(...rows);
    }
    if (isLast || now - this.#said > SAY_EVERY) {
      this.#said = now;
      this.#say(
        words.state(start, picture) +
          (isLast && this.replayTo > picture.step ? ` ${this.#goal}` : ""),
      );
    }
  }

  #say(text) {
    const status = this.root.querySelector(".play-says");
    if (status.textContent !== text) status.textContent = text;
  }

  #complain(text) {
    const place = this.root.querySelector(".play-trouble");
    place.hidden = !text;
    place.textContent = text;
  }

  #progress({ bytes, expected }) {
    const isThere = bytes >= expected;
    this.#say(isThere ? "Python is starting" : "Python is on its way");
    Object.assign(this.root.querySelector("progress"), {
      hidden: isThere,
      max: expected,
      value: bytes,
    });
  }

  #show() {
    const { go } = this.buttons;
    go.textContent = this.#isTraining
      ? "Pause"
      : this.picture?.step
        ? "Go on"
        : "Start";
  }
}

const root = document.querySelector(".playground");
new Playground(root, new URL("./", document.currentScript.src).href);
