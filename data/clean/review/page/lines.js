"use strict";

/* A source as the lines that were extracted: a text with its line numbers, a web page as its blocks and tables. */

const Lines = (() => {
  const { el } = Nodes;
  const WHAT = { hidden: "hidden", furniture: "furniture", row: "row", heading: "head" };

  return class Lines {
    constructor(paper) {
      this.paper = paper;
      this.found = []; // the node of each printed cell
      this.node = el("div", { class: paper.isText ? "text" : "blocks" }, this.nodes());
    }

    nodes() {
      const nodes = [];
      let at = 0;
      let table = null; // the one that goes on
      for (const [kind, grid, cells] of this.paper.data.printed) {
        const raws = cells.map(() => at++);
        if (grid === null || this.paper.isText) {
          table = null;
          nodes.push(this.line(kind, raws));
          continue;
        }
        if (!table || table.grid !== grid) {
          table = { grid, body: el("tbody", {}) };
          nodes.push(el("table", { class: "source-table", role: "presentation" }, table.body));
        }
        table.body.append(el("tr", {}, raws.map((raw, n) => this.cell("td", raw, { rowspan: cells[n][1], colspan: cells[n][2] }))));
      }
      return nodes;
    }

    line(kind, raws) {
      const place = raws.length ? this.paper.printed[raws[0]].places[0] : null;
      const at = place && /^line (\d+)/.exec(place[0]);
      return el("div", { class: `source-line ${WHAT[kind] || ""}` }, at ? el("span", { class: "number", "aria-hidden": "true" }, at[1]) : "",
        kind === "hidden" ? el("span", { class: "what" }, "not shown: ") : "", raws.map((raw) => this.cell("span", raw)));
    }

    cell(name, raw, spans) {
      const isDoubted = this.paper.doubtedRaws.has(raw);
      this.found[raw] = el(name, { class: isDoubted ? "printed doubt" : "printed", "data-raw": raw, ...spans }, this.paper.printed[raw].text);
      return this.found[raw];
    }

    /** Mark where a part of a printed cell stands: the node to be seen, and what takes the mark away. */
    mark([raw, , start, end]) {
      const node = this.found[raw];
      const { text } = this.paper.printed[raw];
      node.classList.add("origin");
      if (start !== undefined) node.replaceChildren(text.slice(0, start), el("mark", {}, text.slice(start, end)), text.slice(end));
      const restore = () => {
        node.classList.remove("origin");
        if (start !== undefined) node.replaceChildren(text);
      };
      return [node.querySelector("mark") || node, restore];
    }

    /** The printed cell at a place of the screen. */
    rawAt({ target }) {
      const node = target.closest("[data-raw]");
      return node ? Number(node.getAttribute("data-raw")) : null;
    }
  };
})();
