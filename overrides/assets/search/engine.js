// Pagefind in a worker of its own, so that a long answer never holds up the page: asked so that it is right or an error.

globalThis.window ??= globalThis; // Pagefind asks for it wherever it runs

let engine = null; // a promise of { pagefind, lost }

onmessage = async ({ data: { turn, ...question } }) => {
  try {
    postMessage({ turn, found: await ask(question) });
  } catch (error) {
    postMessage({ turn, error: String(error.message ?? error) });
  }
};

/** For each of `paths`, the bundles of one scope: Pagefind's result ids with how well each answers. */
async function ask({ folder, bundles, paths, words }) {
  const started = await start(folder, bundles);
  const found = await Promise.all(paths.map(async (path) => {
    const { results } = await started.pagefind.search(words, { filters: { part: path } });
    return results.map(({ id, score }) => [id, score]);
  }));
  if (started.lost) {
    // What it did load stays with it, and so does the hole: the next question gets another.
    engine = null;
    throw started.lost;
  }
  return found;
}

function start(folder, bundles) {
  if (!engine) {
    const starting = load(folder, bundles);
    engine = starting;
    starting.catch(() => { if (engine === starting) engine = null; });
  }
  return engine;
}

/**
 * Pagefind with all bundles, told apart by a filter that each is given; its program stands beside the first. It answers
 * as if nothing stood in a file that did not arrive, so what it fetches is watched.
 */
async function load(folder, [first, ...others]) {
  const started = { lost: null, pagefind: null };
  const metas = new Set([first, ...others].map(({ path, meta }) => new URL(`${path}${meta}`, folder).pathname));
  watch(folder, metas, (error) => { started.lost = error; });
  const { createInstance } = await import(new URL(`${first.path}pagefind.js`, folder).href);
  const at = (path) => new URL(path, folder).pathname;
  const options = (path) => ({ mergeFilter: { part: path } });
  started.pagefind = createInstance({ basePath: at(first.path), noWorker: true, ...options(first.path) });
  await started.pagefind.init();
  for (const { path } of others) await started.pagefind.mergeIndex(at(path), options(path));
  if (started.lost) throw started.lost;
  return started;
}

const plainFetch = globalThis.fetch.bind(globalThis);

/**
 * Calls `report` with the error whenever something below `folder` is fetched and does not arrive, or if it tells of
 * another build: Pagefind numbers the records by what it calls its meta, and only these are known here.
 */
function watch(folder, metas, report) {
  globalThis.fetch = async (input, options) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    try {
      const response = await plainFetch(input, options);
      if (!response.ok && url.href.startsWith(folder)) report(new Error(`${url.pathname} answers ${response.status}`));
      if (url.pathname.endsWith(".pf_meta") && !metas.has(url.pathname)) report(new Error(`${url.pathname} is of another build`));
      return response;
    } catch (error) {
      if (url.href.startsWith(folder)) report(error);
      throw error;
    }
  };
}
