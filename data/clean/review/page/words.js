"use strict";

/* What is said in words: numbers, statuses, doubts, totals, signs. */

const Words = (() => {
  const { el, unseen } = Nodes;

  const NAMES = Object.freeze({
    status: {
      ok: "read", partial: "read in part", no_text: "without text (pictures of pages)",
      encrypted: "asks for a password", unsupported: "not a kind that is read", failed: "failed",
    },
    check: {
      agrees: "agree", rounding: "differ by rounding only", differs: "differ",
      no_total: "print no total", cannot_check: "could not be checked",
    },
    kind: {
      text: "text", money: "money", number: "a number", percent: "a percentage", date: "a date",
      nil: "nothing, and the paper says so", blank: "nothing printed",
    },
    row: { header: "header row", section: "section row", item: "item", subtotal: "subtotal", total: "total", note: "note" },
  });
  const SEVERITIES = Object.freeze(["high", "medium", "low"]);
  const REPAIRED = 1, SUPPLIED = 2, DOUBTED = 4;
  const SAID = {
    agrees: "the total agrees", rounding: "differs by no more than rounding", differs: "the total differs",
    no_total: "no total is printed", cannot_check: "could not be checked",
  };
  const SIGNS = [
    ["✎", "repaired", "it is not as printed, and the repair says why"],
    ["[ ]", "supplied", "characters were supplied on evidence"],
    ["?", "doubted", "please compare with the paper"],
    ["✓", "total agrees", "a total that agrees with its parts"],
    ["≠", "total differs", "a total that differs from its parts"],
  ];

  const number = (count) => count.toLocaleString("en-GB");
  const some = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

  /** A decimal number as text, with thousands separators; never by way of a float. */
  const grouped = (text) => text.replace(/^(-?)(\d+)/, (_, sign, digits) => sign + digits.replace(/\B(?=(\d{3})+$)/g, ","));

  function doubtsInWords({ readable, severities }) {
    if (!readable) return "";
    return SEVERITIES.map((name, i) => severities[i] && `${number(severities[i])} ${name}`).filter(Boolean).join(", ") || "none";
  }

  function totalsInWords(checks) {
    const agree = (checks.agrees || 0) + (checks.rounding || 0);
    const parts = [checks.differs && some(checks.differs, "differs", "differ"), agree && some(agree, "agrees", "agree"),
      checks.cannot_check && `${number(checks.cannot_check)} not checked`];
    return parts.filter(Boolean).join(", ");
  }

  /** A reason, with what stands in it between backticks set apart. */
  const reason = (text) => text.split(/`([^`]+)`/).map((part, i) => (i % 2 ? el("code", {}, part) : part));

  function checkInWords({ row, column, stated, computed, difference, status }) {
    const label = [row, column].filter(Boolean).join(" | ");
    const figures = [stated !== null && `printed ${grouped(stated)}`, computed !== null && `its parts add up to ${grouped(computed)}`,
      difference && Number(difference) !== 0 && `difference ${grouped(difference)}`];
    return [el("strong", {}, SAID[status] || status), ": ", figures.filter(Boolean).join(", "), label ? el("span", { class: "path" }, label) : ""];
  }

  const isDoubted = (cell) => Boolean(cell.flags & DOUBTED) || cell.doubts.length > 0;

  /** The signs behind a cell's text. */
  function marks(cell) {
    const has = (status) => cell.checks.some((check) => check.status === status);
    const holds = [cell.flags & REPAIRED, cell.flags & SUPPLIED, isDoubted(cell), has("agrees") && !has("differs"), has("differs")];
    return SIGNS.filter((_, i) => holds[i]).map(([sign, name]) =>
      el("span", { class: `mark mark-${name.replace(" ", "-")}`, title: name }, el("span", { "aria-hidden": "true" }, sign), unseen(` ${name} `)));
  }

  function legend() {
    return el("details", { class: "legend" }, el("summary", {}, "What the signs mean"),
      el("dl", {}, SIGNS.map(([sign, name, text]) => el("div", {}, el("dt", {}, sign), el("dd", {}, `${name}: ${text}`)))));
  }

  return Object.freeze({ NAMES, SEVERITIES, number, some, grouped, reason, doubtsInWords, totalsInWords, checkInWords, isDoubted, marks, legend });
})();
