// What all drawings share: a canvas in the resolution of the screen, the book's colors, axes, numbers.

const NAMES = [
  "class0",
  "class1",
  "slope",
  "layer1",
  "layer2",
  "ink",
  "muted",
  "rule",
  "paper",
];

export function colorsOf(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  );
}

// A number in as few letters as tell it.
export function few(x, digits = 3) {
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text =
    size >= 1e5 || size < 1e-3
      ? x.toExponential(1)
      : String(Number(x.toPrecision(digits)));
  return text.replaceAll("-", "−").replace("e+", "e");
}

// Of whole numbers: 100 * 0.29 is less than 29.
export const percent = (part, whole) => `${Math.floor((100 * part) / whole)} %`;

export const MARGIN = { left: 38, right: 10, top: 8, bottom: 24 };

// The part of a canvas within its margins, and how numbers become places there.
export function boxOf(width, height, [left, right, bottom, top], margin = MARGIN) {
  const box = {
    x: margin.left,
    y: margin.top,
    w: width - margin.left - margin.right,
    h: height - margin.top - margin.bottom,
  };
  box.atX = (x) => box.x + ((x - left) / (right - left)) * box.w;
  box.atY = (y) => box.y + (1 - (y - bottom) / (top - bottom)) * box.h;
  return Object.assign(box, { left, right, bottom, top });
}

// Round numbers between two, some five of them.
export function ticks(low, high, count = 5) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(10)),
  );
}

export function axes(ctx, box, colors, { xTicks, yTicks, named = few } = {}) {
  ctx.strokeStyle = colors.rule;
  ctx.fillStyle = colors.muted;
  ctx.lineWidth = 1;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  for (const x of xTicks ?? ticks(box.left, box.right)) {
    ctx.fillText(named(x), box.atX(x), box.y + box.h + 6);
    line(ctx, [
      [box.atX(x), box.y + box.h],
      [box.atX(x), box.y + box.h + 4],
    ]);
  }
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  for (const y of yTicks ?? ticks(box.bottom, box.top)) {
    ctx.fillText(few(y), box.x - 7, box.atY(y));
    line(ctx, [
      [box.x - 4, box.atY(y)],
      [box.x, box.atY(y)],
    ]);
  }
  line(ctx, [
    [box.x, box.y],
    [box.x, box.y + box.h],
    [box.x + box.w, box.y + box.h],
  ]);
}

export function line(ctx, places) {
  ctx.beginPath();
  for (const [x, y] of places) ctx.lineTo(x, y);
  ctx.stroke();
}

export function within(ctx, { x, y, w, h }, draw) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, w, h);
  ctx.clip();
  draw();
  ctx.restore();
}

export function disc(ctx, x, y, size) {
  ctx.beginPath();
  ctx.arc(x, y, size, 0, 2 * Math.PI);
}

export function triangle(ctx, x, y, size) {
  ctx.beginPath();
  ctx.moveTo(x, y - 1.2 * size);
  ctx.lineTo(x + 1.1 * size, y + 0.8 * size);
  ctx.lineTo(x - 1.1 * size, y + 0.8 * size);
  ctx.closePath();
}

const rgb = (color) => [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));

// A field of side * side numbers as a picture, its first row at the bottom; tint(value) gives [color, strength from 0 to 1].
export function field(values, side, tint) {
  const canvas = new OffscreenCanvas(side, side);
  const ctx = canvas.getContext("2d");
  const image = ctx.createImageData(side, side);
  const parts = new Map();
  values.forEach((value, i) => {
    const [color, strength] = tint(value);
    if (!parts.has(color)) parts.set(color, rgb(color));
    const at = 4 * ((side - 1 - Math.floor(i / side)) * side + (i % side));
    image.data.set(parts.get(color), at);
    image.data[at + 3] = 255 * strength;
  });
  ctx.putImageData(image, 0, 0);
  return canvas;
}

// Its numbers stand at points of the box, the outermost at its edges.
export function drawField(ctx, box, picture, side) {
  const [halfX, halfY] = [box.w / (side - 1) / 2, box.h / (side - 1) / 2];
  within(ctx, box, () =>
    ctx.drawImage(
      picture,
      box.x - halfX,
      box.y - halfY,
      box.w + 2 * halfX,
      box.h + 2 * halfY,
    ),
  );
}

// One canvas of the page.
export class Screen {
  #canvas;
  #draw = null; // (ctx, width, height), of what is shown now

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.redraw()).observe(canvas.parentElement);
  }

  show(draw) {
    this.#draw = draw;
    this.redraw();
  }

  redraw() {
    const { clientWidth: width, clientHeight: height } = this.#canvas.parentElement;
    if (!width || !height) return;
    const scale = devicePixelRatio || 1;
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.#canvas.width !== w || this.#canvas.height !== h)
      Object.assign(this.#canvas, { width: w, height: h });
    const ctx = this.#canvas.getContext("2d");
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, width, height);
    ctx.font = `12px ${getComputedStyle(this.#canvas).fontFamily}`;
    ctx.lineJoin = "round";
    this.#draw?.(ctx, width, height);
  }

  say(text) {
    if (this.#canvas.ariaLabel !== text) this.#canvas.ariaLabel = text;
  }
}
