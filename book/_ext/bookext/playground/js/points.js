// The reader's own points: put on the plane by mouse, finger or keys.

import { EDGE, MOST_POINTS } from "./controls.js";
import { few, MARGIN } from "./paint.js";

const STRIDE = 0.25; // of the cross, with Shift a fifth of it
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

const round = (x) => Number(Math.max(-EDGE, Math.min(EDGE, x)).toFixed(2));
const place = (x, y) => `${few(x)}, ${few(y)}`;

export class Points {
  #cross = [0, 0];

  // pad: what lies over the plane; onChange() after a change, onFault(text) where there can be none.
  constructor(root, controls, { onChange, onFault }) {
    Object.assign(this, { controls, onChange, onFault });
    this.pad = root.querySelector(".play-pad");
    this.parts = root.querySelectorAll(".play-own, .play-pad, .play-keys");
    this.mark = this.pad.querySelector(".play-cross");
    this.said = root.querySelector(".play-place");
    this.pad.style.inset = ["top", "right", "bottom", "left"]
      .map((side) => `${MARGIN[side]}px`)
      .join(" ");
    this.pad.addEventListener("click", (event) => this.#click(event));
    this.pad.addEventListener("keydown", (event) => this.#key(event));
    root
      .querySelector("[data-play=clear]")
      .addEventListener("click", () => this.#set([], "All points are removed"));
    this.show();
  }

  get #tool() {
    return this.controls.form.elements.namedItem("tool").value;
  }

  show() {
    for (const part of this.parts) part.hidden = this.controls.values.data !== "own";
    const [x, y] = this.#cross;
    Object.assign(this.mark.style, {
      left: `${(50 * (x + EDGE)) / EDGE}%`,
      top: `${(50 * (EDGE - y)) / EDGE}%`,
    });
  }

  #click({ clientX, clientY }) {
    const { left, top, width, height } = this.pad.getBoundingClientRect();
    this.#cross = [
      round(((clientX - left) / width) * 2 * EDGE - EDGE),
      round(EDGE - ((clientY - top) / height) * 2 * EDGE),
    ];
    this.show();
    if (this.#tool === "remove") this.#remove();
    else this.#add(Number(this.#tool));
  }

  #key(event) {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (ARROWS[key]) {
      const stride = shiftKey ? STRIDE / 5 : STRIDE;
      this.#cross = this.#cross.map((x, i) => round(x + stride * ARROWS[key][i]));
      this.show();
      this.#say(place(...this.#cross));
    } else if (["Enter", " "].includes(key)) {
      if (this.#tool === "remove") this.#remove();
      else this.#add(Number(this.#tool));
    } else if (["Delete", "Backspace"].includes(key)) this.#remove();
    else if (["0", "1"].includes(key)) {
      this.controls.form.elements.namedItem("tool").value = key;
      this.#say(`Class ${key}`);
    } else return;
    event.preventDefault();
  }

  #say(text) {
    this.said.textContent = text;
  }

  #set(points, text) {
    this.controls.points = points;
    this.#say(text);
    this.onChange();
  }

  #add(label) {
    const { points } = this.controls;
    if (points.length >= MOST_POINTS)
      return this.onFault(`There are ${MOST_POINTS} points, and there can be no more.`);
    this.#set(
      [...points, [...this.#cross, label]],
      `Class ${label} at ${place(...this.#cross)}; ${points.length + 1} in all`,
    );
  }

  #remove() {
    const { points } = this.controls;
    if (!points.length) return this.#say("There is no point to remove");
    const far = ([x, y]) => Math.hypot(x - this.#cross[0], y - this.#cross[1]);
    const nearest = points.reduce((best, point) =>
      far(point) < far(best) ? point : best,
    );
    this.#set(
      points.filter((point) => point !== nearest),
      `Removed class ${nearest[2]} at ${place(nearest[0], nearest[1])}`,
    );
  }
}
