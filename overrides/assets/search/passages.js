// The passages in which a record answers a query, cut from its lines with a little of what stands around.

import { found } from "../words.js";

const AROUND = 110;
const MOST = 3;

/**
 * At most three passages of a record, in reading order: each has `line` (of the seed, or 0), `pieces` (text, and
 * whether it answers the query), and whether it is `cutBefore` and `cutAfter`. Each term shows itself if it can.
 * Of the record no more lines are loaded than that takes.
 */
export async function passages(record, query) {
  if (!query.wanted.length) return [];
  const terms = query.wanted.flat().length;
  for (;;) {
    const hits = record.texts.flatMap((text) => hitsIn(text, query));
    const windows = chosen(hits);
    const settled = windows.length === MOST && new Set(hits.map(({ term }) => term)).size === terms;
    if (settled || record.whole) return windows.map((window) => passage(window, hits.filter(({ block }) => block === window.block)));
    await record.more();
  }
}

/** Where a block answers. What is so near its end that lines to come may change it is left for when they are there. */
function hitsIn({ start: order, lines, whole }, query) {
  const block = readBlock(lines);
  const until = whole ? Infinity : block.text.length - AROUND;
  return found(query, block.text).map((range) => ({ ...range, block, order })).filter(({ end }) => end < until);
}

/** The windows on at most three hits, of each term its first before any other. */
function chosen(hits) {
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
  return windows.sort((a, b) => a.hit.order - b.hit.order || a.start - b.start);
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
