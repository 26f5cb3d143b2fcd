// Sliders that set a number in a cell, and run it again; see ../sliders.py.

export class Knobs {
  #cell;
  #page;
  #isTurned = false; // since its last run began

  constructor(element, cell, page) {
    this.#cell = cell;
    this.#page = page;
    this.inputs = [...element.querySelectorAll("input")];
    for (const input of this.inputs)
      input.addEventListener("input", () => this.#turn(input));
    cell.onUpdate = () => this.#follow();
    cell.onEnd = (how) => this.#isTurned && how === "ok" && this.#draw();
    element.hidden = false;
    this.#follow();
  }

  #turn({ name, value }) {
    this.#cell.put(this.#cell.code.replace(lineOf(name), `$1${value}`));
    this.#isTurned = true;
    if (this.#cell.state === "idle") this.#draw();
  }

  // What the figure needs is made first; that the reader has turned on meanwhile is seen when the run ends.
  #draw() {
    this.#isTurned = false;
    if (this.#page.hasRunAbove(this.#cell)) this.#page.run([this.#cell]);
    else this.#page.runAbove(this.#cell, true);
  }

  // The sliders stand where the code says, whoever has changed it.
  #follow() {
    for (const input of this.inputs) {
      const found = this.#cell.code.match(lineOf(input.name));
      input.disabled = !found;
      if (found)
        input.value = input.closest(".knob").querySelector("output").value = found[2];
    }
  }
}

const lineOf = (name) => new RegExp(`^(${name} = )(-?[\\d.]+)$`, "m");
