// What the playground says of the state of a network: for the table, for those who hear, and where training fails.

import { few, percent } from "./paint.js";

const count = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
const after = ({ step }) => `after ${count(step, "step")}`;

// Typical error of a regression: J is half the mean square.
export const typicalError = ({ cost }) => Math.sqrt(2 * cost);

function flat(start, picture) {
  const all = start.x.length * picture.out.length; // z, of which Python tells the share
  return percent(Math.round(picture.flat * all), all);
}

const silent = ({ silent }) => silent.reduce((a, b) => a + b, 0);

export function result(start, picture) {
  if (!start.classes.length)
    return `typical error ${few(typicalError(picture))} over ${count(start.x.length, "example")}`;
  return `${percent(picture.right, start.x.length)} of ${count(start.x.length, "example")} right`;
}

export const state = (start, picture) =>
  `Step ${picture.step}: cost ${few(picture.cost)}, ${result(start, picture)}.`;

const DESCRIBED = {
  plane: (start, picture) => {
    if (!start.classes.length)
      return `Curve of the output ${after(picture)}: ${result(start, picture)}`;
    const isCut =
      picture.plane.some((p) => p > 0.5) && picture.plane.some((p) => p <= 0.5);
    return `${isCut ? "Decision boundary" : "No decision boundary within the window"} ${after(picture)}: ${result(start, picture)}`;
  },
  costs: (start, picture, costs) =>
    `Cost over ${count(picture.step, "step")}: from ${few(picture.first)} to ${few(picture.cost)}, at the highest ${few(costs.reduce((a, b) => Math.max(a, b)))}`,
  units: (start, picture) =>
    `${count(picture.out.length, "hidden unit")} ${after(picture)}: ${picture.differ} unlike each other, ${silent(picture)} flat for every example`,
  slopes: (start, picture) =>
    `Histogram of the z of all hidden units ${after(picture)}, with the slope of the activation: ${flat(start, picture)} of them where it is nearly flat`,
};

export const described = (panel, ...all) => DESCRIBED[panel](...all);

export function numbers(start, picture) {
  const weights = picture.out.length;
  return [
    ["Step", String(picture.step)],
    ["Cost at the start", few(picture.first, 4)],
    ["Cost now", few(picture.cost, 4)],
    start.classes.length
      ? ["Examples classified right", `${picture.right} of ${start.x.length}`]
      : ["Typical error", few(typicalError(picture), 4)],
    ["Hidden units unlike each other", `${picture.differ} of ${weights}`],
    ["Hidden units flat for every example", `${silent(picture)} of ${weights}`],
    ["Share of z where the slope is nearly 0", flat(start, picture)],
  ];
}

export function trouble({ trouble, step, cost, first }) {
  const what =
    trouble === "above"
      ? `Training diverges: after step ${step} the cost is ${few(cost)}, more than ten times the ${few(first)} it began with.`
      : `Training diverges: step ${step + 1} leads to a cost that is no finite number; after step ${step} it was ${few(cost)}.`;
  return `${what} The drawings show step ${step}. Take a smaller learning rate and go on from here, or press Reset.`;
}
