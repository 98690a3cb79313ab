// Totals by other weights: what scoring/marks/engine.py and joint.py do, number for number. Everything is whole over one
// scale; where no number of a trial can pass 2^53, plain numbers count as exactly as big ones, and faster.

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** @param {bigint} a @param {bigint} b */
const common = (a, b) => (a / divisor(a, b)) * b;

/** @param {bigint} a */
const far = (a) => (a < 0n ? -a : a);

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

/** Find the scale on which all is whole, and what a part of a mark is worth on it. @param {Data} data @param {Policy} policy
 * @param {Ratio[]} weights @returns {Scale} */
function scaleOf(data, policy, weights) {
  const factors = policy.nodes.map((node, i) => {
    const part = ratio(1n, BigInt(node.parts));
    return !node.leaf || node.open || !exact(node.top).n ? part : times(times(weights[i], part), ratio(exact(node.top).d, exact(node.top).n));
  });
  const caps = weights.filter((_, i) => policy.nodes[i].capped);
  const size = [...factors, ...caps, ...policy.nodes.map((node) => ratio(1n, BigInt(node.parts)))].reduce((so, each) => common(so, each.d), 1n);
  const steps = factors.map(({ n, d }) => n * (size / d));
  const raws = policy.nodes.map((node) => size / BigInt(node.parts));
  const ceilings = policy.nodes.map((node, i) => (node.capped ? weights[i].n * (size / weights[i].d) : 0n));
  const { farthest, leaves } = marksOf(data);
  const reach = policy.nodes.reduce((sum, node, i) => sum + (node.leaf ? farthest[i] * (far(steps[i]) + raws[i]) : far(ceilings[i])), 0n);
  const isSmall = reach <= SAFE;
  const whole = /** @type {(each: bigint) => Whole} */ (/** @type {unknown} */ (isSmall ? Number : (/** @type {bigint} */ each) => each));
  const turns = steps.some((each) => each < 0n) ? leaves.map((node) => steps[node] < 0n) : null;
  return { size, isSmall, whole, zero: whole(0n), leaves, turns, steps: steps.map(whole), raws: raws.map(whole), ceilings: ceilings.map(whole) };
}

/** @typedef {{points: (Whole | null)[], low: Whole[], high: Whole[]}} Marks */

/** The marks of each candidature in both kinds of numbers, and how far those of each criterion go, worked out once.
 * @type {WeakMap<Data, {farthest: bigint[], small: Marks[] | null, big: Marks[] | null, leaves: number[], sources: Row[]}>} */
const known = new WeakMap();

/** @param {Data} data */
function marksOf(data) {
  const found = known.get(data);
  if (found) return found;
  const policy = /** @type {Policy} */ (data.policy);
  const leaves = policy.nodes.flatMap((node, i) => (node.leaf ? [i] : []));
  const farthest = policy.nodes.map(() => 0);
  /** @type {Map<number, bigint>} */
  const beyond = new Map();
  const note = (/** @type {number} */ node, /** @type {number | string | null} */ each) => {
    if (typeof each === "number") farthest[node] = Math.max(farthest[node], Math.abs(each));
    else if (each !== null && far(BigInt(each)) > (beyond.get(node) || 0n)) beyond.set(node, far(BigInt(each)));
  };
  const sources = [...data.ranked, ...policy.others];
  for (const row of sources) {
    (row.m || []).forEach((mark, leaf) => {
      if (Array.isArray(mark)) for (const each of mark) note(leaves[leaf], each);
      else note(leaves[leaf], mark);
    });
  }
  for (const { without } of policy.together) {
    for (const group of Object.values(without).flat()) {
      for (const world of group.worlds) world.forEach((each, place) => note(group.leaves[place >> 1], each));
    }
  }
  const made = { farthest: farthest.map((each, i) => beyond.get(i) || BigInt(each)), small: null, big: null, leaves, sources };
  known.set(data, made);
  return made;
}

/** @param {Data} data @param {Scale} scale @returns {Marks[]} */
function wholeMarks(data, scale) {
  const found = marksOf(data);
  const kind = scale.isSmall ? "small" : "big";
  const read = (/** @type {number | string | null} */ each) => (each === null ? null : readWhole(each, scale));
  found[kind] = found[kind] || found.sources.map(({ m = [] }) => {
    const points = m.map((mark) => read(Array.isArray(mark) ? mark[0] : mark));
    if (!m.some(Array.isArray)) return { points, low: /** @type {Whole[]} */ (points), high: /** @type {Whole[]} */ (points) };
    const end = (/** @type {1 | 2} */ side) => m.map((mark) => /** @type {Whole} */ (read(Array.isArray(mark) ? mark[side] : mark)));
    return { points, low: end(1), high: end(2) };
  });
  return /** @type {Marks[]} */ (found[kind]);
}

/** @param {number | string} each @param {Scale} scale @returns {Whole} */
const readWhole = (each, scale) => /** @type {Whole} */ (/** @type {unknown} */ (scale.isSmall ? Number(each) : BigInt(each)));

/** @param {Data} data @param {Settings} settings @returns {Outcome} */
function tried(data, settings) {
  const policy = /** @type {Policy} */ (data.policy);
  const weights = weightsOf(policy, settings.weights);
  const scale = scaleOf(data, policy, weights);
  const marks = wholeMarks(data, scale);
  const { sources } = marksOf(data);
  const every = sources.map((row, i) => added(policy, scale, row, marks[i]));
  const placed = every.slice(0, data.ranked.length);
  rank(policy, placed);
  const floors = new Floors(policy, settings, scale, weights);
  const { contested, stake, selected, places, waiting } = select(policy, settings, placed, floors);
  const isExact = every.every((one) => !one.isWide) && judge(policy, settings, every, placed, floors, waiting);
  return { placed, scale: scale.size, weights, contested, stake, selected, places, isExact };
}

/** @param {Policy} policy @param {Scale} scale @param {Row} row @param {Marks} marks @returns {Placed} */
function added(policy, scale, row, marks) {
  const points = summed(policy, scale, marks.points);
  const isOpen = marks.low !== marks.points;
  const low = isOpen ? summed(policy, scale, turned(scale, marks.low, marks.high)) : points;
  const high = isOpen ? summed(policy, scale, turned(scale, marks.high, marks.low)) : points;
  const last = policy.nodes.length;
  /** @type {Placed} */
  const made = {
    row, marks, points, low: /** @type {Whole[]} */ (low), high: /** @type {Whole[]} */ (high), total: points[last],
    least: /** @type {Whole} */ (low[last]), most: /** @type {Whole} */ (high[last]), isWide: false, keys: null, firm: false,
    rank: null, best: 0, worst: 0, tied: false, status: -1, granted: null, firmness: -1,
  };
  if (row.j !== undefined && made.least !== made.most) {
    const sharing = policy.together[row.j];
    if (sharing) narrow(policy, scale, made, sharing);
    else made.isWide = true;
  }
  return made;
}

/** Take the other end of the marks that take points away. @param {Scale} scale @param {Whole[]} own @param {Whole[]} other */
const turned = ({ turns }, own, other) => (turns ? own.map((each, leaf) => (turns[leaf] ? other[leaf] : each)) : own);

/** Add marks up: the points of each criterion, then the total; nothing where a part is on hold. @param {Policy} policy
 * @param {Scale} scale @param {(Whole | null)[]} marks @returns {(Whole | null)[]} */
function summed(policy, scale, marks) {
  const { nodes } = policy;
  const last = nodes.length;
  /** @type {(Whole | null)[]} */
  const sums = new Array(last + 1).fill(scale.zero);
  let leaf = marks.length;
  for (let place = last - 1; place >= 0; place--) {
    const node = nodes[place];
    let points = sums[place];
    if (node.leaf) {
      const mark = marks[--leaf];
      points = mark === null ? null : mark * scale.steps[place];
    } else if (node.capped && points !== null && points > scale.ceilings[place]) points = scale.ceilings[place];
    sums[place] = points;
    const above = node.parent < 0 ? last : node.parent;
    const sum = sums[above];
    sums[above] = sum === null || points === null ? null : sum + points;
  }
  return sums;
}

/** @param {Whole[] | null} before @param {Whole[]} now @param {(a: Whole, b: Whole) => Whole} pick */
const ends = (before, now, pick) => (before ? before.map((each, i) => pick(each, now[i])) : now);

/** Narrow the bounds of what adds up to what is possible for all the criteria that share a missing fact.
 * @param {Policy} policy @param {Scale} scale @param {Placed} one @param {Sharing} sharing */
function narrow(policy, scale, one, sharing) {
  const absent = sharing.leaves.flatMap((node, place) => (scale.steps[node] === scale.zero ? [place] : []));
  const groups = sharing.without[absent.join("") || "-"];
  if (!groups) {
    one.isWide = true;
    return;
  }
  const [low, high] = [[...one.low], [...one.high]];
  for (const group of groups) {
    /** @type {Whole[] | null} */
    let least = null;
    /** @type {Whole[] | null} */
    let most = null;
    for (const world of group.worlds) {
      const [lows, highs] = [[...one.marks.low], [...one.marks.high]];
      group.leaves.forEach((node, i) => {
        const leaf = scale.leaves.indexOf(node);
        [lows[leaf], highs[leaf]] = [readWhole(world[2 * i], scale), readWhole(world[2 * i + 1], scale)];
      });
      const [down, up] = [summed(policy, scale, turned(scale, lows, highs)), summed(policy, scale, turned(scale, highs, lows))];
      least = ends(least, /** @type {Whole[]} */ (down), (a, b) => (b < a ? b : a));
      most = ends(most, /** @type {Whole[]} */ (up), (a, b) => (b > a ? b : a));
    }
    if (!least || !most) continue;
    for (let i = 0; i < low.length; i++) {
      if (i < policy.nodes.length && policy.nodes[i].leaf) continue;
      low[i] += least[i] - one.low[i];
      high[i] += most[i] - one.high[i];
    }
  }
  const last = policy.nodes.length;
  Object.assign(one, { low, high, least: low[last], most: high[last] });
  if (one.total === null && one.row.H && low[last] === high[last]) one.total = low[last];
}
