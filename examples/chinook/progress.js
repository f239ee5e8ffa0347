const WIDTH = 30;

/** A bar that grows on a terminal; in a log only the line that ends it. */
export class Progress {
  #done = 0;

  /** @param {string} label @param {number} total */
  constructor(label, total) {
    this.label = label.padEnd(12);
    this.total = total;
  }

  /** @param {number} count rows more than before */
  advance(count) {
    this.#done += count;
    const filled = Math.round((this.#done / this.total) * WIDTH);
    this.#draw(`${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${this.#done} of ${this.total}`);
  }

  /** @param {string} outcome */
  end(outcome) {
    this.#draw('');
    console.log(`  ${this.label} ${outcome}`);
  }

  /** @param {string} text */
  #draw(text) {
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${text && `  ${this.label} ${text}`}`);
  }
}
