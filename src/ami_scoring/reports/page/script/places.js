// Who gets a place: floors, quotas, a budget, the reserve list. The sentences that go with it stay in Python.

/** @param {Policy} policy @param {Settings} settings @param {Placed[]} placed @param {Floors} floors */
function select(policy, settings, placed, floors) {
  const words = statusPlaces;
  /** @type {Placed[][]} */
  const groups = [];
  for (const one of placed) {
    if (one.rank === null) continue;
    const last = groups[groups.length - 1];
    if (last && last[0].rank === one.rank) last.push(one);
    else groups.push([one]);
  }
  const fit = groups.map((group) => group.filter((one) => policy.enough || !floors.refuses(one)));
  const doubtful = new Set(placed.filter((one) => !policy.enough && floors.isDoubtful(one)));
  const done = allocate(policy, settings, fit, (one) => floors.decides(one), doubtful);
  for (const one of placed) {
    const verdict = done.verdicts.get(one);
    one.status = one.rank === null ? (one.row.W ?? words.toComplete) : verdict ? verdict.status : words.notSelected;
    one.granted = one.rank !== null && verdict && verdict.status === words.selected ? verdict.granted : null;
  }
  const ties = new Set([...done.claims.values()].filter((claim) => ["tie", "guarantee", "money"].includes(claim.kind)));
  const contested = new Set([...ties].flatMap((claim) => claim.rows));
  const selected = placed.filter((one) => one.status === words.selected).length;
  const stake = [...ties].reduce((sum, claim) => sum + (claim.kind === "money" ? 0 : claim.seats), 0);
  const waiting = new Set(done.claims.keys());
  return { selected, places: settings.places === null ? selected : settings.places, contested: contested.size, stake, waiting };
}

/** @typedef {{kind: string, rows: Placed[], seats: number, money: Map<number, Ratio>, spare: number}} Claim */
/** @typedef {{status: number, granted: Ratio | null}} Verdict */

/** @param {Policy} policy @param {Settings} settings @param {Placed[][]} groups @param {(one: Placed) => boolean} decides
 * @param {Set<Placed>} doubtful those below a floor that may concern them */
function allocate(policy, settings, groups, decides, doubtful) {
  const done = new Allocation(policy, settings, doubtful);
  const deciding = groups.map((group) => group.filter(decides));
  if (policy.budget && policy.budget.levels) {
    shareLevels(deciding, policy.budget, done);
  } else {
    policy.quotas.forEach((quota, place) => guarantee(deciding, place, quota, done));
    serve(deciding, done);
    if (done.purses.spill()) serveInTurn(deciding, done);
  }
  wait(groups, done, decides);
  return done;
}

class Allocation {
  /** @param {Policy} policy @param {Settings} settings @param {Set<Placed>} doubtful */
  constructor(policy, settings, doubtful) {
    this.doubtful = doubtful;
    /** Who would be served under a guarantee if it turned out to be of the category. @type {Set<Placed>} */
    this.chances = new Set();
    this.quotas = policy.quotas;
    this.places = settings.places;
    this.reserve = settings.reserve;
    this.purses = new Purses(policy.budget);
    /** @type {Map<Placed, Verdict>} */
    this.verdicts = new Map();
    /** @type {Map<Placed, Claim>} */
    this.claims = new Map();
    this.spare = 0;
    this.free = settings.places;
    this.pledged = policy.quotas.map(() => 0);
  }

  /** @param {Placed} row */
  serves(row) {
    const verdict = this.verdicts.get(row);
    return !!verdict && verdict.status === statusPlaces.selected;
  }

  /** @param {Placed[]} rows */
  take(rows) {
    for (const row of rows) {
      if (!this.verdicts.has(row)) this.count(1, (place) => +concerns(place, row));
      this.verdicts.set(row, { status: statusPlaces.selected, granted: this.purses.pay(row) });
    }
  }

  /** Give one its place and all that it asks for, whatever is left. @param {Placed} row */
  admit(row) {
    this.count(1, (place) => +concerns(place, row));
    this.verdicts.set(row, { status: statusPlaces.selected, granted: this.purses.asked(row) });
  }

  /** @param {string} kind @param {Placed[]} rows @param {number} seats */
  claim(kind, rows, seats) {
    const { kept: money, whole } = this.purses.keep(rows, seats);
    const held = ["tie", "guarantee"].includes(kind) ? (whole ? 0 : seats) : seats ? seats - +(kind === "money") : -rows.length;
    const claim = { kind, rows, seats, money, spare: held };
    for (const row of rows) this.claims.set(row, claim);
    this.count(seats, (place) => seatsOf(claim, place));
    this.spare += claim.spare;
  }

  /** @param {Placed[]} rows */
  release(rows) {
    for (const claim of this.claimsOf(rows)) {
      for (const row of claim.rows) this.claims.delete(row);
      this.count(-claim.seats, (place) => -seatsOf(claim, place));
      this.spare -= claim.spare;
      this.purses.giveBack(claim.money);
    }
  }

  /** @param {Placed[]} rows @returns {Claim[]} */
  claimsOf(rows) {
    return [...new Set(rows.flatMap((row) => this.claims.get(row) || []))];
  }

  /** @param {Placed[]} rows */
  contestedBy(rows) {
    return this.claimsOf(rows).reduce((sum, claim) => sum + (["tie", "guarantee"].includes(claim.kind) ? claim.seats : 0), 0);
  }

  /** @param {number} seats @param {(place: number) => number} more */
  count(seats, more) {
    if (this.free !== null) this.free -= seats;
    this.pledged = this.pledged.map((pledged, place) => pledged + more(place));
  }
}

/** @param {number} place @param {Placed} row */
const concerns = (place, row) => (row.row.q || []).includes(place);

/** @param {Claim} claim @param {number} place */
const seatsOf = (claim, place) => Math.min(claim.seats, claim.rows.filter((row) => concerns(place, row)).length);

/** @param {Placed[][]} groups @param {number} place @param {Quota} quota @param {Allocation} done */
function guarantee(groups, place, quota, done) {
  for (const group of groups) {
    const wanted = quota.atLeast - done.pledged[place];
    const room = done.free === null ? wanted : Math.min(wanted, done.free);
    if (room <= 0) return;
    const rows = group.filter((row) => !done.verdicts.has(row) && !done.claims.has(row));
    const within = withinQuotas(holdForGuarantee(rows, place, done), done);
    if (within.rows.length > room || within.ends.length) {
      const seats = Math.min(room, within.seats);
      done.claim("guarantee", within.everyone, seats);
      if (seats === room) return; // what a full quota keeps from them is left to those who come after
      continue;
    }
    for (const mine of done.purses.apart(within.rows)) settle(mine, done, false);
  }
}

/** @param {Placed[][]} groups @param {Allocation} done */
function serve(groups, done) {
  for (const group of groups) {
    const apart = contestingApart(group, done);
    const short = group.filter((row) => done.serves(row) && done.purses.stillAsked([row]).n > 0n);
    const rows = withoutHeld(group.filter((row) => !done.verdicts.has(row) && !apart.includes(row)), done, false);
    for (const mine of done.purses.apart([...seated(withinQuotas(rows, done), done), ...short])) settle(mine, done, true);
  }
}

/** Find those who contest, or wait for, what their own envelope keeps, and keep what they may ask of the rest.
 * @param {Placed[]} group @param {Allocation} done */
function contestingApart(group, done) {
  const found = group.filter((row) => {
    const claim = done.purses.isApart(row) && done.claims.get(row);
    return claim && (claim.kind === "money" || (claim.kind === "wait" && claim.seats > 0));
  });
  if (found.length) done.purses.keep(found, found.length);
  return found;
}

/** Share what envelopes left, in the order that the policy states; equals who contest places are never parted.
 * @param {Placed[][]} groups @param {Allocation} done */
function serveInTurn(groups, done) {
  const claims = [...done.claims].filter(([, claim]) => ["tie", "guarantee"].includes(claim.kind));
  const together = new Set(claims.map(([row]) => row));
  for (const turn of done.purses.turns()) {
    const apart = groups.map((group) => group.filter((row) => (together.has(row) ? null : done.purses.turnOf(row)) === turn));
    serve(apart.filter((group) => group.length), done);
  }
}

/** @param {Placed[]} rows @param {number} place @param {Allocation} done */
function holdForGuarantee(rows, place, done) {
  for (const row of rows) if (!concerns(place, row) && (row.row.Q || []).includes(place)) done.chances.add(row);
  return withoutHeld(rows.filter((row) => concerns(place, row)), done, true);
}

/** Hold those whose fate depends on a category, a floor or an envelope that nobody knows: a blank decides nothing.
 * @param {Placed[]} rows @param {Allocation} done @param {boolean} guaranteed @returns {Placed[]} */
function withoutHeld(rows, done, guaranteed) {
  let kept = rows;
  while (kept.some((row) => done.doubtful.has(row) || row.row.Q || row.row.V)) {
    const within = withinQuotas(kept, done);
    const equals = kept;
    const held = kept.filter((row) => isHeld(row, equals, within, done, guaranteed));
    if (!held.length) break;
    for (const row of held) done.verdicts.set(row, { status: statusPlaces.toComplete, granted: null });
    kept = kept.filter((row) => !held.includes(row));
  }
  return kept;
}

/** @param {Placed} row @param {Placed[]} rows @param {Within} within @param {Allocation} done @param {boolean} guaranteed */
function isHeld(row, rows, within, done, guaranteed) {
  const own = done.claimsOf(rows).reduce((sum, claim) => sum + claim.seats, 0);
  const paid = row.row.V ? done.purses.canPayFrom(row, row.row.V) : new Set([done.purses.canPay([row])]);
  const hasSeat = within.everyone.includes(row) && (done.free === null || done.free + own > 0);
  if (hasSeat && row.row.V && paid.has(false)) return true;
  const mayBeServed = hasSeat && paid.has(true);
  if (mayBeServed) {
    if (done.doubtful.has(row)) return true;
    if ((row.row.Q || []).some((place) => wouldStop(place, rows, done))) return true;
  }
  const isServed = mayBeServed && within.rows.includes(row) && (done.free === null || within.seats <= done.free + own);
  return !guaranteed && !isServed && done.chances.has(row);
}

/** @param {number} place @param {Placed[]} rows @param {Allocation} done */
function wouldStop(place, rows, done) {
  const { atMost } = done.quotas[place];
  if (atMost === null) return false;
  const own = done.claimsOf(rows).reduce((sum, claim) => sum + seatsOf(claim, place), 0);
  return done.pledged[place] - own + rows.filter((row) => concerns(place, row)).length + 1 > atMost;
}

/** @typedef {{rows: Placed[], ends: {rows: Placed[], seats: number}[], everyone: Placed[], seats: number}} Within */

/** @param {Within} within @param {Allocation} done @returns {Placed[]} */
function seated(within, done) {
  const [rows, free] = [within.everyone, done.free];
  const own = done.claimsOf(rows).reduce((sum, claim) => sum + claim.seats, 0);
  if (free === null || within.seats <= free + own) {
    done.release(rows);
    for (const end of within.ends) done.claim("tie", end.rows, end.seats);
    return within.rows;
  }
  if (free > 0) {
    done.release(rows);
    done.claim("tie", rows, free + own);
  } else if (done.spare > 0) {
    done.claim("wait", rows.filter((row) => !done.claims.has(row)), 0);
  }
  return [];
}

/** @param {Placed[]} equals @param {Allocation} done @param {boolean} closes */
function settle(equals, done, closes) {
  const purses = done.purses;
  let rows = equals;
  if (!purses.isClosed(rows[0])) {
    for (const row of rows) if (purses.asked(row) === null) done.claim("demand", [row], 1);
    rows = rows.filter((row) => purses.asked(row) !== null);
  }
  if (!rows.length) return;
  if (purses.canPay(rows) || (rows.length === 1 && purses.paysInPart(rows[0]))) done.take(rows);
  else leaveUnpaid(rows.filter((row) => !done.verdicts.has(row)), done, closes);
}

/** @param {Placed[]} rows @param {Allocation} done @param {boolean} closes */
function leaveUnpaid(rows, done, closes) {
  if (!rows.length) return;
  if (done.purses.mayBePaid(rows)) {
    done.claim("wait", rows, rows.length);
    return;
  }
  if (done.purses.isContested(rows)) done.claim("money", rows, rows.length);
  if (closes) done.purses.fallShort(rows);
}

/** @param {Placed[]} rows @param {Allocation} done @returns {Within} */
function withinQuotas(rows, done) {
  let kept = [...rows];
  /** @type {{rows: Placed[], seats: number}[]} */
  const ends = [];
  for (const isFull of [true, false]) {
    done.quotas.forEach((quota, place) => {
      const rivals = kept.filter((row) => concerns(place, row));
      const own = done.claimsOf(rivals).reduce((sum, claim) => sum + seatsOf(claim, place), 0);
      const seats = quota.atMost === null ? rivals.length : Math.max(0, quota.atMost - done.pledged[place] + own);
      if (rivals.length > seats && (seats === 0) === isFull) {
        kept = kept.filter((row) => !rivals.includes(row));
        if (!isFull) ends.push({ rows: rivals, seats });
      }
    });
  }
  const everyone = [...kept, ...ends.flatMap((end) => end.rows)];
  return { rows: kept, ends, everyone, seats: kept.length + ends.reduce((sum, end) => sum + end.seats, 0) };
}

/** @param {Placed[][]} groups @param {Allocation} done @param {(one: Placed) => boolean} decides */
function wait(groups, done, decides) {
  let waiting = done.reserve;
  const { reserve, notSelected, toComplete, toDeliberate } = statusPlaces;
  for (const group of groups) {
    const rows = group.filter((row) => !done.verdicts.has(row));
    for (const row of rows) {
      const claim = done.claims.get(row);
      let status = waiting > 0 ? reserve : notSelected;
      if (!decides(row)) status = toDeliberate;
      else if (claim) status = claim.kind === "demand" ? toComplete : reserve;
      if (done.doubtful.has(row) && (status === reserve || status === toDeliberate)) status = toComplete;
      done.verdicts.set(row, { status, granted: null });
    }
    // Equals share their fate: the list is shortened once they all have theirs.
    waiting -= rows.filter((row) => [reserve, notSelected].includes(/** @type {Verdict} */ (done.verdicts.get(row)).status)).length;
    waiting += done.contestedBy(rows);
  }
}
