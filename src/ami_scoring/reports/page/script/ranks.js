// Ranks and their ranges: what scoring/places/ranking.py does. A key is compared from left to right, higher first.

/** @typedef {Whole[]} Key */
/** @typedef {{low: Key, high: Key, firm: Key | null}} Keys */
/** @typedef {{one: Placed, low: Key, high: Key}} Keyed */

/** Compare two keys; one that is the beginning of another is its equal. @param {Key} a @param {Key} b @returns {number} */
function inOrder(a, b) {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

/** @param {Policy} policy @param {Placed} one @param {"low" | "high" | "firm"} side @param {(number | [number, number])[]} ties
 * @returns {Key} */
function keyOf(policy, one, side, ties) {
  /** @type {Key} */
  const key = [side === "high" ? one.most : side === "low" ? one.least : (one.total ?? one.least)];
  policy.ties.forEach((node, i) => {
    const place = ties[i];
    if (node !== null) key.push(side === "high" ? one.high[node] : side === "low" ? one.low[node] : (one.points[node] ?? one.low[node]));
    else key.push(/** @type {Whole} */ (typeof place === "number" ? place : place[side === "high" ? 1 : 0]));
  });
  return key;
}

/** The three are one where nothing is open. @param {Policy} policy @param {Placed} one
 * @param {(number | [number, number])[]} ties @returns {Keys} */
function keysOf(policy, one, ties) {
  const low = keyOf(policy, one, "low", ties);
  const isOpen = one.least !== one.most || policy.ties.some((node, i) => (node === null ? Array.isArray(ties[i]) : one.low[node] !== one.high[node]));
  const high = isOpen ? keyOf(policy, one, "high", ties) : low;
  return { low, high, firm: !one.firm ? null : isOpen ? keyOf(policy, one, "firm", ties) : low };
}

/** Count the keys that come after one. @param {Key[]} ascending @param {Key} key */
function ahead(ascending, key) {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (inOrder(ascending[middle], key) <= 0) from = middle + 1;
    else to = middle;
  }
  return ascending.length - from;
}

/** Count the keys that come before one. @param {Key[]} ascending @param {Key} key */
function behind(ascending, key) {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (inOrder(ascending[middle], key) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Where a tie-break may find a value missing: the equals that it should have told apart stay equal. */
class Blanks {
  /** @param {Policy} policy @param {Keyed[]} keyed @param {(row: Row) => (number | [number, number])[]} tiesOf */
  constructor(policy, keyed, tiesOf) {
    this.levels = policy.ties.flatMap((node, i) => {
      const blank = node === null ? keyed.filter(({ one }) => Array.isArray(tiesOf(one.row)[i])) : [];
      if (!blank.length) return [];
      const part = (/** @type {Key} */ key) => key.slice(0, i + 1);
      return [{ part, blank, lows: blank.map(({ low }) => part(low)).sort(inOrder), highs: blank.map(({ high }) => part(high)).sort(inOrder) }];
    });
  }

  /** Give the part of a key before the first value that might part it from an equal, and may never come. @param {Key} key */
  shared(key) {
    for (const { part, lows, highs } of this.levels) {
      const mine = part(key);
      if (lows.length - ahead(lows, mine) > behind(highs, mine)) return mine;
    }
    return key;
  }
}

/** @param {Row} row @returns {(number | [number, number])[]} */
const ownTies = (row) => row.t || [];

/** Rank, and put in the order of ranks. @param {Policy} policy @param {Placed[]} placed */
function rank(policy, placed) {
  for (const one of placed) {
    one.firm = one.total !== null && !one.row.p;
    one.keys = keysOf(policy, one, ownTies(one.row));
  }
  const settled = !policy.unread && placed.every(({ keys }) => keys && keys.low === keys.high && keys.firm === keys.low);
  if (settled) rankAsTheyStand(placed);
  else rankWithRanges(policy, placed);
}

/** @param {Placed} one @returns {Keys} */
const keysIn = (one) => /** @type {Keys} */ (one.keys);

/** @param {Placed} a @param {Placed} b */
const byReference = (a, b) => (a.row.r < b.row.r ? -1 : 1);

/** @param {Placed[]} placed */
function rankAsTheyStand(placed) {
  placed.sort((a, b) => inOrder(keysIn(b).low, keysIn(a).low) || byReference(a, b));
  placed.forEach((one, i) => {
    const previous = placed[i - 1];
    one.tied = !!previous && inOrder(keysIn(previous).low, keysIn(one).low) === 0;
    if (one.tied) previous.tied = true;
    one.rank = one.tied ? previous.rank : i + 1;
    one.best = one.worst = one.rank || 0;
  });
}

/** @param {Policy} policy @param {Placed[]} placed */
function rankWithRanges(policy, placed) {
  const keyed = placed.map((one) => ({ one, ...keysIn(one) }));
  const blanks = new Blanks(policy, keyed, ownTies);
  const lows = keyed.flatMap(({ firm, low }) => (firm ? [low] : [])).sort(inOrder);
  const cuts = blanks.levels.map(({ part, blank }) => {
    const parts = new Set(blank.flatMap(({ one }) => (one.firm && keysIn(one).firm ? [part(/** @type {Key} */ (keysIn(one).firm)).join()] : [])));
    return (/** @type {Key} */ key) => (parts.has(part(key).join()) ? part(key) : null);
  });
  const standing = keyed.map(({ firm }) => {
    for (const cut of cuts) if (firm && cut(firm)) return cut(firm);
    return firm;
  });
  const firms = standing.flatMap((key) => (key ? [key] : [])).sort(inOrder);
  const highs = keyed.map(({ high }) => high).sort(inOrder);
  keyed.forEach(({ one, low, high }, i) => {
    const firm = standing[i];
    one.best = ahead(lows, blanks.shared(high)) + 1;
    one.worst = ahead(highs, low) + (inOrder(high, low) > 0 ? 0 : 1) + policy.unread;
    one.rank = firm && ahead(firms, firm) + 1;
    const next = firm && firms[firms.length - ahead(firms, firm) - 2];
    one.tied = !!firm && !!next && inOrder(next, firm) === 0;
  });
  placed.sort(
    (a, b) =>
      +(a.rank === null) - +(b.rank === null) ||
      (a.rank || 0) - (b.rank || 0) ||
      (a.rank === null ? inOrder([b.most, b.least], [a.most, a.least]) : 0) ||
      byReference(a, b),
  );
}
