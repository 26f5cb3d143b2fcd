// Previews: what a link to an equation, a figure or a term leads to, in a card beside the link. It comes when the pointer
// rests on the link or the keyboard reaches it, stays while the pointer is on it, and goes with Escape.
{
  const LINKS = "a[href*='#equation-eq-'], a[href*='#fig-'], a[href*='#term-']";
  const REST = 250; // milliseconds until it comes, and until it goes
  const pages = new Map(); // name of a page: promise of its previews
  const arrived = new Map(); // name of a page: what to do with them

  // Called by the script of a page.
  window.keepPreviews = (page, previews) => arrived.get(page)(previews);

  function previewsOf(page) {
    if (!pages.has(page)) {
      pages.set(
        page,
        new Promise((resolve) => {
          arrived.set(page, resolve);
          const src = `${document.documentElement.dataset.content_root}_static/previews/${page}.js`;
          const script = Object.assign(document.createElement("script"), { src });
          script.onerror = () => resolve({}); // without a preview a link is still a link
          document.head.append(script);
        }),
      );
    }
    return pages.get(page);
  }

  const card = Object.assign(document.createElement("div"), {
    className: "preview bd-article",
    popover: "manual",
    ariaHidden: "true",
  });
  document.body.append(card);
  let timer = null;
  let wanted = null; // the link whose card is shown or on its way

  function place(link) {
    const gap = 8;
    const lines = link.getClientRects();
    const [above, below] = [
      lines[0].top - 2 * gap,
      innerHeight - lines[lines.length - 1].bottom - 2 * gap,
    ];
    card.style.maxHeight = "";
    const isBelow = card.offsetHeight <= below || below >= above;
    card.style.maxHeight = `${isBelow ? below : above}px`;
    card.style.left = `${Math.max(gap, Math.min(lines[0].left, document.documentElement.clientWidth - card.offsetWidth - gap))}px`;
    card.style.top = `${isBelow ? innerHeight - below - gap : above + gap - card.offsetHeight}px`;
  }

  // Whether the target stands on the screen anyway.
  function isInView(link) {
    if (link.pathname !== location.pathname) return false;
    const { top, bottom } = document
      .getElementById(link.hash.slice(1))
      .getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }

  async function show(link) {
    if (isInView(link)) return;
    const page =
      link.pathname
        .split("/")
        .pop()
        .replace(/\.html$/, "") || "index";
    const html = (await previewsOf(page))[link.hash.slice(1)];
    if (link !== wanted || html === undefined) return;
    card.innerHTML = html;
    card.showPopover();
    place(link);
  }

  function hide() {
    clearTimeout(timer);
    wanted = null;
    card.hidePopover();
  }

  function want(link) {
    clearTimeout(timer);
    if (link === wanted && card.matches(":popover-open")) return;
    hide();
    wanted = link;
    timer = setTimeout(show, REST, link);
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(hide, REST);
  }

  for (const link of document.querySelectorAll(LINKS)) {
    if (!link.closest("article") || link.matches(".headerlink")) continue;
    link.addEventListener(
      "pointerenter",
      ({ pointerType }) => pointerType === "mouse" && want(link),
    );
    link.addEventListener("pointerleave", leave);
    link.addEventListener("focus", () => link.matches(":focus-visible") && want(link));
    link.addEventListener("blur", leave);
  }
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leave);
  addEventListener("scroll", () => card.matches(":popover-open") && place(wanted), {
    passive: true,
  });
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}
