"use strict";

/* The middle pane: the paper as read, its tables as grids. */

const Tables = (() => {
  const { el } = Nodes;
  const { marks, some } = Words;
  const ASIDE = { hidden: "Not shown by the source", furniture: "Around the text" };

  return class Tables {
    constructor(paper) {
      this.paper = paper;
      this.stops = []; // the cells that can be chosen, in order
      this.node = el("section", { class: "read", "aria-label": "The paper as read" }, el("h2", {}, "As read"), this.nodes());
      this.stops.forEach((cell, stop) => { cell.stop = stop; });
    }

    nodes() {
      const { lines, data } = this.paper;
      const tables = new Map(data.tables.map((table) => [table[4], table]));
      const nodes = [];
      let aside = null; // the group of lines beside the text that goes on
      for (let at = 0; at < lines.length; at += 1) {
        const line = lines[at];
        if (tables.has(at)) {
          const table = tables.get(at);
          nodes.push(this.table(table));
          at += Math.max(1, table[5].length) - 1;
          aside = null;
        } else if (line.kind !== "blank" && line.cells.length) {
          if (!ASIDE[line.kind]) nodes.push(this.line(line));
          else {
            if (!aside || aside.kind !== line.kind) nodes.push((aside = { kind: line.kind, lines: [] }));
            aside.lines.push(this.line(line));
            continue;
          }
          aside = null;
        }
      }
      return nodes.map((node) => (node.lines ? group(node) : node));
    }

    line({ kind, level, marker, cells }) {
      const parts = cells.filter((cell) => cell.text || cell.doubts.length).map((cell) => {
        cell.node = el("span", { class: "cell", role: "button", "aria-pressed": "false", tabindex: -1, "data-cell": cell.order },
          marker && cell.index === 0 ? `${marker} ` : "", cell.text, marks(cell));
        this.stops.push(cell);
        return cell.node;
      });
      return el(kind === "heading" ? `h${Math.min(6, Math.max(3, (level || 1) + 2))}` : "p", { class: "line" }, parts);
    }

    table([id, caption, unit, profile, start, rows]) {
      const about = [unit && `unit ${unit}`, profile && `read as ${profile}`].filter(Boolean).join(", ");
      const body = rows.map(([type, cells], row) => el("tr", { class: `row-${type}` }, cells.map((one) => this.cell(id, type, start + row, one))));
      return el("div", { class: "table" }, el("table", { role: "grid", "aria-readonly": "true" },
        el("caption", {}, [caption || id, about && `(${about})`].filter(Boolean).join(" ")), el("tbody", {}, body)));
    }

    cell(table, type, line, [index, column, rowSpan, columnSpan, read, value, unit]) {
      const cell = this.paper.lines[line].cells[index];
      if (!cell) return null;
      Object.assign(cell, { table, type, column, columnSpan, read, value, unit });
      const isHeader = type === "header";
      cell.node = el(isHeader ? "th" : "td", {
        class: value === null ? "cell" : "cell figure", tabindex: -1, "aria-selected": "false", "data-cell": cell.order,
        rowspan: rowSpan > 1 ? rowSpan : null, colspan: columnSpan > 1 ? columnSpan : null, scope: isHeader ? "col" : null,
      }, cell.text, marks(cell));
      this.stops.push(cell);
      return cell.node;
    }

    /** The chosen cell that holds a node. */
    cellOf(node) {
      const holder = node.closest("[data-cell]");
      return holder ? this.paper.cells[Number(holder.getAttribute("data-cell"))] : null;
    }

    get first() {
      return this.stops.find(isSeen) || this.stops[0] || null;
    }

    /** The next cell that is seen, or the previous one. */
    next(cell, way) {
      for (let at = cell.stop + way; this.stops[at]; at += way) if (isSeen(this.stops[at])) return this.stops[at];
      return null;
    }

    /** The next cell below or above: in a table that of the same column, else the next one on another line. */
    beside(cell, way) {
      const covers = (other) => other.table === cell.table && other.column <= cell.column && cell.column < other.column + other.columnSpan;
      for (let other = this.next(cell, way); other; other = this.next(other, way)) {
        if (other.line !== cell.line && (!cell.table || other.table !== cell.table || covers(other))) return other;
      }
      return null;
    }
  };

  function isSeen(cell) {
    return !cell.node.closest("details:not([open])");
  }

  function group({ kind, lines }) {
    return el("details", { class: "aside" }, el("summary", {}, `${ASIDE[kind]}: ${some(lines.length, "line")}`), lines);
  }
})();
