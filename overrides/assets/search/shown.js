// A record as it is shown: its head and its lines, of which as many are loaded as are needed.

export class Shown {
  #piece;
  #loaded = 1;

  /** `first` is its first piece; `piece` loads another by its number. */
  constructor({ numbers, lines, pieces, ...head }, piece) {
    Object.assign(this, head); // id, url, title, kind, date, blocks
    this.pieces = pieces;
    this.lines = [...numbered(numbers, lines)];
    this.#piece = piece;
  }

  /** Whether all lines are here. */
  get whole() {
    return this.#loaded === this.pieces;
  }

  /** Loads some more lines. */
  async more() {
    const at = this.#loaded;
    const { numbers, lines } = await this.#piece(at);
    if (at < this.#loaded) return; // somebody else has waited for the same
    this.#loaded += 1;
    this.lines.push(...numbered(numbers, lines));
  }

  /** The blocks of which lines are here, over each of which a phrase may run: `lines`, and whether they are `whole`. */
  get texts() {
    const here = this.lines.length;
    return this.blocks.filter(([start]) => start < here).map(([start, end]) => (
      { start, lines: this.lines.slice(start, end), whole: end <= here }));
  }
}

/** `[number, words]` of each line. The numbers are runs: by turns the first number, and how many lines count up from it. */
function* numbered(runs, lines) {
  let at = 0;
  for (let run = 0; run < runs.length; run += 2) {
    for (let step = 0; step < runs[run + 1]; step += 1) yield [runs[run] + step, lines[at++]];
  }
}
