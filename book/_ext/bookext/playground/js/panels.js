// The other three drawings: the cost, the hidden units one by one, their z against the slope.

import {
  axes,
  boxOf,
  drawField,
  few,
  field,
  line,
  MARGIN,
  ticks,
  within,
} from "./paint.js";

const UNIT_SIDE = 20; // as in play.py
const EDGE = 6;
const HEIGHT_OF_WORDS = 16;
const ROOM_FOR_WORDS = 52; // narrower tiles have none
const GAP = 7;

export function drawCosts(costs, colors) {
  return (ctx, width, height) => {
    const last = costs.length - 1;
    const highest = costs.reduce((a, b) => Math.max(a, b), 0);
    const box = boxOf(width, height, [0, Math.max(last, 10), 0, highest * 1.06 || 1]);
    axes(ctx, box, colors, { xTicks: ticks(0, box.right, 4) });
    ctx.strokeStyle = ctx.fillStyle = colors.ink;
    ctx.lineWidth = 1.6;
    // Where a column of the screen has many costs, it gets the lowest and the highest of them.
    const each = Math.max(1, Math.floor(last / box.w / 2));
    const places = [];
    for (let i = 0; i < last; i += each) {
      const some = costs.slice(i, i + each);
      for (const J of each > 1 ? [Math.min(...some), Math.max(...some)] : some)
        places.push([box.atX(i), box.atY(J)]);
    }
    const end = [box.atX(last), box.atY(costs[last])];
    line(ctx, [...places, end]);
    ctx.beginPath();
    ctx.arc(...end, 3.6, 0, 2 * Math.PI);
    ctx.fill();
  };
}

// Columns and rows of tiles that fill a place best: as near to the wanted shape as can be.
function tiling(count, width, height) {
  let best = { size: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const w = (width - GAP * (columns - 1)) / columns;
    const words = w >= ROOM_FOR_WORDS ? HEIGHT_OF_WORDS : 0;
    const h = (height - GAP * (rows - 1)) / rows - words;
    const size = Math.min(w, h * 1.25);
    if (size > best.size) best = { size, columns, w, h: Math.min(h, 1.3 * w), words };
  }
  return best;
}

const BOUNDED = { sigmoid: [0, 1], tanh: [-1, 1] };

export function rangeOfUnits(units, activation) {
  if (BOUNDED[activation]) return BOUNDED[activation];
  const [low, high] = [
    units.reduce((a, b) => Math.min(a, b), 0),
    units.reduce((a, b) => Math.max(a, b), 0),
  ];
  return high > low ? [low, high] : [low, low + 1];
}

// The line z = 0 of a unit within a tile, if it has a direction.
function drawOwnLine(ctx, box, [w1, w2, b]) {
  const length = Math.hypot(w1, w2);
  if (!length) return;
  const [centerX, centerY] = [(box.left + box.right) / 2, (box.bottom + box.top) / 2];
  const off = (w1 * centerX + w2 * centerY + b) / length ** 2;
  const [x, y] = [centerX - off * w1, centerY - off * w2];
  const far = (box.right - box.left + box.top - box.bottom) / length;
  line(
    ctx,
    [-far, far].map((t) => [box.atX(x - t * w2), box.atY(y + t * w1)]),
  );
}

export function drawUnits(start, picture, activation, colors) {
  const count = picture.out.length;
  const each = picture.units.length / count;
  const isPlane = start.classes.length > 0;
  const [low, high] = rangeOfUnits(picture.units, activation);
  const [left, right] = start.window;
  return (ctx, width, height) => {
    const { columns, w, h, words } = tiling(count, width, height);
    for (let j = 0; j < count; j += 1) {
      const [x, y] = [
        (j % columns) * (w + GAP),
        Math.floor(j / columns) * (h + words + GAP),
      ];
      const margin = { left: x, top: y, right: width - x - w, bottom: height - y - h };
      const a = picture.units.slice(j * each, (j + 1) * each);
      const box = boxOf(
        width,
        height,
        isPlane ? start.window : [left, right, low, high],
        margin,
      );
      ctx.strokeStyle = colors.rule;
      ctx.lineWidth = 1;
      ctx.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
      if (isPlane)
        drawField(
          ctx,
          box,
          field(a, UNIT_SIDE, (value) => [
            colors.layer1,
            (0.9 * (value - low)) / (high - low),
          ]),
          UNIT_SIDE,
        );
      within(ctx, box, () => {
        ctx.strokeStyle = isPlane ? colors.ink : colors.layer1;
        ctx.lineWidth = isPlane ? 1.2 : 1.8;
        if (isPlane) drawOwnLine(ctx, box, picture.lines.slice(3 * j, 3 * j + 3));
        else
          line(
            ctx,
            Array.from(a, (value, i) => [box.x + (i / (each - 1)) * w, box.atY(value)]),
          );
      });
      if (!words) continue;
      ctx.fillStyle = colors.muted;
      ctx.textAlign = "center";
      ctx.textBaseline = "top";
      ctx.fillText(
        picture.silent[j] ? "flat" : few(picture.out[j], 2),
        x + w / 2,
        y + h + 2,
      );
    }
  };
}

export function drawSlopes(start, picture, colors) {
  const most = Math.max(...picture.counts);
  const highest = Math.max(...start.slope);
  return (ctx, width, height) => {
    const box = boxOf(width, height, [-EDGE, EDGE, 0, highest * 1.08], {
      ...MARGIN,
      right: 16,
    });
    const named = (z) => (z === -EDGE ? "≤ −6" : z === EDGE ? "≥ 6" : few(z));
    const bar = box.w / picture.counts.length;
    ctx.fillStyle = colors.layer1;
    ctx.globalAlpha = 0.55;
    picture.counts.forEach((count, i) => {
      const high = (count / most) * (box.h / 1.08);
      ctx.fillRect(box.x + i * bar, box.y + box.h - high, bar - 0.8, high);
    });
    ctx.globalAlpha = 1;
    axes(ctx, box, colors, {
      xTicks: [-6, -4, -2, 0, 2, 4, 6],
      yTicks: ticks(0, highest, 4),
      named,
    });
    ctx.strokeStyle = colors.slope;
    ctx.lineWidth = 2.2;
    ctx.setLineDash([6, 4]);
    line(
      ctx,
      Array.from(start.slope, (slope, i) => [
        box.x + (i / (start.slope.length - 1)) * box.w,
        box.atY(slope),
      ]),
    );
    ctx.setLineDash([]);
  };
}
