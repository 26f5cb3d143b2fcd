// Python as the page sees it: a worker that is started when first needed, and a queue of what it has to do.

const PATIENCE = 3000; // ms in which a stopped cell may end by itself

export class Python {
  #worker = null;
  #working = null; // the job that runs
  #interrupt = null;
  #queue = [];
  #ids = 0;
  #hasStarted = false;

  // Where the files are; says: {progress(of the download), idle(), ended()}, called as things go on.
  constructor(liveUrl, pyodideUrl, says) {
    Object.assign(this, { liveUrl, pyodideUrl, says });
  }

  get isOn() {
    return this.#worker !== null;
  }

  get isBusy() {
    return this.#working !== null;
  }

  // Why Python cannot run here at all; null where it can.
  static get obstacle() {
    if (location.protocol === "file:") {
      return "Cells run where the book is served, not from a folder: “make serve”, or any web server, shows it so.";
    }
    if (typeof WebAssembly !== "object")
      return "This browser cannot run Python: it has no WebAssembly, or it is switched off.";
    if (typeof Worker !== "function")
      return "This browser cannot run Python: it has no workers, or they are switched off.";
    return null;
  }

  // A job is {kind, …, onStart(), onShown(items), onEnd(how, message, answer)}; how is "ok", "error", "stopped", "skipped", "failed" or
  // "lost".
  do(job) {
    this.#queue.push(job);
    this.#next();
  }

  #next() {
    if (this.#working || !this.#queue.length) return;
    if (!this.#worker) this.#start();
    if (!this.#worker) return; // it could not start, and all know
    this.#working ??= this.#queue.shift();
    if (this.#interrupt) this.#interrupt[0] = 0; // of a stop that came too late
    const { onStart, onShown, onEnd, cell, group, ...request } = this.#working;
    onStart?.();
    this.#worker.postMessage({ ...request, id: ++this.#ids });
  }

  #start() {
    try {
      this.#worker = new Worker(`${this.liveUrl}worker.js`, { type: "module" });
    } catch (error) {
      return this.#fail(`The browser did not let Python start: ${error.message}.`);
    }
    const mayShare =
      self.crossOriginIsolated && typeof SharedArrayBuffer === "function"; // a build of WebKit may be without
    this.#interrupt = mayShare ? new Uint8Array(new SharedArrayBuffer(1)) : null;
    const worker = this.#worker;
    worker.onmessage = ({ data }) => worker === this.#worker && this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker !== this.#worker) return;
      const reason =
        event.message ??
        "its worker was blocked or did not arrive; if the site was built anew, reload this page";
      this.#fail(
        `Python ${this.#hasStarted ? "has ended" : "could not start"}: ${reason}.`,
      );
    };
    this.#working = {
      kind: "start",
      pyodideUrl: this.pyodideUrl,
      liveUrl: this.liveUrl,
      interrupt: this.#interrupt,
      isControlled: Boolean(navigator.serviceWorker?.controller),
      codes: this.#queue.map(({ code }) => code ?? ""),
      onEnd: (how, message) => {
        this.#hasStarted = how === "ok";
        if (!this.#hasStarted) this.#fail(`Python could not start: ${message}.`);
      },
    };
  }

  #hear({ kind, id, items, message, ended, ...rest }) {
    if (id !== this.#ids) return;
    if (kind === "progress") this.says.progress(rest);
    else if (kind === "shown") this.#working?.onShown?.(items);
    else {
      const { onEnd, isStopped } = this.#working;
      this.#working = null;
      const failure = isStopped ? "stopped" : "failed"; // what the interrupt has hit may be a download
      onEnd(kind === "failed" ? failure : (ended ?? "ok"), message, rest);
      this.#next();
      if (!this.#working) this.says.idle();
    }
  }

  // Nothing goes on: end the worker, and tell all who wait.
  #fail(message) {
    const waiting = [this.#working, ...this.#queue].filter(
      (job) => job && job.kind !== "start",
    );
    this.end();
    for (const job of waiting) job.onEnd("failed", message);
    this.says.idle();
  }

  end() {
    this.#worker?.terminate();
    this.#worker = this.#working = null;
    this.#hasStarted = false;
    this.#queue = [];
    this.says.ended();
  }

  // What waits is told "stopped". The running cell is interrupted; where the browser does not allow that, or the cell does
  // not heed it, its worker ends and with it all variables.
  stop() {
    for (const job of this.#queue.splice(0)) job.onEnd("stopped");
    const job = this.#working;
    if (!job) return;
    const isStarting = job.kind === "start";
    const lose = () => {
      if (job !== this.#working) return;
      this.end();
      if (!isStarting) job.onEnd("lost");
      this.says.idle();
    };
    if (!this.#interrupt || isStarting) return lose();
    job.isStopped = true;
    this.#interrupt[0] = 2;
    setTimeout(lose, PATIENCE);
  }

  restart() {
    const jobs = [this.#working, ...this.#queue].filter(
      (job) => job && job.kind !== "start",
    );
    this.end();
    for (const job of jobs) job.onEnd("lost");
    this.says.idle();
  }

  // Take from the queue what a predicate chooses.
  drop(isDropped) {
    const dropped = this.#queue.filter(isDropped);
    this.#queue = this.#queue.filter((job) => !isDropped(job));
    for (const job of dropped) job.onEnd("skipped");
    return dropped.length;
  }
}
