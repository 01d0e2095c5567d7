// Pagefind, asked in a worker of its own.

/** The worker that has Pagefind, made when it is first asked. */
export class Engine {
  #worker = null;
  #turn = 0;
  #waiting = new Map();

  ask(question) {
    this.#turn += 1;
    const turn = this.#turn;
    return new Promise((resolve, reject) => {
      this.#waiting.set(turn, { resolve, reject });
      this.#start().postMessage({ turn, ...question });
    });
  }

  #start() {
    if (!this.#worker) {
      this.#worker = new Worker(new URL("engine.js", import.meta.url), { type: "module" });
      this.#worker.addEventListener("message", ({ data: { turn, found, error } }) => {
        const { resolve, reject } = this.#waiting.get(turn);
        this.#waiting.delete(turn);
        if (error === undefined) resolve(found);
        else reject(new Error(error));
      });
      this.#worker.addEventListener("error", (event) => {
        for (const { reject } of this.#waiting.values()) reject(new Error(event.message || "the search’s program did not load"));
        this.#waiting.clear();
        this.#worker = null;
      });
    }
    return this.#worker;
  }
}
