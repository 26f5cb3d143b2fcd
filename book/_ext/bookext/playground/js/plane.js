// What the network computes: the plane with its boundary and the examples, or for one input the curve.

import {
  axes,
  boxOf,
  disc,
  drawField,
  field,
  line,
  triangle,
  within,
} from "./paint.js";

const SIDE = 60; // of the field, as in play.py
const STRENGTH = 0.38; // of the tint where the network is sure
const sizeFor = (count) => (count > 150 ? 3.2 : 4.8); // of a mark

// Where a field crosses one half, as pieces of lines in units of its grid.
export function crossings(values, side, level = 0.5) {
  const found = [];
  const at = (i, j) => values[j * side + i] - level;
  for (let j = 0; j < side - 1; j += 1) {
    for (let i = 0; i < side - 1; i += 1) {
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ];
      const ends = [];
      corners.forEach(([x, y], k) => {
        const [x2, y2] = corners[(k + 1) % 4];
        const [a, b] = [at(x, y), at(x2, y2)];
        if (a < 0 === b < 0) return;
        const t = a / (a - b);
        ends.push([x + t * (x2 - x), y + t * (y2 - y)]);
      });
      for (let k = 0; k + 1 < ends.length; k += 2) found.push([ends[k], ends[k + 1]]);
    }
  }
  return found;
}

function drawBoundary(ctx, box, values, colors) {
  const place = ([i, j]) => [
    box.x + (i / (SIDE - 1)) * box.w,
    box.y + (1 - j / (SIDE - 1)) * box.h,
  ];
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  for (const [from, to] of crossings(values, SIDE)) {
    ctx.moveTo(...place(from));
    ctx.lineTo(...place(to));
  }
  ctx.stroke();
}

// The examples stand still, so they are drawn once for a size and its colors.
let kept = { key: null, layer: null };

function examplesLayer(ctx, box, width, height, { x, y, classes }, colors) {
  const scale = ctx.getTransform().a;
  const key = [x, width, height, scale, colors];
  if (!kept.key || key.some((part, i) => part !== kept.key[i])) {
    const layer = new OffscreenCanvas(width * scale, height * scale);
    const own = layer.getContext("2d");
    own.scale(scale, scale);
    drawExamples(own, box, { x, y, classes }, colors);
    kept = { key, layer };
  }
  return kept.layer;
}

function drawExamples(ctx, box, { x, y, classes }, colors) {
  ctx.lineWidth = 0.6;
  ctx.strokeStyle = colors.paper;
  for (let i = 0; i < x.length; i += 1) {
    const mark = classes.length && classes[i] ? triangle : disc;
    mark(ctx, box.atX(x[i]), box.atY(y[i]), classes.length ? sizeFor(x.length) : 2.2);
    ctx.fillStyle = !classes.length
      ? colors.muted
      : classes[i]
        ? colors.class1
        : colors.class0;
    ctx.fill();
    ctx.stroke();
  }
}

// What is to be drawn on the plane; picture: null while only the reader's points are there.
export function drawPlane(start, picture, colors) {
  return (ctx, width, height) => {
    const box = boxOf(width, height, start.window);
    const hasClasses = start.classes.length > 0 || !picture;
    if (picture && hasClasses) {
      const tint = (p) => [
        p > 0.5 ? colors.class1 : colors.class0,
        STRENGTH * Math.min(1, Math.abs(2 * p - 1)),
      ];
      drawField(ctx, box, field(picture.plane, SIDE, tint), SIDE);
    }
    axes(ctx, box, colors);
    ctx.drawImage(
      examplesLayer(ctx, box, width, height, start, colors),
      0,
      0,
      width,
      height,
    );
    if (!picture) return;
    within(ctx, box, () => {
      if (hasClasses) return drawBoundary(ctx, box, picture.plane, colors);
      ctx.strokeStyle = colors.layer2;
      ctx.lineWidth = 2.4;
      line(
        ctx,
        Array.from(picture.plane, (a, i) => [
          box.x + (i / (picture.plane.length - 1)) * box.w,
          box.atY(a),
        ]),
      );
    });
  };
}
