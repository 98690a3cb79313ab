// Whether a place is kept in every way, and whether one is within reach in any: what scoring/firmness does.

/** @typedef {{one: Placed, low: Key, high: Key, canFit: boolean, mustFit: boolean, mayBeHeard: boolean, isBlank: boolean, within: (boolean | null)[],
 *   least: Ratio, most: Ratio | null, purses: number[]}} Stake */
/** @typedef {{stakes: Stake[], present: boolean, canFit: boolean, isSteady: boolean, isSettled: boolean, low: Key, high: Key,
 *   surelyAsks: boolean, least: Ratio, most: Ratio | null}} Project */

/** @param {Row} row */
const tiesAmongAll = (row) => row.U || ownTies(row);

/** @param {Policy} policy @param {Placed} one @param {Floors} floors @returns {Stake} */
function stakeOf(policy, one, floors) {
  const { row } = one;
  const { low, high } = row.U ? keysOf(policy, one, row.U) : keysIn(one);
  const within = policy.quotas.map((_, place) => ((row.q || []).includes(place) ? true : (row.Q || []).includes(place) ? null : false));
  const purses = row.V || [row.v ?? COMMON];
  const asked = row.a === undefined ? null : number(row.a);
  const least = asked || (row.l === undefined ? NOTHING : number(row.l));
  const most = !policy.budget ? NOTHING : asked || (row.u ? positive(number(row.u)) : null);
  const isBlank = within.includes(null) || purses.length > 1 || (!!policy.budget && (!most || compared(most, least) !== 0));
  const canFit = floors.fits(one, "high");
  const isClosed = low === high && one.low === one.high && !row.F;
  const mayBeHeard = floors.mayBeHeard(one);
  return { one, low, high, canFit, mustFit: isClosed ? canFit : floors.fits(one, "low"), mayBeHeard, isBlank, within, least, most, purses };
}

/** @param {Ratio} amount */
const positive = (amount) => (amount.n < 0n ? NOTHING : amount);

/** What the key of a project is never under, where its best version counts: the total of one that surely has it.
 * @param {Stake[]} stakes @returns {Key} */
function floorOf(stakes) {
  const sure = stakes.filter(({ one }) => one.firm && !one.row.L).map(({ low }) => low[0]);
  return sure.length ? [sure.reduce((a, b) => (b > a ? b : a)), -Infinity] : [-Infinity];
}

/** @param {Stake[]} stakes @param {boolean} present @param {boolean} isOpen whether other versions may count
 * @param {Key} [floor] @returns {Project} */
function projectOf(stakes, present, isOpen, floor = [-Infinity]) {
  const canFit = stakes.some((stake) => stake.canFit);
  const isSteady = present && stakes.every((stake) => stake.mustFit && !stake.isBlank);
  const [first] = stakes;
  const isSettled = present && stakes.length === 1 && first.low === first.high && !first.isBlank && first.canFit === first.mustFit;
  const lowest = stakes.map((stake) => stake.low).reduce((a, b) => (inOrder(b, a) < 0 ? b : a));
  const low = inOrder(floor, lowest) > 0 ? floor : lowest;
  const high = stakes.filter((stake) => stake.canFit === canFit).map((stake) => stake.high).reduce((a, b) => (inOrder(b, a) > 0 ? b : a));
  const least = stakes.map((stake) => stake.least).reduce(lesser);
  const dearest = stakes.map((stake) => stake.most).reduce((a, b) => a && b && (compared(a, b) >= 0 ? a : b));
  const surelyAsks = isOpen ? present : !first.one.row.L;
  return { stakes, present, canFit, isSteady, isSettled, low, high, surelyAsks, least, most: isOpen && !present ? null : dearest };
}

/** Put together the versions that may count; null where other weights change which may. @param {Policy} policy
 * @param {Placed[]} every @param {Floors} floors @returns {Project[] | null} */
function projectsOf(policy, every, floors) {
  const stakes = every.map((one) => stakeOf(policy, one, floors));
  const grouped = new Set(policy.versions.flatMap(({ rows }) => rows));
  if ([...grouped].some((place) => (every[place].total === null) !== !!every[place].row.N)) return null;
  const groups = policy.versions.map(({ rows, present }) => {
    const own = rows.map((place) => stakes[place]);
    return projectOf(own, !!present, true, policy.keepsBest ? floorOf(own) : undefined);
  });
  stakes.forEach((stake, place) => {
    if (!grouped.has(place)) groups.push(projectOf([stake], stake.one.firm && !stake.one.row.L, false));
  });
  return groups;
}

/** Some of the rivals: the highest keys that they may have, and the lowest of those that are surely there. */
class Rivals {
  /** @param {Project[]} may @param {Project[]} sure */
  constructor(may, sure) {
    this.highs = may.map((project) => project.high).sort(inOrder);
    this.lows = sure.map((project) => project.low).sort(inOrder);
  }

  /** Count those who may come before a key or stay equal to it. @param {Key} key */
  mayReach(key) {
    return this.highs.length - behind(this.highs, key);
  }

  /** Count those who surely come before a key. @param {Key} key */
  surelyAhead(key) {
    return ahead(this.lows, key);
  }
}

/** A part of the budget, and the most that those who may come before a key ask of it. */
class Purse {
  /** @param {Ratio} amount @param {{high: Key, most: Ratio | null}[]} may */
  constructor(amount, may) {
    const rows = [...may].sort((a, b) => inOrder(a.high, b.high));
    this.amount = amount;
    /** @type {Ratio | null} */
    this.dearest = NOTHING;
    this.keys = rows.map(({ high }) => high);
    /** @type {(Ratio | null)[]} */
    this.sums = [NOTHING];
    for (const { most } of rows.reverse()) {
      const before = this.sums[this.sums.length - 1];
      this.sums.push(before && most && plus(before, most));
      this.dearest = this.dearest && most && (compared(most, this.dearest) > 0 ? most : this.dearest);
    }
  }

  /** Null without limit. @param {Key} key */
  mostAsked(key) {
    return this.sums[this.keys.length - behind(this.keys, key)];
  }
}

/** Every rival of a call. */
class Field {
  /** @param {Policy} policy @param {Settings} settings @param {Project[]} projects */
  constructor(policy, settings, projects) {
    this.policy = policy;
    this.places = settings.places;
    const stakes = projects.flatMap((project) => project.stakes);
    this.blanks = new Blanks(policy, stakes, tiesAmongAll);
    const may = projects.filter((project) => project.canFit);
    const sure = policy.budget ? [] : projects.filter((project) => project.isSteady);
    const mayBeOf = (/** @type {Project} */ project, /** @type {number} */ place) => project.stakes.some((stake) => stake.within[place] !== false);
    const isOf = (/** @type {Project} */ project, /** @type {number} */ place) => project.stakes.every((stake) => stake.within[place]);
    const capped = policy.quotas.flatMap((quota, place) => (quota.atMost === null ? [] : [place]));
    this.all = new Rivals(may, sure.filter((project) => !capped.some((place) => mayBeOf(project, place))));
    this.quotas = policy.quotas.map((_, place) => new Rivals(
      may.filter((project) => mayBeOf(project, place)),
      sure.filter((project) => isOf(project, place) && !capped.some((other) => other !== place && mayBeOf(project, other))),
    ));
    this.purses = this.pursesOf(may);
    const [surelyEnough, mayBeEnough] = this.enoughFor(projects);
    this.surelyEnough = surelyEnough;
    this.mayBeEnough = mayBeEnough;
  }

  /** Say whether the budget surely retains all who are eligible, and whether it may.
   * @param {Project[]} projects @returns {[boolean, boolean]} */
  enoughFor(projects) {
    const { budget, enough, unread } = this.policy;
    if (!budget || enough === null) return [false, false];
    const whole = times(exact(budget.amount), exact(budget.times));
    const most = projects.reduce((/** @type {Ratio | null} */ sum, project) => sum && project.most && plus(sum, project.most), NOTHING);
    const least = projects.filter((project) => project.surelyAsks).reduce((sum, project) => plus(sum, project.least), NOTHING);
    return [!unread && !!most && compared(most, whole) <= 0, compared(least, whole) <= 0];
  }

  /** @param {Key} key */
  shared(key) {
    return this.blanks.shared(key);
  }

  /** @param {Project[]} may @returns {Map<number, Purse>} */
  pursesOf(may) {
    const { budget } = this.policy;
    if (!budget) return new Map();
    const over = (/** @type {Exact} */ amount) => times(exact(amount), exact(budget.times));
    const amounts = budget.envelopes.map((envelope, place) => /** @type {[number, Ratio]} */ ([place, over(envelope.amount)]));
    amounts.push([COMMON, amounts.reduce((rest, [, amount]) => minus(rest, amount), over(budget.amount))]);
    return new Map(amounts.map(([place, amount]) => [place, new Purse(amount, payable(may, place))]));
  }
}

/** @param {Project[]} may @param {number} purse @returns {{high: Key, most: Ratio | null}[]} */
function payable(may, purse) {
  return may.flatMap((project) => {
    const paid = project.stakes.filter((stake) => stake.purses.includes(purse)).map((stake) => stake.most);
    if (!paid.length) return [];
    return [{ high: project.high, most: paid.reduce((a, b) => a && b && (compared(a, b) >= 0 ? a : b)) }];
  });
}

/** Say whether one that surely counts, and has a place, keeps it whatever happens. @param {Stake} stake @param {Field} field */
function keeps(stake, field) {
  if (field.surelyEnough) return true;
  if (!stake.mustFit) return false;
  const key = field.shared(stake.low);
  const { unread } = field.policy;
  const below = guaranteedBelow(stake, key, field);
  const all = below.reduce((sum, each) => sum + each, 0);
  if (!isWithinCaps(stake, key, below, field) || !isPaid(stake, key, all, field)) return false;
  if (field.places === null || field.all.mayReach(key) - 1 + unread + all + 1 <= field.places) return true;
  return below.some((_, place) => isGuaranteed(stake, key, place, field));
}

/** Count, by quota, the places that may go to candidatures ranked below. @param {Stake} stake @param {Key} key
 * @param {Field} field */
function guaranteedBelow(stake, key, field) {
  return field.policy.quotas.map(({ atLeast }, place) => {
    if (!atLeast || stake.within[place]) return 0;
    const rivals = field.quotas[place];
    const kept = Math.min(atLeast - rivals.surelyAhead(key), field.places ?? Infinity);
    return Math.max(0, Math.min(kept, rivals.highs.length - rivals.mayReach(key) + field.policy.unread));
  });
}

/** @param {Stake} stake @param {Key} key @param {number[]} below @param {Field} field */
function isWithinCaps(stake, key, below, field) {
  return field.policy.quotas.every(({ atMost }, place) => {
    if (atMost === null || stake.within[place] === false) return true;
    const before = field.quotas[place].mayReach(key) - +stake.canFit + field.policy.unread;
    const others = below.reduce((sum, each, other) => sum + (other === place ? 0 : each), 0);
    return before + others + 1 <= atMost;
  });
}

/** @param {Stake} stake @param {Key} key @param {number} place @param {Field} field */
function isGuaranteed(stake, key, place, field) {
  if (!stake.within[place]) return false;
  const taken = field.policy.quotas.slice(0, place).reduce((sum, quota) => sum + quota.atLeast, 0);
  const before = field.quotas[place].mayReach(key) - 1 + field.policy.unread;
  return before + taken + 1 <= Math.min(field.policy.quotas[place].atLeast, field.places ?? Infinity);
}

/** @param {Stake} stake @param {Key} key @param {number} below @param {Field} field */
function isPaid(stake, key, below, field) {
  if (!field.policy.budget) return true;
  if (field.policy.unread) return false;
  const upTo = field.policy.budget.levels ? key.slice(0, 1) : key; // all who have its total share its fate
  return stake.purses.every((place) => {
    const purse = /** @type {Purse} */ (field.purses.get(place));
    const asked = purse.mostAsked(upTo);
    if (!asked || (below && !purse.dearest)) return false;
    return compared(plus(asked, times(ratio(BigInt(below)), purse.dearest || NOTHING)), purse.amount) <= 0;
  });
}

/** Say whether one that has no place, or may lose its own, may yet get one. @param {Stake} stake @param {Field} field */
function mayGet(stake, field) {
  if (field.mayBeEnough) return true;
  if (!stake.canFit || field.places === 0) return false;
  const { budget, quotas } = field.policy;
  if (budget) {
    if (budget.partial || budget.levels || budget.envelopes.some((envelope) => envelope.spill)) return true;
    return stake.purses.some((place) => compared(stake.least, /** @type {Purse} */ (field.purses.get(place)).amount) <= 0);
  }
  const key = field.shared(stake.high);
  if (quotas.some(({ atLeast }, place) => atLeast && stake.within[place] !== false && field.quotas[place].surelyAhead(key) < atLeast)) return true;
  const isFull = quotas.some(({ atMost }, place) => atMost !== null && stake.within[place] && field.quotas[place].surelyAhead(key) >= atMost);
  return !isFull && (field.places === null || field.all.surelyAhead(key) < field.places);
}

/** Where several versions of one project may count, give ranges in which each project is one rival.
 * @param {Project[]} projects @param {Field} field */
function rangeAgain(projects, field) {
  const top = (/** @type {Project} */ project) => project.stakes.map((stake) => stake.high).reduce((a, b) => (inOrder(b, a) > 0 ? b : a));
  const highs = projects.map(top).sort(inOrder);
  const lows = projects.filter((project) => project.present).map((project) => project.low).sort(inOrder);
  for (const project of projects) {
    for (const stake of project.stakes) {
      stake.one.best = ahead(lows, field.shared(stake.high)) + 1;
      stake.one.worst = ahead(highs, stake.low) - +(inOrder(top(project), stake.low) > 0) + 1 + field.policy.unread;
    }
  }
}

/** Tell of each how firm it is, and of versions their ranges; say whether these weights let it be told.
 * @param {Policy} policy @param {Settings} settings @param {Placed[]} every @param {Placed[]} placed @param {Floors} floors
 * @param {Set<Placed>} waiting those for whom a place or money is kept */
function judge(policy, settings, every, placed, floors, waiting) {
  for (const one of every) {
    if (one.keys) continue;
    one.firm = one.total !== null && !one.row.p;
    one.keys = keysOf(policy, one, tiesAmongAll(one.row));
  }
  if (policy.toVerify) return false; // what a verification may find is bounded by the engine alone
  const projects = projectsOf(policy, every, floors);
  if (!projects) return false;
  // Where places or quotas limit too, an envelope pours what equals leave it, and others may then take the places.
  const isLimited = settings.places !== null || policy.quotas.length > 0;
  const pours = isLimited && waiting.size > 0 && !!policy.budget && policy.budget.envelopes.some((envelope) => envelope.spill);
  // Of equals that contest a guaranteed place, one may fill a second guarantee with it, and another not.
  const guarantees = policy.quotas.filter(({ atLeast }) => atLeast > 0).length;
  const moves = pours || (waiting.size > 0 && guarantees > 1);
  const isSettled = !policy.unread && !moves && projects.every((project) => project.isSettled);
  const field = isSettled ? null : new Field(policy, settings, projects);
  if (field && projects.some((project) => project.stakes.length > 1)) rangeAgain(projects, field);
  for (const project of projects) for (const stake of project.stakes) stake.one.firmness = firmnessOf(project, stake, field, waiting);
  return placed.every((one) => one.firmness >= 0);
}

/** @param {Project} project @param {Stake} stake @param {Field | null} field null where only ties are open
 * @param {Set<Placed>} waiting */
function firmnessOf(project, stake, field, waiting) {
  const { firm, provisional, possible, impossible } = firmnessPlaces;
  const { one } = stake;
  if (one.status === statusPlaces.selected) {
    const stays = !field || (project.present && project.stakes.length === 1 && keeps(stake, field));
    return stays ? firm : provisional;
  }
  const open = one.status === statusPlaces.toDeliberate || stake.mayBeHeard || (field ? mayGet(stake, field) : waiting.has(one));
  return open ? possible : impossible;
}
