// What the reader has typed, kept in the browser: under the page and the author's code, so that a new edition of a cell
// does not meet an old change.

const KEY = "shallow-networks:";

function keyOf(author) {
  let hash = 5381;
  for (const letter of author)
    hash = (Math.imul(hash, 33) ^ letter.codePointAt(0)) >>> 0;
  return `${KEY}${document.body.dataset.page}:${hash.toString(36)}`;
}

export function remembered(author) {
  try {
    return localStorage.getItem(keyOf(author));
  } catch {
    return null; // storage is forbidden: nothing was kept, as remember() says when something is typed
  }
}

// Null forgets. Why it could not be kept, or null.
export function remember(author, text) {
  try {
    if (text === null) localStorage.removeItem(keyOf(author));
    else localStorage.setItem(keyOf(author), text);
    return null;
  } catch (error) {
    return error.name === "QuotaExceededError"
      ? "Your change will be lost when you leave: the browser's storage for this site is full."
      : "Your change will be lost when you leave: this browser does not let the page store anything.";
  }
}
