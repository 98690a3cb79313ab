// What a trial changes, from its address to its fields and back, and the lines of criteria.yaml that would make it so.

const TRIAL = "#?";

/** @param {Policy} policy @returns {Settings} */
const evaluated = (policy) => ({
  weights: new Map(),
  places: policy.places,
  reserve: policy.reserve,
  minimum: policy.minimum === null ? null : exact(policy.minimum),
});

/** @param {Policy} policy @param {Settings} settings */
function isTrial(policy, settings) {
  const was = evaluated(policy);
  const same = settings.minimum && was.minimum ? !compared(settings.minimum, was.minimum) : settings.minimum === was.minimum;
  return settings.weights.size > 0 || settings.places !== was.places || settings.reserve !== was.reserve || !same;
}

/** Change one setting by its name; say whether the text is one that it may have.
 * @param {Policy} policy @param {Settings} settings @param {string} name @param {string} text */
function change(policy, settings, name, text) {
  const bare = text.trim();
  if (name === "minimum" && !bare) {
    settings.minimum = null;
    return true;
  }
  const number = typed(bare);
  if (!number) return false;
  if (name === "minimum") settings.minimum = number;
  else if (name === "places" || name === "reserve") {
    if (number.d !== 1n || number.n > 99999n || (name === "places" && policy.places === null)) return false;
    settings[name] = Number(number.n);
  } else {
    const node = policy.nodes.find((each) => each.input && `w.${each.id}` === name);
    if (!node) return false;
    if (compared(number, exact(node.weight))) settings.weights.set(node.id, number);
    else settings.weights.delete(node.id);
  }
  return true;
}

/** @param {Policy} policy @param {Settings} settings @returns {string} */
function addressOf(policy, settings) {
  const was = evaluated(policy);
  const parts = [...settings.weights].map(([id, weight]) => `w.${encodeURIComponent(id)}=${plain(weight)}`);
  if (settings.places !== was.places) parts.push(`places=${settings.places}`);
  if (settings.reserve !== was.reserve) parts.push(`reserve=${settings.reserve}`);
  const minimum = settings.minimum ? plain(settings.minimum) : "";
  if (minimum !== (was.minimum ? plain(was.minimum) : "")) parts.push(`minimum=${minimum}`);
  return parts.length ? TRIAL + parts.join("&") : "#";
}

/** Read an address; what it says wrong is left as evaluated. @param {Policy} policy @param {string} hash */
function settingsFrom(policy, hash) {
  const settings = evaluated(policy);
  for (const part of hash.startsWith(TRIAL) ? hash.slice(TRIAL.length).split("&") : []) {
    const [name, value = ""] = part.split("=");
    change(policy, settings, decoded(name), decoded(value));
  }
  return settings;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} text */
const quoted = (text) => (/^[A-Za-z_][\w-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|oui|non)$/i.test(text) ? text : JSON.stringify(text));

/** @param {Policy} policy @param {Settings} settings @returns {string} */
function policyLines(policy, settings) {
  const was = evaluated(policy);
  const weights = weightsOf(policy, settings.weights);
  const lines = [];
  const roots = policy.nodes.map((_, i) => i).filter((i) => policy.nodes[i].parent < 0 && policy.nodes[i].counts);
  const total = roots.map((i) => weights[i]).reduce(plus, ratio(0n));
  const before = roots.map((i) => exact(policy.nodes[i].weight)).reduce(plus, ratio(0n));
  if (compared(total, before)) lines.push(`total: ${plain(total)}`);
  const own = [];
  if (settings.places !== was.places && policy.ownPlaces) own.push([policy.ownPlaces, `places: ${settings.places}`]);
  if (settings.reserve !== was.reserve && policy.ownReserve) own.push([policy.ownReserve, `reserve: ${settings.reserve}`]);
  if (own.length) lines.push("waves:", `  - id: ${quoted(own[0][0])}`, ...own.map(([, line]) => `    ${line}`));
  const children = (/** @type {number} */ above, /** @type {string} */ margin) => {
    /** @type {string[]} */
    const found = [];
    policy.nodes.forEach((node, i) => {
      if (node.parent !== above) return;
      const below = children(i, margin + "    ");
      const changed = compared(weights[i], exact(node.weight)) !== 0;
      if (!changed && !below.length) return;
      found.push(`${margin}  - id: ${quoted(node.id)}`);
      if (changed) found.push(`${margin}    weight: ${plain(weights[i])}`);
      if (changed && node.leaf) found.push(`${margin}    out_of: ${node.top}`);
      if (below.length) found.push(`${margin}    criteria:`, ...below);
    });
    return found;
  };
  const tree = children(-1, "");
  if (tree.length) lines.push("criteria:", ...tree);
  const selection = [];
  if (settings.places !== was.places && !policy.ownPlaces) selection.push(`  places: ${settings.places}`);
  if (settings.reserve !== was.reserve && !policy.ownReserve) selection.push(`  reserve: ${settings.reserve}`);
  const minimum = settings.minimum ? plain(settings.minimum) : "";
  if (minimum !== (was.minimum ? plain(was.minimum) : "")) selection.push(`  minimum: ${minimum || "null"}`);
  if (selection.length) lines.push("selection:", ...selection);
  return lines.join("\n");
}
