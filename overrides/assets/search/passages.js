// The passages in which a record answers a query, cut from its lines with a little of what stands around.

import { found } from "../words.js";

const AROUND = 110;
const MOST = 3;

/**
 * At most three passages of a record, in reading order: each has `line` (of the seed, or 0), `pieces` (text, and
 * whether it answers the query), and whether it is `cutBefore` and `cutAfter`. Each term shows itself if it can.
 */
export function passages(record, query) {
  const hits = record.blocks.flatMap(([start, end]) => {
    const block = readBlock(record.lines.slice(start, end));
    return found(query, block.text).map((range) => ({ ...range, block, order: start }));
  });
  const windows = [];
  const seen = new Set();
  const first = hits.filter(({ term }) => !seen.has(term) && seen.add(term));
  const take = (some, crowded) => {
    for (const hit of some) {
      const window = { ...around(hit), block: hit.block, hit };
      if (windows.length < MOST && !windows.some((other) => other.block === hit.block && crowded(window, other))) windows.push(window);
    }
  };
  take(first, ({ hit }, { start, end }) => start <= hit.start && hit.end <= end);
  take(hits, (one, other) => one.start < other.end && other.start < one.end);
  windows.sort((a, b) => a.hit.order - b.hit.order || a.start - b.start);
  return windows.map((window) => passage(window, hits.filter(({ block }) => block === window.block)));
}

function readBlock(lines) {
  const starts = [];
  let text = "";
  for (const [, words] of lines) {
    starts.push(text.length);
    text += `${words}\n`;
  }
  return { text: text.slice(0, -1), starts, numbers: lines.map(([number]) => number) };
}

function around({ start, end, block: { text } }) {
  let from = Math.max(0, start - AROUND);
  let to = Math.min(text.length, end + AROUND);
  while (from > 0 && from < start && /\S/u.test(text[from - 1])) from += 1;
  while (to < text.length && to > end && /\S/u.test(text[to])) to -= 1;
  return { start: from, end: to };
}

function passage({ block, start, end, hit }, hits) {
  const pieces = [];
  let at = start;
  const put = (to, marked) => {
    if (to > at) pieces.push({ text: block.text.slice(at, to).replace(/\s+/gu, " "), marked });
    at = Math.max(at, to);
  };
  for (const range of hits) {
    if (range.end <= at || range.end > end || range.start < start) continue;
    put(range.start, false);
    put(range.end, true);
  }
  put(end, false);
  const line = block.starts.findLastIndex((offset) => offset <= hit.start);
  return { line: block.numbers[line], pieces, cutBefore: start > 0, cutAfter: end < block.text.length };
}
