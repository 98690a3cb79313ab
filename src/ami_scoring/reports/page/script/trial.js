// Totals, ranks and statuses by other weights: what scoring/marks/engine.py and scoring/places do, number for number.

/** @param {bigint} a @param {bigint} b */
const common = (a, b) => (a / divisor(a, b)) * b;

/** @param {Open} open @returns {[Exact | null, Exact, Exact]} */
const opened = (open) => (typeof open === "string" ? [open, open, open] : open);

/** The raw marks of each candidature as whole numbers over one denominator, worked out once.
 * @type {{denominator: bigint, marks: Points[][]} | null} */
let known = null;

/** @param {Data} data */
function wholeMarks(data) {
  if (known) return known;
  const texts = new Set(data.ranked.flatMap((row) => (row.m || []).flatMap((mark) => opened(mark))));
  const read = new Map([...texts].filter((text) => text !== null).map((text) => [text, exact(text)]));
  let denominator = 1n;
  for (const number of read.values()) denominator = common(denominator, number.d);
  const whole = new Map([...read].map(([text, number]) => [text, number.n * (denominator / number.d)]));
  const of = (/** @type {Exact} */ text) => /** @type {bigint} */ (whole.get(text));
  const marks = data.ranked.map((row) =>
    (row.m || []).map((mark) => {
      const [points, low, high] = opened(mark);
      return { points: points === null ? null : of(points), low: of(low), high: of(high) };
    }),
  );
  known = { denominator, marks };
  return known;
}

/** Give every weight in force: a criterion made of others weighs what they do. @param {Policy} policy
 * @param {Map<string, Ratio>} changed @returns {Ratio[]} */
function weightsOf(policy, changed) {
  const weights = policy.nodes.map((node) => changed.get(node.id) || exact(node.weight));
  for (let place = policy.nodes.length - 1; place >= 0; place--) {
    const node = policy.nodes[place];
    const below = policy.nodes.map((each, i) => i).filter((i) => policy.nodes[i].parent === place && policy.nodes[i].counts);
    const same = below.every((i) => compared(weights[i], exact(policy.nodes[i].weight)) === 0);
    if (!node.leaf && !node.capped && !same) weights[place] = below.map((i) => weights[i]).reduce(plus);
  }
  return weights;
}

/** @param {Data} data @param {Settings} settings @returns {Outcome} */
function tried(data, settings) {
  const policy = /** @type {Policy} */ (data.policy);
  const { denominator, marks } = wholeMarks(data);
  const weights = weightsOf(policy, settings.weights);
  const factors = policy.nodes.map((node, i) =>
    !node.leaf || node.open || !exact(node.top).n ? ratio(1n) : times(weights[i], { n: exact(node.top).d, d: exact(node.top).n }),
  );
  const bounds = weights.filter((_, i) => policy.nodes[i].capped);
  const shared = [...factors, ...bounds].reduce((so, each) => common(so, ratio(each.n, each.d).d), 1n);
  const scale = denominator * shared;
  const steps = factors.map((factor) => {
    const { n, d } = ratio(factor.n, factor.d);
    return n * (shared / d);
  });
  const caps = weights.map((weight) => ({ n: weight.n * scale, d: weight.d }));
  const placed = data.ranked.map((row, i) => added(policy, row, marks[i], steps, caps, shared));
  rank(policy, placed);
  const chosen = select(policy, settings, placed, scale, weights);
  return { placed, scale, weights, ...chosen };
}

/** @param {Policy} policy @param {Row} row @param {Points[]} marks @param {bigint[]} steps @param {Ratio[]} caps
 * @param {bigint} shared @returns {Placed} */
function added(policy, row, marks, steps, caps, shared) {
  /** @type {Points[]} */
  const nodes = [];
  /** @type {(bigint | null)[]} */
  const raw = [];
  const sums = policy.nodes.map(() => ({ points: /** @type {bigint | null} */ (0n), low: 0n, high: 0n }));
  const all = { points: /** @type {bigint | null} */ (0n), low: 0n, high: 0n };
  let leaf = marks.length;
  for (let place = policy.nodes.length - 1; place >= 0; place--) {
    const node = policy.nodes[place];
    if (node.leaf) {
      const mark = marks[--leaf];
      const low = mark.low * steps[place];
      const high = mark.high === mark.low ? low : mark.high * steps[place];
      const points = mark.points === null ? null : mark.points === mark.low ? low : mark.points * steps[place];
      nodes[place] = low <= high ? { points, low, high } : { points, low: high, high: low };
      raw[place] = mark.points === null ? null : mark.points * shared;
    } else {
      nodes[place] = node.capped ? capped(sums[place], caps[place]) : sums[place];
      raw[place] = nodes[place].points;
    }
    const above = node.parent < 0 ? all : sums[node.parent];
    above.points = sumOf(above.points, nodes[place].points);
    above.low += nodes[place].low;
    above.high += nodes[place].high;
  }
  const { points: total, low, high } = all;
  return { row, nodes, raw, total, low, high, rank: null, best: 0, worst: 0, tied: false, status: -1, granted: null };
}

/** Nothing where either is on hold. @param {bigint | null} a @param {bigint | null} b */
const sumOf = (a, b) => (a === null || b === null ? null : a + b);

/** @param {Points} sum @param {Ratio} cap @returns {Points} */
function capped(sum, cap) {
  const within = (/** @type {bigint} */ each) => (each * cap.d > cap.n ? cap.n / cap.d : each);
  return { points: sum.points === null ? null : within(sum.points), low: within(sum.low), high: within(sum.high) };
}

/** @typedef {(bigint | number)[]} Key */

/** Compare two keys; one that is the beginning of another is its equal. @param {Key} a @param {Key} b @returns {number} */
function inOrder(a, b) {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Give a number that compares faster, where it says the same exactly. @param {bigint} points */
const narrow = (points) => (points <= SAFE && points >= -SAFE ? Number(points) : points);

/** @param {Policy} policy @param {Placed} one */
const isOpen = (policy, one) =>
  one.low !== one.high || policy.ties.some((node, i) => (node === null ? Array.isArray((one.row.t || [])[i]) : one.nodes[node].low !== one.nodes[node].high));

/** @param {Policy} policy @param {Placed} one @param {"low" | "high" | "settled"} side @returns {Key} */
function keyOf(policy, one, side) {
  const value = (/** @type {Points} */ each) => narrow(side === "high" ? each.high : side === "low" ? each.low : (each.points ?? each.low));
  /** @type {Key} */
  const key = [value({ points: one.total, low: one.low, high: one.high })];
  policy.ties.forEach((node, i) => {
    const place = (one.row.t || [])[i];
    if (node !== null) key.push(value(one.nodes[node]));
    else key.push(typeof place === "number" ? place : place[side === "high" ? 1 : 0]);
  });
  return key;
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

/** @typedef {{one: Placed, low: Key, high: Key, firm: Key | null}} Keyed */

/** Where a tie-break may find a value missing: the equals that it should have told apart stay equal.
 * @param {Policy} policy @param {Keyed[]} keyed */
function blanksOf(policy, keyed) {
  return policy.ties.flatMap((node, i) => {
    const blank = node === null ? keyed.filter(({ one }) => Array.isArray((one.row.t || [])[i])) : [];
    if (!blank.length) return [];
    const part = (/** @type {Key} */ key) => key.slice(0, i + 1);
    const firms = new Set(blank.flatMap(({ firm }) => (firm ? [part(firm).join()] : [])));
    const [lows, highs] = [blank.map(({ low }) => part(low)).sort(inOrder), blank.map(({ high }) => part(high)).sort(inOrder)];
    return [{ part, firms, lows, highs }];
  });
}

/** @param {Policy} policy @param {Placed[]} placed */
function rank(policy, placed) {
  const keyed = placed.map((one) => {
    const low = keyOf(policy, one, "low");
    const open = isOpen(policy, one);
    const high = open ? keyOf(policy, one, "high") : low;
    const firm = one.total === null || one.row.p ? null : open ? keyOf(policy, one, "settled") : low;
    return { one, low, high, firm };
  });
  const blanks = blanksOf(policy, keyed);
  const shared = (/** @type {Key} */ key) => {
    for (const { part, lows, highs } of blanks) {
      if (lows.length - ahead(lows, part(key)) > behind(highs, part(key))) return part(key);
    }
    return key;
  };
  const lows = keyed.flatMap(({ firm, low }) => (firm ? [low] : [])).sort(inOrder);
  const settled = keyed.every(({ low, high, firm }) => low === high && firm === low);
  for (const each of keyed) {
    const level = blanks.find(({ part, firms }) => each.firm && firms.has(part(each.firm).join()));
    if (level && each.firm) each.firm = level.part(each.firm);
  }
  const firms = settled ? lows : keyed.flatMap(({ firm }) => (firm ? [firm] : [])).sort(inOrder);
  const highs = settled ? lows : keyed.map(({ high }) => high).sort(inOrder);
  for (const { one, low, high, firm } of keyed) {
    one.best = ahead(lows, shared(high)) + 1;
    one.worst = ahead(highs, low) + (inOrder(high, low) > 0 ? 0 : 1) + policy.unread;
    one.rank = firm && ahead(firms, firm) + 1;
    const next = firm && firms[firms.length - ahead(firms, firm) - 2];
    one.tied = !!firm && !!next && inOrder(next, firm) === 0;
  }
  placed.sort(
    (a, b) =>
      +(a.rank === null) - +(b.rank === null) ||
      (a.rank || 0) - (b.rank || 0) ||
      (a.rank === null ? inOrder([b.high, b.low], [a.high, a.low]) : 0) ||
      (a.row.r < b.row.r ? -1 : 1),
  );
}
