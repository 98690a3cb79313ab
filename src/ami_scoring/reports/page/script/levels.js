// A budget that admits whole levels of totals, as scoring/places/levels.py does.

/** @param {Placed[][]} groups @param {Budget} budget @param {Allocation} done */
function shareLevels(groups, budget, done) {
  const aim = times(exact(budget.amount), exact(budget.times));
  const floor = budget.leastTimes === null ? NOTHING : times(exact(budget.amount), exact(budget.leastTimes));
  const twice = plus(aim, aim);
  const isAdmitted = (/** @type {Ratio | null} */ before, /** @type {Ratio | null} */ after) => {
    if (!before) return false;
    if (compared(before, floor) < 0 || (after && compared(before, after) === 0)) return true;
    return !!after && compared(plus(before, after), twice) <= 0;
  };
  let may = true;
  let isSure = true;
  let least = NOTHING;
  /** @type {Ratio | null} */
  let most = NOTHING;
  for (const level of levelsOf(groups)) {
    const [leastBefore, mostBefore] = [least, most];
    for (const row of level) {
      const [asked, bound] = [done.purses.asked(row), done.purses.most(row)];
      least = plus(least, asked === null || done.doubtful.has(row) ? NOTHING : asked);
      most = most && bound && plus(most, bound);
    }
    may = may && isAdmitted(leastBefore, least);
    isSure = isSure && isAdmitted(mostBefore, most);
    for (const row of may ? level : []) {
      if (done.doubtful.has(row)) done.verdicts.set(row, { status: statusPlaces.toComplete, granted: null });
      else if (done.purses.asked(row) === null) done.claim("demand", [row], 1);
      else if (!isSure) done.claim("wait", [row], 1);
      else done.admit(row);
    }
  }
}

/** Give those that have a same total together, from the highest. @param {Placed[][]} groups @returns {Placed[][]} */
function levelsOf(groups) {
  /** @type {Placed[][]} */
  const levels = [];
  for (const row of groups.flat()) {
    const last = levels[levels.length - 1];
    if (last && last[0].total === row.total) last.push(row);
    else levels.push([row]);
  }
  return levels;
}
