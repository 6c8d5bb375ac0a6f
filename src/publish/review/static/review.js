"use strict";

/* The review page. What a paper says only ever becomes the text of a node or the value of a field: nothing here makes
   markup, code, styles or addresses of it, and the page's policy forbids the browser to. */

const committeePapers = (() => {
  const NAMES = {
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
  };
  const SEVERITIES = ["high", "medium", "low"];
  const REPAIRED = 1, SUPPLIED = 2, DOUBTED = 4;
  const PAGE_OF_LIST = 100;
  const KINDS_AT_A_GLANCE = 8;
  const TITLE = document.title;

  const view = document.getElementById("view");
  const papers = new Map();
  const filters = { words: "", status: "", doubt: "", check: "" };
  let shown = null; // the paper on view, as `Paper` makes it
  let wanted = ""; // the id of the paper that is being loaded
  const unsaved = new Map(); // the papers with rulings that were not downloaded, by id

  // ---------------------------------------------------------------- nodes

  /** A new element. `settings`: class, on (listeners), or an attribute; false and null leave an attribute out. */
  function el(name, settings, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(settings || {})) {
      if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  function svg(name, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  const button = (text, act, settings) => el("button", { type: "button", ...settings, on: { click: act } }, text);
  const hidden = (text) => el("span", { class: "unseen" }, text);
  let silence = 0;
  const say = (text) => {
    const said = document.getElementById("said");
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ""; }, 8000);
  };
  const number = (count) => count.toLocaleString("en-GB");
  const some = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

  /** A decimal number as text, with thousands separators; never by way of a float. */
  const grouped = (text) => text.replace(/^(-?)(\d+)/, (_, sign, digits) => sign + digits.replace(/\B(?=(\d{3})+$)/g, ","));

  // ---------------------------------------------------------------- the run

  const total = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const isUnread = (paper) => !paper.readable;

  /** Most doubtful first; papers that were not read come last, since there is nothing to judge in them. */
  function byDoubt(one, other) {
    const keys = (paper) => [isUnread(paper) ? 1 : 0, ...paper.severities.map((count) => -count)];
    const [first, second] = [keys(one), keys(other)];
    const at = first.findIndex((key, i) => key !== second[i]);
    return at < 0 ? one.order - other.order : first[at] - second[at];
  }

  function list(found) {
    found.forEach((paper, order) => {
      const words = [paper.title, paper.path, paper.id, paper.committee, paper.meeting_date, paper.report_number];
      papers.set(paper.id, { ...paper, order, words: words.filter(Boolean).join("\n").toLowerCase() });
    });
    window.addEventListener("hashchange", route);
    route();
  }

  function chosen() {
    const words = filters.words.toLowerCase().split(/\s+/).filter(Boolean);
    return [...papers.values()]
      .filter((paper) => (!filters.status || paper.status === filters.status)
        && (!filters.doubt || paper.doubts[filters.doubt])
        && (!filters.check || paper.checks[filters.check])
        && words.every((word) => paper.words.includes(word)))
      .sort(byDoubt);
  }

  function showRun() {
    shown = null;
    document.title = TITLE;
    const table = el("div", {});
    const fields = {};
    const renew = () => showList(table, chosen());
    const set = (key, value) => {
      filters[key] = value;
      if (fields[key].value !== value) fields[key].value = value;
      renew();
    };
    const choose = (key, value) => {
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
    const select = (counts, names) => el("select", {}, el("option", { value: "" }, "any"),
      Object.keys(counts).map((key) => el("option", { value: key }, names(key))));
    const counts = { status: count((paper) => ({ [paper.status]: 1 })), doubt: count((p) => p.doubts), check: count((p) => p.checks) };
    const names = { status: (key) => NAMES.status[key] || key, doubt: (key) => key || "other", check: (key) => `totals ${NAMES.check[key] || key}` };
    view.replaceChildren(
      el("header", { class: "top" }, el("h1", { tabindex: -1 }, TITLE)),
      el("main", { class: "run" },
        el("section", { "aria-label": "The run at a glance", class: "glance" },
          glance("Papers", counts.status, names.status, (key) => choose("status", key)),
          glance("Printed totals", counts.check, (key) => NAMES.check[key] || key, (key) => choose("check", key)),
          glance("Doubts by kind", counts.doubt, names.doubt, (key) => choose("doubt", key))),
        el("section", { "aria-label": "Papers" },
          el("form", { class: "filters", role: "search", on: { submit: (event) => event.preventDefault() } },
            filter("words", "Search titles, paths, committees, dates", el("input", { type: "search", autocomplete: "off" })),
            filter("status", "Status", select(counts.status, names.status)),
            filter("check", "With totals that", select(counts.check, (key) => NAMES.check[key] || key)),
            filter("doubt", "With a doubt of", select(counts.doubt, names.doubt)),
            button("Show all", () => { Object.keys(filters).forEach((key) => set(key, "")); fields.words.focus(); })),
          table)));
    renew();
    focusHeading();
  }

  /** How often each key occurs in all papers, the most frequent first. */
  function count(of) {
    const sums = new Map();
    for (const paper of papers.values()) for (const [key, n] of Object.entries(of(paper))) sums.set(key, (sums.get(key) || 0) + n);
    return Object.fromEntries([...sums].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)));
  }

  function glance(title, counts, name, act) {
    const all = total(counts);
    const most = Math.max(1, ...Object.values(counts));
    const kinds = Object.entries(counts);
    return el("table", {}, el("caption", {}, `${title}: ${number(all)}`),
      kinds.length > KINDS_AT_A_GLANCE ? el("tfoot", {}, el("tr", {}, el("td", { colspan: 3, class: "help" }, `and ${some(kinds.length - KINDS_AT_A_GLANCE, "more kind")}: see the filter below`))) : "",
      el("tbody", {}, kinds.slice(0, KINDS_AT_A_GLANCE).map(([key, n]) => el("tr", {},
        el("th", { scope: "row" }, button(name(key), () => act(key), { class: "plain", title: "Show only these papers" })),
        el("td", { class: "count" }, number(n)),
        el("td", { class: "bar", "aria-hidden": "true" }, el("progress", { value: n, max: most, tabindex: -1 }))))));
  }

  function showList(place, found, from = PAGE_OF_LIST) {
    const rows = found.slice(0, from).map((paper) => el("tr", {},
      el("th", { scope: "row" }, el("a", { href: `#${encodeURIComponent(paper.id)}` }, paper.title || paper.path),
        el("span", { class: "path" }, paper.title ? paper.path : "")),
      el("td", {}, paper.committee || "", el("span", { class: "path" }, [paper.meeting_date, paper.report_number && `item ${paper.report_number}`].filter(Boolean).join(", "))),
      el("td", {}, NAMES.status[paper.status] || paper.status),
      el("td", { class: "count" }, doubtsInWords(paper)),
      el("td", { class: "count" }, totalsInWords(paper.checks)),
      el("td", { class: "count" }, paper.repairs === null ? "" : number(paper.repairs))));
    const heads = ["Paper", "Committee", "Status", "Doubts", "Totals", "Repairs"];
    const more = found.length > from
      ? button(`Show ${some(Math.min(found.length - from, PAGE_OF_LIST), "more paper")}`, () => {
        showList(place, found, from + PAGE_OF_LIST);
        place.querySelectorAll("tbody a")[from].focus();
      }) : "";
    place.replaceChildren(
      el("p", { role: "status" }, `${some(found.length, "paper")}, most doubtful first`),
      el("table", { class: "papers" }, el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, rows)),
      more);
  }

  function doubtsInWords(paper) {
    if (isUnread(paper)) return "";
    return SEVERITIES.map((name, i) => paper.severities[i] && `${number(paper.severities[i])} ${name}`).filter(Boolean).join(", ") || "none";
  }

  function totalsInWords(checks) {
    const agree = (checks.agrees || 0) + (checks.rounding || 0);
    const parts = [checks.differs && `${some(checks.differs, "differs", "differ")}`, agree && some(agree, "agrees", "agree"),
      checks.cannot_check && `${number(checks.cannot_check)} not checked`];
    return parts.filter(Boolean).join(", ");
  }

  // ---------------------------------------------------------------- which page

  /** What the address asks for: a paper by its id, and after a / a place in it. */
  function address() {
    const [, id, place] = /^#?([^/]*)\/?(.*)$/.exec(location.hash);
    return [decoded(id), decoded(place)];
  }

  function route() {
    const [id, place] = address();
    const about = papers.get(id);
    wanted = id;
    if (!id) showRun();
    else if (shown && shown.data.id === id) shown.selectPlace(place);
    else if (!about) showMessage("There is no such paper in this run.", id);
    else if (isUnread(about)) showMessage(about.status_detail || NAMES.status[about.status], about.path);
    else if (unsaved.has(id)) open(unsaved.get(id));
    else load(id);
  }

  function load(id) {
    const script = el("script", {});
    script.addEventListener("load", () => script.remove());
    script.addEventListener("error", () => showMessage("The data of this paper are missing: the folder review/papers has to stay beside this page.", id));
    script.src = trusted(`papers/${encodeURIComponent(id)}.js`);
    document.head.append(script);
  }

  function open(paper) {
    shown = paper;
    paper.show();
  }

  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const focusHeading = () => view.querySelector("h1").focus();

  /** The address of a data file, as browsers want it that are told to load nothing unasked. */
  const trusted = (() => {
    const own = (address) => {
      if (!/^papers\/[^/\\:?#]+\.js$/.test(address)) throw new TypeError("not a data file");
      return address;
    };
    return window.trustedTypes ? ((policy) => (address) => policy.createScriptURL(address))(window.trustedTypes.createPolicy("papers", { createScriptURL: own })) : own;
  })();

  function showMessage(text, about) {
    shown = null;
    view.replaceChildren(
      el("header", { class: "top" }, el("a", { href: "#" }, "All papers"), el("h1", { tabindex: -1 }, about)),
      el("main", { class: "run" }, el("p", {}, text)));
    focusHeading();
  }

  function paper(data) {
    if (data.id !== wanted) return;
    open(new Paper(papers.get(data.id), data));
  }

  // ---------------------------------------------------------------- one paper

  class Paper {
    constructor(about, data) {
      this.about = about;
      this.data = data;
      this.printed = data.printed.flatMap(([, , cells]) => cells.map(([text, , , places, parts]) => ({ text, places, parts: parts.length ? parts : [text] })));
      this.cells = []; // the cells of the clean paper, in order
      this.lines = data.read.map(([kind, level, marker, cells], line) => ({
        kind, level, marker,
        cells: cells.map(([text, pieces, repairs, flags], index) => {
          const cell = { line, index, order: this.cells.length, pieces, repairs, flags, kind, doubts: [], checks: [], table: null, node: null };
          cell.text = text === null ? this.printed[pieces[0][0]].text : text;
          this.cells.push(cell);
          return cell;
        }),
      }));
      this.doubts = data.doubts.map(([severity, rule, why, suggestion, line, index, place], n) => ({ n, severity, rule, why, suggestion, place, cell: this.cellAt(line, index) }));
      for (const doubt of this.doubts) if (doubt.cell) doubt.cell.doubts.push(doubt);
      for (const [line, index, row, column, stated, computed, difference, status] of data.checks) {
        const cell = this.cellAt(line, index);
        if (cell) cell.checks.push({ row, column, stated, computed, difference, status });
      }
      this.user = new Map(); // the number of a printed cell -> the first clean cell that it went into
      for (const cell of this.cells) for (const [raw] of cell.pieces) if (!this.user.has(raw)) this.user.set(raw, cell);
      this.rulings = new Rulings(this);
    }

    cellAt(line, index) {
      const cells = line === null || !this.lines[line] ? [] : this.lines[line].cells;
      return cells[index === null ? cells.findIndex((cell) => cell.text.trim()) : index] || cells[0] || null;
    }

    // ------------------------------------------------ what is on the screen

    show() {
      this.selected = null;
      this.marked = [];
      document.title = `${this.about.title || this.about.path} – review`;
      this.nodes = []; // of each printed cell, those of its parts
      this.stops = []; // the cells that the keyboard reaches, in order
      this.drawings = new Map(); // of each page, what draws it
      this.watch = null;
      this.source = el("section", { class: "source", "aria-label": "The paper as printed", tabindex: 0 });
      this.source.append(...this.sourceNodes());
      this.readPane = el("section", { class: "read", "aria-label": "The paper as read", on: { keydown: (event) => this.key(event), click: (event) => this.clicked(event), focusin: (event) => this.focused(event) } },
        el("h2", {}, "As read"), this.readNodes());
      this.stops.forEach((cell, stop) => { cell.stop = stop; });
      this.card = el("div", { class: "card" });
      const side = el("section", { class: "side", "aria-label": "The chosen cell, doubts and rulings" }, this.card, this.doubtList(), this.rulings.node, legend());
      view.replaceChildren(el("header", { class: "top" }, el("a", { href: "#" }, "All papers"), el("h1", { tabindex: -1 }, this.about.title || this.about.path), this.facts()),
        el("main", { class: "paper" }, this.source, this.readPane, side));
      this.showCell();
      this.rulings.show();
      if (this.stops.length) this.stops[0].node.tabIndex = 0;
      focusHeading();
      this.selectPlace(address()[1]);
    }

    facts() {
      const { about } = this;
      const facts = [about.path, about.committee, about.meeting_date, about.report_number && `item ${about.report_number}`,
        NAMES.status[about.status], some(this.data.tables.length, "table"), some(this.data.repairs.length, "repair"),
        some(this.doubts.length, "doubt"), totalsInWords(about.checks) && `totals: ${totalsInWords(about.checks)}`];
      return [el("p", { class: "facts" }, facts.filter(Boolean).join(" · ")), about.status_detail ? el("p", { class: "facts" }, about.status_detail) : ""];
    }

    /** The source as it was extracted: a text by its lines, a web page by its blocks and tables, a PDF by its pages. */
    sourceNodes() {
      const pages = new Map();
      const nodes = [];
      const isText = this.printed.some(({ places }) => places.length && places[0][0].startsWith("line "));
      let at = 0;
      let grid = null; // the table that goes on
      for (const [kind, its, cells] of this.data.printed) {
        const numbers = cells.map(() => at++);
        const place = numbers.length ? this.printed[numbers[0]].places[0] : undefined;
        if (numbers.some((raw) => this.printed[raw].places[0]?.length > 1)) numbers.forEach((raw) => this.note(raw, pages));
        else if (its !== null && !isText) {
          if (!grid || grid.its !== its) {
            grid = { its, body: el("tbody", {}) };
            nodes.push(el("table", { class: "source-table", role: "presentation" }, grid.body));
          }
          grid.body.append(el("tr", {}, numbers.map((raw, n) => this.printedNode("td", raw, { rowspan: cells[n][1], colspan: cells[n][2] }))));
          continue;
        } else nodes.push(sourceLine(kind, place, numbers.map((raw) => this.printedNode("span", raw))));
        grid = null;
      }
      const choose = (event) => {
        const node = event.target.closest("[data-raw]");
        const cell = node && this.user.get(Number(node.getAttribute("data-raw")));
        if (cell && cell.node) this.go(cell);
      };
      const heading = el("h2", {}, "As printed");
      if (!pages.size) return [heading, el("div", { class: isText ? "text" : "web", on: { click: choose } }, nodes)];
      const drawn = el("div", { on: { click: choose } }, [...pages].sort(([one], [other]) => one - other).map(([page, boxes]) => this.page(page, boxes)));
      const enlarge = button("Larger", () => {
        const isLarge = drawn.classList.toggle("large");
        enlarge.setAttribute("aria-pressed", String(isLarge));
        if (this.selected) this.showOrigin(this.selected);
      }, { "aria-pressed": "false" });
      return [el("div", { class: "pane-top" }, heading, enlarge), drawn];
    }

    printedNode(name, raw, spans) {
      const node = el(name, { class: "printed", "data-raw": raw, ...spans }, this.printed[raw].text);
      this.nodes[raw] = [node];
      return node;
    }

    /** Note the parts of one printed cell as boxes on their pages. */
    note(raw, pages) {
      this.nodes[raw] = [];
      this.printed[raw].places.forEach(([place, page, x0, top, x1, bottom], part) => {
        if (!pages.has(page)) pages.set(page, []);
        pages.get(page).push({ raw, part, place, x0, top, x1, bottom, text: this.printed[raw].parts[part] });
      });
    }

    /** A page as a drawing of its printed cells, made when it is about to be seen: a long paper has many.
        Its size is not known here: at least A4, and room for all that stands on it. */
    page(page, boxes) {
      const width = boxes.reduce((most, box) => Math.max(most, box.x1 + 20), 595);
      const height = boxes.reduce((most, box) => Math.max(most, box.bottom + 20), width > 620 ? 595 : 842);
      const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Page ${page}` });
      const draw = () => {
        if (drawing.hasChildNodes()) return;
        for (const box of boxes) this.nodes[box.raw][box.part] = boxNode(box);
        drawing.append(...boxes.map((box) => this.nodes[box.raw][box.part]));
      };
      for (const box of boxes) this.nodes[box.raw][box.part] = draw; // until it is drawn
      this.watch ||= new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => this.drawings.get(one.target)()), { root: this.source, rootMargin: "800px" });
      this.drawings.set(drawing, draw);
      this.watch.observe(drawing);
      return el("figure", { class: "page" }, el("figcaption", {}, `Page ${page}`), drawing);
    }

    readNodes() {
      const tables = new Map(this.data.tables.map((table) => [table[4], table]));
      const nodes = [];
      for (let line = 0; line < this.lines.length; line += 1) {
        if (tables.has(line)) {
          const table = tables.get(line);
          nodes.push(this.tableNode(table));
          line += Math.max(1, table[5].length) - 1;
        } else if (this.lines[line].kind !== "blank" && this.lines[line].cells.length) nodes.push(this.lineNode(this.lines[line]));
      }
      return nodes;
    }

    lineNode({ kind, level, marker, cells }) {
      const parts = cells.filter((cell) => cell.text || cell.doubts.length).map((cell) => {
        cell.node = el("span", { class: "cell", role: "button", "aria-pressed": "false", tabindex: -1, "data-cell": cell.order }, marker && cell.index === 0 ? `${marker} ` : "", cell.text, marks(cell));
        this.stops.push(cell);
        return cell.node;
      });
      const name = kind === "heading" ? `h${Math.min(6, Math.max(3, (level || 1) + 2))}` : "p";
      const what = kind === "hidden" ? "hidden" : kind === "furniture" ? "furniture" : "";
      return el(name, { class: `line ${what}` }, what ? el("span", { class: "what" }, what === "hidden" ? "not shown: " : "around the text: ") : "", parts);
    }

    tableNode([id, caption, unit, profile, start, rows]) {
      const about = [unit && `unit ${unit}`, profile && `read as ${profile}`].filter(Boolean).join(", ");
      const body = rows.map(([type, cells], row) => el("tr", { class: `row-${type}` }, cells.flatMap(([index, column, rowSpan, columnSpan, kind, value, itsUnit]) => {
        const cell = this.lines[start + row].cells[index];
        if (!cell) return [];
        Object.assign(cell, { table: id, type, column, row, read: kind, value, unit: itsUnit, rowSpan, columnSpan });
        cell.node = el(type === "header" ? "th" : "td", {
          class: value === null ? "cell" : "cell figure", tabindex: -1, "aria-selected": "false", "data-cell": cell.order,
          rowspan: rowSpan > 1 ? rowSpan : null, colspan: columnSpan > 1 ? columnSpan : null, scope: type === "header" ? "col" : null,
        }, cell.text, marks(cell));
        this.stops.push(cell);
        return [cell.node];
      })));
      const name = [caption || id, about && `(${about})`].filter(Boolean).join(" ");
      return el("div", { class: "table" }, el("table", { role: "grid", "aria-readonly": "true" }, el("caption", {}, name), el("tbody", {}, body)));
    }

    doubtList() {
      if (!this.doubts.length) return el("section", {}, el("h2", {}, "Doubts"), el("p", {}, "None."));
      const items = this.doubts.map((doubt) => {
        const about = [el("strong", { class: `severity ${doubt.severity}` }, doubt.severity), " ", doubt.why, " ", el("span", { class: "path" }, [doubt.rule, doubt.place].filter(Boolean).join(", "))];
        doubt.state = el("span", { class: "state" });
        return el("li", {}, doubt.cell && doubt.cell.node ? el("button", { type: "button", class: "plain", on: { click: () => this.go(doubt.cell) } }, about) : el("div", { class: "whole" }, about), doubt.state);
      });
      return el("section", { class: "doubts" }, el("h2", {}, `Doubts: ${number(this.doubts.length)}`),
        el("p", { class: "steps" }, button("Previous doubt", () => this.step(-1)), button("Next doubt", () => this.step(1))),
        el("ol", {}, items));
    }

    // ------------------------------------------------ choosing a cell

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const cell = this.cellOf(event.target);
      if (!cell) return;
      const acts = {
        ArrowRight: () => this.stops[cell.stop + 1], ArrowLeft: () => this.stops[cell.stop - 1],
        ArrowDown: () => this.beside(cell, 1), ArrowUp: () => this.beside(cell, -1),
        Home: () => this.stops.find((other) => other.line === cell.line),
        End: () => this.stops.findLast((other) => other.line === cell.line),
        n: () => this.step(1), p: () => this.step(-1),
        Enter: () => { this.card.querySelector("textarea, select, button")?.focus(); },
      };
      if (!Object.hasOwn(acts, event.key)) return;
      event.preventDefault();
      acts[event.key]()?.node.focus();
    }

    /** The next cell below or above: in a table that of the same column, else the next stop on another line. */
    beside(cell, way) {
      const covers = (other) => other.table === cell.table && other.column <= cell.column && cell.column < other.column + other.columnSpan;
      for (let at = cell.stop + way; this.stops[at]; at += way) {
        const other = this.stops[at];
        if (other.line !== cell.line && (!cell.table || other.table !== cell.table || covers(other))) return other;
      }
      return null;
    }

    cellOf(node) {
      const holder = node.closest("[data-cell]");
      return holder ? this.cells[Number(holder.getAttribute("data-cell"))] : null;
    }

    clicked(event) {
      const cell = this.cellOf(event.target);
      if (cell) cell.node.focus();
    }

    focused(event) {
      const cell = this.cellOf(event.target);
      if (cell && cell !== this.selected) this.select(cell);
    }

    /** Go to the next or the previous doubt that has a cell. */
    step(way) {
      const cells = [...new Set(this.doubts.map((doubt) => doubt.cell).filter((cell) => cell && cell.node))];
      if (!cells.length) return;
      const at = cells.indexOf(this.selected);
      this.go(cells[at < 0 && way < 0 ? cells.length - 1 : (at + way + cells.length) % cells.length]);
    }

    /** Choose a cell from elsewhere: bring it into view and move the focus to it. */
    go(cell) {
      reveal(this.readPane, cell.node);
      cell.node.focus({ preventScroll: true });
    }

    selectPlace(place) {
      if (!place) return;
      const raw = this.printed.findIndex((cell) => cell.places.some(([said]) => said === place));
      const cell = this.cells.find((one) => one.node && one.pieces.some(([number]) => number === raw));
      if (cell) this.go(cell);
      else say("That place is not found in this paper.");
    }

    select(cell) {
      for (const [old, value, stop] of [[this.selected, "false", -1], [cell, "true", 0]]) {
        if (!old) continue;
        old.node.setAttribute(old.table ? "aria-selected" : "aria-pressed", value);
        old.node.tabIndex = stop;
      }
      if (!this.selected && this.stops[0] !== cell) this.stops[0].node.tabIndex = -1;
      this.selected = cell;
      this.showOrigin(cell);
      this.showCell();
    }

    /** The node of one part of a printed cell; its page is drawn if it was not yet. */
    nodeOf(raw, part) {
      if (typeof this.nodes[raw][part] === "function") this.nodes[raw][part]();
      return this.nodes[raw][part] || this.nodes[raw][0];
    }

    showOrigin(cell) {
      for (const restore of this.marked) restore();
      this.marked = [];
      let first = null;
      for (const [raw, part, start, end] of cell.pieces) {
        const node = this.nodeOf(raw, part);
        const { text } = this.printed[raw];
        node.classList.add("origin");
        if (start !== undefined) node.replaceChildren(text.slice(0, start), el("mark", {}, text.slice(start, end)), text.slice(end));
        this.marked.push(() => {
          node.classList.remove("origin");
          if (start !== undefined) node.replaceChildren(text);
        });
        first ||= node.querySelector("mark") || node;
      }
      if (first) reveal(this.source, first);
    }

    showCell() {
      const cell = this.selected;
      if (!cell) {
        this.card.replaceChildren(el("h2", {}, "Choose a cell"), el("p", {}, "Click one, or go with the arrow keys. In the paper as read, n and p lead to the next and the previous doubt, Enter to the ruling."));
        return;
      }
      const facts = [];
      const fact = (name, ...values) => facts.push(el("div", {}, el("dt", {}, name), values.map((value) => el("dd", {}, value))));
      fact("Reads", el("q", { class: "text" }, cell.text || "(nothing)"));
      if (cell.table) fact("Read as", [NAMES.kind[cell.read] || cell.read, cell.value === null ? "" : `: ${grouped(cell.value)}${cell.unit ? ` ${cell.unit}` : ""}`, ` (${NAMES.row[cell.type] || cell.type})`].join(""));
      const pieces = this.rulings.pieces(cell);
      fact("Printed", ...(pieces.length ? pieces.map((piece) => [el("q", { class: "text" }, piece.text), el("span", { class: "path" }, piece.place)]) : ["nothing"]));
      for (const check of cell.checks) fact("Check", checkInWords(check));
      for (const doubt of cell.doubts) fact("Doubt", [el("strong", { class: `severity ${doubt.severity}` }, doubt.severity), ` ${doubt.why}`, doubt.suggestion ? ` – ${doubt.suggestion}` : "", el("span", { class: "path" }, doubt.rule)]);
      this.card.replaceChildren(el("h2", {}, "The chosen cell"), el("dl", {}, facts), this.repairNodes(cell), this.rulings.form(cell, pieces));
    }

    repairNodes(cell) {
      if (!cell.repairs.length) return el("p", {}, "No repair: it reads as printed.");
      return el("section", {}, el("h3", {}, some(cell.repairs.length, "repair")), el("ol", { class: "repairs" }, cell.repairs.map((n) => {
        const [rule, why, before, after, isCut] = this.data.repairs[n];
        return el("li", {}, el("strong", {}, rule), ` ${why}`,
          el("details", {}, el("summary", {}, `Before and after (repair ${n + 1})`),
            el("p", { class: "label" }, "Before"), el("pre", {}, before), el("p", { class: "label" }, "After"), el("pre", {}, after || "(nothing)"),
            isCut ? el("p", {}, "Cut here: repairs.csv has the whole.") : ""));
      })));
    }
  }

  function sourceLine(kind, place, nodes) {
    const at = place && /^line (\d+)/.exec(place[0]);
    const what = { hidden: "hidden", furniture: "furniture", row: "row", heading: "head" }[kind] || "";
    return el("div", { class: `source-line ${what}` }, at ? el("span", { class: "number", "aria-hidden": "true" }, at[1]) : "", kind === "hidden" ? el("span", { class: "what" }, "not shown: ") : "", nodes);
  }

  function boxNode(box) {
    const { raw, place, x0, top, x1, bottom } = box;
    const rect = svg("rect", { x: x0 - 1, y: top - 1, width: Math.max(1, x1 - x0) + 2, height: Math.max(1, bottom - top) + 2, rx: 1 });
    return svg("g", { class: "printed", "data-raw": raw }, svg("title", {}, place), rect, ...boxText(box));
  }

  /** The text of a box, drawn to fill it; a tall narrow box holds text that runs upwards. */
  function boxText({ x0, top, x1, bottom, text }) {
    const lines = text.split("\n").filter((line) => line.trim());
    if (!lines.length) return [];
    const [width, height] = [Math.max(1, x1 - x0), Math.max(1, bottom - top)];
    const upright = lines.length > 1 || height < 2.5 * width || text.length < 3;
    const [long, step] = upright ? [width, height / lines.length] : [height, width];
    return lines.map((line, n) => svg("text", {
      "font-size": Math.min(step * (lines.length > 1 ? 0.8 : 0.95), 40).toFixed(1),
      ...(lines.length === 1 || n < lines.length - 1 ? { textLength: long.toFixed(1), lengthAdjust: "spacingAndGlyphs" } : {}),
      ...(upright ? { x: x0, y: (top + step * (n + 0.82)).toFixed(1) } : { transform: `translate(${(x1 - width * 0.2).toFixed(1)} ${bottom}) rotate(-90)` }),
    }, line));
  }

  /** Scroll one pane, and nothing else, so that a node in it is seen. */
  function reveal(pane, node) {
    const [outer, inner] = [pane.getBoundingClientRect(), node.getBoundingClientRect()];
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40) pane.scrollTop += inner.top - outer.top - outer.height / 3;
    if (inner.left < outer.left || inner.right > outer.right) pane.scrollLeft += inner.left - outer.left - 20;
  }

  function marks(cell) {
    const found = [];
    if (cell.flags & REPAIRED) found.push(["✎", "repaired"]);
    if (cell.flags & SUPPLIED) found.push(["[ ]", "supplied"]);
    if (cell.flags & DOUBTED || cell.doubts.length) found.push(["?", "doubted"]);
    if (cell.checks.some((check) => check.status === "differs")) found.push(["≠", "total differs"]);
    else if (cell.checks.some((check) => check.status === "agrees")) found.push(["✓", "total agrees"]);
    return found.map(([sign, name]) => el("span", { class: `mark mark-${name.split(" ").join("-")}`, title: name }, el("span", { "aria-hidden": "true" }, sign), hidden(` ${name} `)));
  }

  function checkInWords({ row, column, stated, computed, difference, status }) {
    const label = [row, column].filter(Boolean).join(" | ");
    const figures = [stated !== null && `printed ${grouped(stated)}`, computed !== null && `its parts add up to ${grouped(computed)}`, difference && Number(difference) !== 0 && `difference ${grouped(difference)}`];
    const said = { agrees: "the total agrees", rounding: "differs by no more than rounding", differs: "the total differs", no_total: "no total is printed", cannot_check: "could not be checked" };
    return [el("strong", {}, said[status] || status), ": ", figures.filter(Boolean).join(", "), label ? el("span", { class: "path" }, label) : ""];
  }

  function legend() {
    const signs = [["✎", "repaired: it is not as printed, and the repair says why"], ["[ ]", "characters were supplied on evidence"], ["?", "doubted: please compare with the paper"], ["✓", "a total that agrees with its parts"], ["≠", "a total that differs from its parts"]];
    return el("details", { class: "legend" }, el("summary", {}, "What the signs mean"), el("dl", {}, signs.map(([sign, text]) => el("div", {}, el("dt", {}, sign), el("dd", {}, text)))));
  }

  // ---------------------------------------------------------------- rulings

  class Rulings {
    constructor(paper) {
      this.paper = paper;
      this.file = paper.data.sidecar || `${paper.about.path.split("/").pop()}.toml`;
      this.all = paper.data.rulings.map(([printed, reads, why, by, when, place]) => ({ printed, reads, why, by, when, place, old: true }));
      this.changed = false;
      this.node = el("section", { class: "rulings", "aria-label": "Rulings" });
    }

    /** What was printed of a cell, one entry for each place that a ruling can be about. */
    pieces(cell) {
      const found = [];
      for (const [raw, part, start = 0, end] of cell.pieces) {
        const whole = this.paper.printed[raw];
        const [from, to] = [start, end === undefined ? whole.text.length : end];
        const text = whole.text.slice(from, to);
        if (text.trim() && !found.some((piece) => piece.raw === raw && piece.start === from)) {
          found.push({ raw, start: from, end: to, text, place: (whole.places[part] || whole.places[0])[0] });
        }
      }
      return found;
    }

    form(cell, pieces) {
      if (!pieces.length) return el("p", {}, "Nothing is printed here that a ruling could be about.");
      const field = (id, label, input, help) => {
        input.id = id;
        if (help) input.setAttribute("aria-describedby", `${id}-help`);
        return el("div", { class: "field" }, el("label", { for: id }, label), help ? el("p", { class: "help", id: `${id}-help` }, help) : "", input);
      };
      const reads = el("textarea", { rows: 3, spellcheck: "false" });
      const which = el("select", { on: { change: () => { reads.value = pieces[which.value].text; } } }, pieces.map((piece, n) => el("option", { value: n }, `${piece.text.trim().slice(0, 50)} (${piece.place})`)));
      reads.value = pieces[0].text;
      const why = el("input", { autocomplete: "off" });
      const by = el("input", { autocomplete: "name" });
      by.value = remembered("committee-papers:by");
      const when = el("input", { type: "date" });
      when.value = today();
      const problem = el("p", { class: "problem", role: "alert" });
      const rule = (text) => {
        const missing = [[why, "a reason"], [by, "your name"]].filter(([input]) => !input.value.trim());
        for (const input of [why, by, reads]) input.removeAttribute("aria-invalid");
        problem.textContent = missing.length ? `A ruling needs ${missing.map(([, name]) => name).join(" and ")}.` : "";
        if (missing.length) {
          for (const [input] of missing) input.setAttribute("aria-invalid", "true");
          missing[0][0].focus();
          return;
        }
        const piece = pieces[which.value || 0];
        const fault = this.add(cell, piece, text ?? piece.text, { why: why.value.trim(), by: by.value.trim(), when: when.value });
        problem.textContent = fault;
        if (fault) return;
        remember("committee-papers:by", by.value.trim());
        say(`Ruling noted. Download ${this.file} when you are done.`);
        cell.node.focus();
      };
      const leave = (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        cell.node.focus();
      };
      return el("form", { class: "rule", "aria-label": "Your ruling", on: { keydown: leave, submit: (event) => { event.preventDefault(); rule(reads.value); } } },
        el("h3", {}, "Your ruling"),
        pieces.length > 1 ? field("which", "On which printed text", which, "This cell was made of several. A ruling corrects what was printed, before any repair.") : "",
        field("reads", "It should read", reads), field("why", "Why", why, "For example: compared with the page."),
        el("div", { class: "pair" }, field("by", "Your name", by), field("when", "Date", when)),
        problem,
        el("div", { class: "acts" }, el("button", { type: "submit", class: "main" }, "Note this reading"), button("Accept as printed", () => rule(null))));
    }

    /** Note a ruling; returns what is wrong with it, or nothing. */
    add(cell, piece, reads, { why, by, when }) {
      const { text } = this.paper.printed[piece.raw];
      const quotes = [
        { printed: piece.text, reads, place: "" },
        { printed: text, reads: text.slice(0, piece.start) + reads + text.slice(piece.end), place: "" },
        { printed: piece.text, reads, place: piece.place },
        { printed: text, reads: text.slice(0, piece.start) + reads + text.slice(piece.end), place: piece.place },
      ];
      const quote = quotes.find((one) => this.places(one).length === 1);
      if (!quote) return `“${piece.text.trim()}” is printed in ${number(this.places({ printed: piece.text, place: piece.place }).length)} places here, so a ruling could not say which it is about.`;
      if (!wellFormed(quote.printed) || !wellFormed(quote.reads)) return "This holds a character that no file can hold.";
      const [raw, start] = this.places(quote)[0];
      const rival = this.all.find((other) => this.places(other).some(([at, from]) => at === raw && from < start + quote.printed.length && start < from + other.printed.length));
      if (rival) return "Another ruling is about this text. Withdraw that one first (below).";
      this.all.push({ ...quote, why, by, when, cell, old: false });
      this.change(true);
      return "";
    }

    /** Where a text is printed, in the whole paper or at a place of it: the cell and the character; stops at a hundred. */
    places({ printed: text, place }) {
      const found = [];
      this.paper.printed.forEach((cell, raw) => {
        if (place && !cell.places.some(([said]) => said === place)) return;
        for (let at = cell.text.indexOf(text); at >= 0 && found.length < 100; at = cell.text.indexOf(text, at + 1)) found.push([raw, at]);
      });
      return found;
    }

    show() {
      const items = this.all.map((ruling) => el("li", {},
        ruling.reads === ruling.printed ? ["accepted as printed: ", el("q", { class: "text" }, ruling.printed)] : [el("q", { class: "text" }, ruling.printed), " reads ", el("q", { class: "text" }, ruling.reads || "(nothing)")],
        el("span", { class: "path" }, [ruling.why, ruling.by, ruling.when, ruling.old ? "in force" : "new"].filter(Boolean).join(", ")),
        button("Withdraw", () => this.withdraw(ruling), { "aria-label": `Withdraw the ruling on ${ruling.printed.slice(0, 60)}` })));
      const folder = this.paper.about.path.split("/").slice(0, -1).join("/");
      this.node.replaceChildren(el("h2", {}, `Rulings: ${number(this.all.length)}`),
        ...(this.all.length || this.changed ? [el("ol", {}, items),
          el("p", {}, button(`Download ${this.file}`, () => this.download(), { class: "main" })),
          el("p", { class: "help" }, `Put it beside the paper (${folder ? `folder ${folder}` : "in the folder of the papers"}), in place of one that is there. The next run applies it.`),
          el("details", {}, el("summary", {}, "The file as text"), el("pre", { class: "toml" }, this.toml()))] : [el("p", {}, "None yet.")]));
      for (const doubt of this.paper.doubts) {
        doubt.state.textContent = doubt.cell && this.all.some((ruling) => ruling.cell === doubt.cell) ? "✓ ruled" : "";
      }
    }

    /** Say whether there is something that is not downloaded, and show what there is. */
    change(isUnsaved) {
      this.changed = true;
      if (isUnsaved) unsaved.set(this.paper.data.id, this.paper);
      else unsaved.delete(this.paper.data.id);
      this.show();
    }

    withdraw(ruling) {
      this.all = this.all.filter((other) => other !== ruling);
      this.change(true);
      this.node.querySelector("button")?.focus();
      say("Withdrawn.");
    }

    toml() {
      return this.all.map(({ printed, reads, why, by, when, place }) => [
        "[[ruling]]", `printed = ${tomlText(printed)}`, `reads = ${tomlText(reads)}`, `why = ${tomlText(why)}`, `by = ${tomlText(by)}`, place && `place = ${tomlText(place)}`,
        when && `when = ${isDate(when) ? when : tomlText(when)}`].filter(Boolean).join("\n") + "\n").join("\n");
    }

    download() {
      const address = URL.createObjectURL(new Blob([this.toml()], { type: "application/toml" }));
      const link = el("a", { href: address, download: this.file });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
      this.change(false);
      say(`${this.file} is downloaded.`);
    }
  }

  /** A text as a basic string of TOML. */
  function tomlText(text) {
    const short = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
    // eslint-disable-next-line no-control-regex
    return `"${text.replace(/[\u0000-\u001f"\\\u007f]/g, (sign) => short[sign] || `\\u${sign.codePointAt(0).toString(16).padStart(4, "0")}`)}"`;
  }

  const wellFormed = (text) => text.isWellFormed();
  const isDate = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  const today = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"); };
  // A browser may refuse to remember anything for a page from a disk.
  const remembered = (key) => { try { return localStorage.getItem(key) || ""; } catch { return ""; } };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* not remembered */ } };

  window.addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });

  return Object.freeze({ list, paper });
})();
