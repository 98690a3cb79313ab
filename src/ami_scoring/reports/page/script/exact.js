// Exact numbers: a numerator and a positive denominator, without a common divisor.

/** @param {bigint} a @param {bigint} b @returns {bigint} */
function divisor(a, b) {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y) [x, y] = [y, x % y];
  return x;
}

/** @param {bigint} n @param {bigint} d @returns {Ratio} */
function ratio(n, d = 1n) {
  const common = divisor(n, d) || 1n;
  return d < 0n ? { n: -n / common, d: -d / common } : { n: n / common, d: d / common };
}

/** Read "12", "-1.5" or "2/3". @param {string} text @returns {Ratio} */
function exact(text) {
  const [above, below] = text.split("/");
  if (below !== undefined) return ratio(BigInt(above), BigInt(below));
  const [whole, decimals = ""] = text.split(".");
  return ratio(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

/** @param {Ratio} a @param {Ratio} b */
const plus = (a, b) => ratio(a.n * b.d + b.n * a.d, a.d * b.d);

/** @param {Ratio} a @param {Ratio} b */
const minus = (a, b) => ratio(a.n * b.d - b.n * a.d, a.d * b.d);

/** @param {Ratio} a @param {Ratio} b */
const times = (a, b) => ratio(a.n * b.n, a.d * b.d);

/** @param {Ratio} a @param {Ratio} b @returns {number} */
function compared(a, b) {
  const [left, right] = [a.n * b.d, b.n * a.d];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** @param {Ratio} a @param {Ratio} b */
const lesser = (a, b) => (compared(a, b) <= 0 ? a : b);

/** Round half up, away from zero, and write as French readers do. @param {Ratio} number @param {number} decimals */
function rounded(number, decimals) {
  const size = 10n ** BigInt(decimals);
  const far = number.n < 0n ? -number.n : number.n;
  const whole = (2n * far * size + number.d) / (2n * number.d);
  const digits = whole.toString().padStart(decimals + 1, "0");
  const head = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const sign = number.n < 0n && whole ? "\u2212" : "";
  return sign + head + (decimals ? "," + digits.slice(digits.length - decimals) : "");
}

/** Write for a policy file, whole: decimals where they end, a fraction where not. @param {Ratio} number */
function plain(number) {
  const scaled = number.n * 10n ** 20n;
  if (number.d === 1n) return String(number.n);
  if (scaled % number.d) return `${number.n}/${number.d}`;
  const size = scaled / number.d;
  const digits = (size < 0n ? -size : size).toString().padStart(21, "0");
  return (size < 0n ? "-" : "") + digits.slice(0, -20) + "." + digits.slice(-20).replace(/0+$/, "");
}

/** Read what a person types: "12", "12,5", "1/3"; null when it is not a number that a policy may have.
 * @param {string} text @returns {Ratio | null} */
function typed(text) {
  const bare = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (!/^(\d{1,9}(\.\d{1,9})?|\d{1,9}\/\d{1,9})$/.test(bare) || /\/0+$/.test(bare)) return null;
  return exact(bare);
}
