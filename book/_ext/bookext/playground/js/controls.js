// The controls of the playground, and the link that says how they stand. Ranges and defaults are those in the page.

const ORDER = [
  "data",
  "m",
  "seed",
  "points",
  "hidden",
  "activation",
  "output",
  "weights",
  "factor",
  "rate",
  "speed",
  "steps",
];
export const MOST_POINTS = 300;
export const MOST_STEPS = 100_000;
const SINE_RATE = "0.1";
const MOST_FAULTS = 4; // that are told, of a broken link
export const EDGE = 3; // of the plane for own points, on every side, as in play.py

const isSelect = (control) => control.tagName === "SELECT";
const defaultOf = (control) =>
  isSelect(control)
    ? [...control.options].find((option) => option.defaultSelected).value
    : control.defaultValue;
const short = (text) => (text.length > 30 ? `${text.slice(0, 30)}…` : text);

// Whether a control can have a value, and what it can have.
function allows(control, text) {
  if (isSelect(control))
    return [...control.options].some(({ value }) => value === text);
  const number = Number(text);
  const isIn =
    text.trim() !== "" &&
    number >= Number(control.min) &&
    number <= Number(control.max);
  return isIn && (control.step === "any" || Number.isInteger(number));
}

function range(control) {
  if (isSelect(control))
    return `one of ${[...control.options].map(({ value }) => value).join(", ")}`;
  return `a${control.step === "any" ? "" : " whole"} number from ${control.min} to ${control.max}`;
}

// Texts of a link that are no control: each gives its value, or null where it makes no sense.
const wholeSteps = (text) =>
  /^\d{1,6}$/.test(text) && Number(text) <= MOST_STEPS ? Number(text) : null;

function pointsIn(text) {
  const points =
    text === "" ? [] : text.split(";").map((point) => point.split(",").map(Number));
  const isPoint = (point) =>
    point.length === 3 &&
    point.slice(0, 2).every((x) => Math.abs(x) <= EDGE) &&
    [0, 1].includes(point[2]);
  return points.length <= MOST_POINTS && points.every(isPoint) ? points : null;
}

// "1.2;500:0.3": the rate at the start, and each later one with the step from which it held.
function ratesIn(text, control) {
  const rates = text.split(";").map((part, i) => {
    const [at, rate] = i === 0 ? ["0", part] : part.split(":");
    return allows(control, rate ?? "") ? [wholeSteps(at), Number(rate)] : [null];
  });
  return rates.every(([at], i) => at !== null && (i === 0 || at > rates[i - 1][0]))
    ? rates
    : null;
}

export class Controls {
  // onChange(name) is called when a reader has turned one; onFault(text) when what was typed cannot be.
  constructor(form, { onChange, onFault }) {
    this.form = form;
    this.points = []; // [x1, x2, class] of the reader's own
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => this.#follow(target));
    form.addEventListener("change", ({ target }) => {
      const control = target.dataset.logOf
        ? this.#control(target.dataset.logOf)
        : target;
      if (!ORDER.includes(control.name)) return;
      if (!allows(control, control.value)) {
        onFault(
          `${control.labels[0].textContent}: expected ${range(control)}, got “${short(control.value)}”. It stays ${this.kept[control.name]}.`,
        );
        control.value = this.kept[control.name];
        this.#follow(control);
        return;
      }
      const was = this.kept.data;
      this.#settle(was);
      onChange(control.name);
    });
    this.#settle("");
  }

  #control(name) {
    return this.form.elements.namedItem(name);
  }

  get #names() {
    return ORDER.filter((name) => this.#control(name));
  }

  // How all stand, numbers as such.
  get values() {
    const one = (control) =>
      isSelect(control) && control.name !== "speed"
        ? control.value
        : Number(control.value);
    return {
      ...Object.fromEntries(
        this.#names.map((name) => [name, one(this.#control(name))]),
      ),
      points: this.points,
    };
  }

  // Sliders beside a number move with it, and the other way round.
  #follow(control) {
    const { logOf } = control.dataset;
    if (logOf)
      this.#control(logOf).value = Number((10 ** control.value).toPrecision(2));
    const slider = this.form.querySelector(`[data-log-of="${control.name}"]`);
    if (slider && Number(control.value) > 0) slider.value = Math.log10(control.value);
    for (const output of this.form.querySelectorAll(`output[for="${control.id}"]`))
      output.textContent = control.value;
  }

  // What belongs together is made to fit; was: the data before.
  #settle(was) {
    const { data } = this.values;
    const output = this.#control("output");
    const logistic = output.querySelector("[value=logistic]");
    if (data === "sine") output.value = "linear";
    else if (was === "sine") output.value = "logistic";
    // The rate that suits the classes would diverge on the sine at once.
    const rate = this.#control("rate");
    const [from, to] =
      data === "sine" ? [defaultOf(rate), SINE_RATE] : [SINE_RATE, defaultOf(rate)];
    if (was && (data === "sine") !== (was === "sine") && rate.value === from)
      rate.value = to;
    logistic.disabled = data === "sine";
    logistic.title = logistic.disabled
      ? "The sine has real numbers as targets: its output is linear"
      : "";
    this.#control("m").disabled = data === "own";
    this.#control("factor").disabled = this.values.weights !== "normal";
    this.form.querySelector("[data-log-of=factor]").disabled =
      this.#control("factor").disabled;
    for (const name of this.#names) this.#follow(this.#control(name));
    this.kept = Object.fromEntries(
      this.#names.map((name) => [name, this.#control(name).value]),
    );
  }

  // The link of a state: what does not matter to it is left out.
  link(rates, steps) {
    const { points, ...values } = this.values;
    const rate = rates.map(([at, alpha]) => (at ? `${at}:${alpha}` : alpha)).join(";");
    const all = {
      ...values,
      rate,
      steps,
      points: points.map((point) => point.join(",")).join(";"),
    };
    const isLeftOut = {
      m: values.data === "own",
      points: values.data !== "own",
      factor: values.weights !== "normal",
    };
    return ORDER.filter((name) => !isLeftOut[name])
      .map((name) => `${name}=${all[name]}`)
      .join("&");
  }

  // Set all by a link, what it does not say as it comes; {rates, steps, faults}.
  follow(link) {
    const given = new URLSearchParams(link);
    const faults = [];
    const take = (name, read, otherwise, expected) => {
      if (!given.has(name)) return otherwise;
      const value = read(given.get(name));
      if (value === null)
        faults.push(`${name}=${short(given.get(name))} (expected ${expected})`);
      return value ?? otherwise;
    };
    for (const name of given.keys())
      if (!ORDER.includes(name))
        faults.push(`${short(name)}, which nothing here is called`);
    for (const name of this.#names.filter((name) => name !== "rate")) {
      const control = this.#control(name);
      control.value = take(
        name,
        (text) => (allows(control, text) ? text : null),
        defaultOf(control),
        range(control),
      );
    }
    const rate = this.#control("rate");
    const rates = take(
      "rate",
      (text) => ratesIn(text, rate),
      [[0, Number(defaultOf(rate))]],
      range(rate),
    );
    rate.value = rates.at(-1)[1];
    this.points = take(
      "points",
      pointsIn,
      given.get("data") === "own" ? [] : this.points,
      `at most ${MOST_POINTS} points x,y,class from -${EDGE} to ${EDGE}`,
    );
    const steps = take("steps", wholeSteps, 0, `a whole number up to ${MOST_STEPS}`);
    const { data, output } = this.values;
    if (data === "sine" && given.get("output") === "logistic")
      faults.push(`output=${output} (the sine has real numbers as targets)`);
    this.#settle("");
    return {
      rates,
      steps,
      faults:
        faults.length > MOST_FAULTS
          ? [...faults.slice(0, MOST_FAULTS), "and more"]
          : faults,
    };
  }
}
