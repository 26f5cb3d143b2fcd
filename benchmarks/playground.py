"""How many pictures a second the playground draws while it trains: `make live-times`. Chromium, from a server on this machine.

For each size, with m = 400 and 5 steps a picture: pictures a second, and the longest time in which the page drew nothing new, by
the browser's own count of frames. The second says whether the page stays responsive.
"""

import sys

from benchmarks.live_times import browser_at

SECONDS = 10
HIDDEN = (1, 8, 50)
MEASURE = """seconds => new Promise(done => {
  const step = document.querySelector("[data-read=step]")
  let pictures = 0, longest = 0, frames = 0, last = performance.now()
  const begun = last
  const watch = new MutationObserver(() => pictures++)
  watch.observe(step, {childList: true, characterData: true, subtree: true})
  function frame(now) {
    longest = Math.max(longest, now - last)
    last = now
    frames++
    if (now - begun < 1000 * seconds) return requestAnimationFrame(frame)
    watch.disconnect()
    done([pictures / seconds, frames / seconds, longest])
  }
  requestAnimationFrame(frame)
})"""


def measured(browser, address, hidden):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(
        f"{address}/playground.html#hidden={hidden}&speed=5", wait_until="networkidle"
    )
    page.locator("[data-play=go]").click()
    page.wait_for_function(
        "Number(document.querySelector('[data-read=step]').textContent) >= 50",
        timeout=120_000,
    )
    found = page.evaluate(MEASURE, SECONDS)
    page.close()
    return found


def main(folder):
    with browser_at(folder) as (browser, address):
        for hidden in HIDDEN:
            pictures, frames, longest = measured(browser, address, hidden)
            print(
                f"n_h = {hidden:2}   {pictures:5.1f} pictures a second   {frames:5.1f} frames   longest without a frame {longest:4.0f} ms"
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
