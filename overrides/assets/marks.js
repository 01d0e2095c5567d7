/* Marks the words of a search in a text without changing the text: CSS highlights over ranges. */
import { fold } from "./words.js";

const WORD = /[\p{L}\p{N}]+(?:[.'’\-\/][\p{L}\p{N}]+)*/gu;

export function mark(root, query) {
  if (!root || !query || !globalThis.Highlight) return;
  const wanted = new Set((query.match(WORD) ?? []).filter((word) => word !== "OR").map(fold));
  const ranges = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("[data-editorial]")) continue;
    for (const match of node.data.matchAll(WORD)) {
      const whole = wanted.has(fold(match[0]));
      const parts = whole ? [[match.index, match[0].length]]
        : [...match[0].matchAll(/[\p{L}\p{N}]+/gu)].filter((part) => wanted.has(fold(part[0]))).map((part) => [match.index + part.index, part[0].length]);
      for (const [start, length] of parts) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, start + length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("rr-found", new Highlight(...ranges));
}
