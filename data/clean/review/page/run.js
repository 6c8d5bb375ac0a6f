"use strict";

/* The run at a glance, and the list of its papers, most doubtful first. */

const Run = (() => {
  const { el, button } = Nodes;
  const { NAMES, number, some, doubtsInWords, totalsInWords } = Words;
  const PAGE_OF_LIST = 100;
  const KINDS_AT_A_GLANCE = 6;

  const papers = new Map();
  const filters = { words: "", status: "", doubt: "", check: "" };

  /** Take the papers of the run, in its order; those that were not read come last: there is nothing to judge in them. */
  function take(found) {
    const rank = ({ readable, severities }) => [readable ? 0 : 1, ...severities.map((count) => -count)];
    const compare = (one, other) => {
      const at = one.rank.findIndex((key, i) => key !== other.rank[i]);
      return at < 0 ? 0 : one.rank[at] - other.rank[at];
    };
    found.map((paper) => ({ paper, rank: rank(paper) })).sort(compare).forEach(({ paper }) => {
      const words = [paper.title, paper.path, paper.id, paper.committee, paper.meeting_date, paper.report_number];
      papers.set(paper.id, { ...paper, words: words.filter(Boolean).join("\n").toLowerCase() });
    });
  }

  /** The papers that the filters let through, most doubtful first. */
  function chosen() {
    const words = filters.words.toLowerCase().split(/\s+/).filter(Boolean);
    return [...papers.values()].filter((paper) => (!filters.status || paper.status === filters.status)
      && (!filters.doubt || paper.doubts[filters.doubt])
      && (!filters.check || paper.checks[filters.check])
      && words.every((word) => paper.words.includes(word)));
  }

  /** The paper after this one in the list, if it was read. */
  function after(id) {
    const listed = chosen();
    const next = listed[listed.findIndex((paper) => paper.id === id) + 1];
    return next && next.readable && next.id !== id ? next : null;
  }

  /** The nodes of the page: a header and the main part. */
  function nodes(title) {
    const table = el("div", {});
    const fields = {};
    const renew = () => showList(table, chosen());
    const set = (key, value) => {
      filters[key] = value;
      if (fields[key].value !== value) fields[key].value = value;
      renew();
    };
    const choose = (key) => (value) => {
      set(key, value);
      fields[key].focus();
    };
    const filter = (key, label, field) => {
      fields[key] = field;
      field.id = `filter-${key}`;
      field.value = filters[key];
      field.addEventListener("input", () => set(key, field.value));
      return el("div", { class: "field" }, el("label", { for: field.id }, label), field);
    };
    const select = (counts, name) => el("select", {}, el("option", { value: "" }, "any"),
      Object.keys(counts).map((key) => el("option", { value: key }, name(key))));
    const counts = { status: count((paper) => ({ [paper.status]: 1 })), doubt: count((paper) => paper.doubts), check: count((paper) => paper.checks) };
    const status = (key) => NAMES.status[key] || key;
    const check = (key) => NAMES.check[key] || key;
    const doubt = (key) => key || "other";
    const showAll = () => {
      Object.keys(filters).forEach((key) => set(key, ""));
      fields.words.focus();
    };
    renew();
    return [
      el("header", { class: "top" }, el("h1", { tabindex: -1 }, title)),
      el("main", { class: "run" },
        el("section", { "aria-label": "The run at a glance", class: "glance" },
          glance("Papers", counts.status, status, choose("status")),
          glance("Printed totals", counts.check, check, choose("check")),
          glance("Doubts by kind", counts.doubt, doubt, choose("doubt"))),
        el("section", { "aria-label": "Papers" },
          el("form", { class: "filters", role: "search", on: { submit: (event) => event.preventDefault() } },
            filter("words", "Search titles, paths, committees, dates", el("input", { type: "search", autocomplete: "off" })),
            filter("status", "Status", select(counts.status, status)),
            filter("check", "With totals that", select(counts.check, check)),
            filter("doubt", "With a doubt of", select(counts.doubt, doubt)),
            button("Show all", showAll)),
          table)),
    ];
  }

  /** How often each key occurs in all papers, the most frequent first. */
  function count(of) {
    const sums = new Map();
    for (const paper of papers.values()) for (const [key, n] of Object.entries(of(paper))) sums.set(key, (sums.get(key) || 0) + n);
    return Object.fromEntries([...sums].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)));
  }

  function glance(title, counts, name, act) {
    const kinds = Object.entries(counts);
    const all = kinds.reduce((sum, [, n]) => sum + n, 0);
    const most = Math.max(1, ...Object.values(counts));
    const rest = kinds.length - KINDS_AT_A_GLANCE;
    return el("table", {}, el("caption", {}, `${title}: ${number(all)}`),
      rest > 0 ? el("tfoot", {}, el("tr", {}, el("td", { colspan: 3, class: "help" }, `and ${some(rest, "more kind")}: see the filter below`))) : "",
      el("tbody", {}, kinds.slice(0, KINDS_AT_A_GLANCE).map(([key, n]) => el("tr", {},
        el("th", { scope: "row" }, button(name(key), () => act(key), { class: "plain", title: "Show only these papers" })),
        el("td", { class: "count" }, number(n)),
        el("td", { class: "bar", "aria-hidden": "true" }, el("progress", { value: n, max: most, tabindex: -1 }))))));
  }

  function showList(place, found, upTo = PAGE_OF_LIST) {
    const heads = ["Paper", "Committee", "Status", "Doubts", "Totals", "Repairs"];
    const more = () => {
      showList(place, found, upTo + PAGE_OF_LIST);
      place.querySelectorAll("tbody a")[upTo].focus();
    };
    place.replaceChildren(
      el("p", { role: "status" }, `${some(found.length, "paper")}, most doubtful first`),
      el("table", { class: "papers" }, el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, found.slice(0, upTo).map(rowOf))),
      found.length > upTo ? button(`Show ${some(Math.min(found.length - upTo, PAGE_OF_LIST), "more paper")}`, more) : "");
  }

  function rowOf(paper) {
    const meeting = [paper.meeting_date, paper.report_number && `item ${paper.report_number}`].filter(Boolean).join(", ");
    return el("tr", {},
      el("th", { scope: "row" }, el("a", { href: `#${encodeURIComponent(paper.id)}` }, paper.title || paper.path),
        el("span", { class: "path" }, paper.title ? paper.path : "")),
      el("td", {}, paper.committee || "", el("span", { class: "path" }, meeting)),
      el("td", {}, NAMES.status[paper.status] || paper.status, el("span", { class: "path detail" }, paper.status_detail || "")),
      el("td", { class: "count" }, doubtsInWords(paper)),
      el("td", { class: "count" }, totalsInWords(paper.checks)),
      el("td", { class: "count" }, paper.repairs === null ? "" : number(paper.repairs)));
  }

  return Object.freeze({ take, nodes, after, get: (id) => papers.get(id) });
})();
