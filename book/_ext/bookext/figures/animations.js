// The player of films: a button that starts and stops, a slider, and the name of the moment. Nothing moves by itself.

const PER_SECOND = 5;
const waiting = new Map(); // name of a film: what to do when its drawings are there

// Called by the script of a film.
function showFilm(name, film) {
  waiting.get(name)?.(film);
}

const make = (tag, properties) =>
  Object.assign(document.createElement(tag), properties);

function drawings(name) {
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const root = document.documentElement.dataset.content_root;
    const script = make("script", { src: `${root}_static/films/${name}.js` });
    script.onerror = () => reject(new Error(`the drawings of ${name} did not arrive`));
    document.head.append(script);
  });
}

// The film as inline SVG in place of the still pictures; a function that shows a moment.
function screen(figure, film) {
  const stills = [...figure.querySelectorAll("img:not(.live-picture)")];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = {
    viewBox: `0 0 ${film.width} ${film.height}`,
    width: (film.width * 4) / 3,
    height: (film.height * 4) / 3,
    role: "img",
    "aria-label": stills[0].alt,
    "stroke-linejoin": "round",
    class: "film-screen",
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const places = film.parts.map(() =>
    svg.appendChild(document.createElementNS(svg.namespaceURI, "g")),
  );
  const isDark = () => document.documentElement.dataset.theme === "dark";
  const colored = (text) =>
    isDark()
      ? text.replace(/(?<=: )#[0-9a-f]{6}\b/g, (color) => film.dark[color] ?? color)
      : text;
  let shown = film.labels.length - 1;
  const drawPart = (part, i) =>
    (places[i].innerHTML = colored(Array.isArray(part) ? part[shown] : part));
  const drawAll = () => {
    svg.setAttribute("fill", isDark() ? film.dark["#000000"] : "#000000");
    film.parts.forEach(drawPart);
  };
  drawAll();
  new MutationObserver(drawAll).observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });
  stills[0].before(svg);
  for (const still of stills) still.hidden = true;
  return (moment) => {
    shown = moment;
    film.parts.forEach((part, i) => Array.isArray(part) && drawPart(part, i));
  };
}

function addPlayer(figure) {
  const button = make("button", {
    type: "button",
    className: "btn film-button",
    textContent: "Play",
  });
  const slider = make("input", { type: "range", max: 1, value: 1 }); // the still is the last moment
  const said = make("output", { textContent: "" });
  const number = figure.querySelector(".caption-number")?.textContent.trim() ?? "";
  slider.ariaLabel = `Moment of ${number}`;
  const player = make("div", { className: "film-player" });
  player.append(button, slider, said);
  figure.querySelector("figcaption").before(player);

  let film = null;
  let show = null;
  let timer = null;
  let ready = null;

  const move = (moment) => {
    slider.value = moment;
    show(moment);
    said.textContent = film.labels[moment];
    slider.setAttribute("aria-valuetext", film.labels[moment]);
  };
  const name = (word) => {
    button.textContent = word;
    button.ariaLabel = `${word} ${number}`;
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    name("Play");
    said.ariaLive = "polite";
  };
  const play = () => {
    name("Pause");
    said.ariaLive = "off"; // while it plays, every moment would be read out
    if (Number(slider.value) >= film.labels.length - 1) move(0);
    timer = setInterval(() => {
      move(Number(slider.value) + 1);
      if (Number(slider.value) >= film.labels.length - 1) stop();
    }, 1000 / PER_SECOND);
  };
  // Whether the drawings have come, which are fetched when first asked for.
  const fetched = async () => {
    button.disabled = true;
    try {
      film = await drawings(figure.id);
    } catch (error) {
      said.textContent = `${error.message}.`;
      ready = null;
      return false;
    } finally {
      button.disabled = false;
    }
    const at = slider.value / slider.max;
    show = screen(figure, film);
    slider.max = film.labels.length - 1;
    slider.value = at * slider.max;
    return true;
  };
  const isReady = () => (ready ??= fetched());

  slider.addEventListener("focus", isReady); // so that it has its moments before it is moved
  slider.addEventListener("input", async () => {
    stop();
    if (await isReady()) move(Number(slider.value));
  });
  button.addEventListener("click", async () => {
    if (timer !== null) return stop();
    if (!(await isReady())) return;
    button.focus();
    play();
  });
  name("Play");
}

document.querySelectorAll("figure.film").forEach(addPlayer);
