"use strict";

/* One paper: what its data file says, with names, and who belongs to whom. */

class Paper {
  constructor(about, data) {
    this.about = about;
    this.data = data;
    this.printed = data.printed.flatMap(([kind, , cells]) => cells.map(([text, , , places, parts]) => ({ kind, text, places, parts: parts.length ? parts : [text] })));
    this.isText = this.printed.some(({ places }) => places.length > 0 && places[0][0].startsWith("line "));
    this.isPaged = this.printed.some(({ places }) => places.length > 0 && places[0].length > 1);
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
    this.doubts = data.doubts.map(([severity, rule, why, suggestion, line, index, place]) => ({ severity, rule, why, suggestion, place, cell: this.cellAt(line, index), state: null }));
    for (const doubt of this.doubts) if (doubt.cell) doubt.cell.doubts.push(doubt);
    for (const [line, index, row, column, stated, computed, difference, status] of data.checks) {
      this.cellAt(line, index)?.checks.push({ row, column, stated, computed, difference, status });
    }
    this.userOf = new Map(); // the number of a printed cell -> the first clean cell that it went into
    this.doubtedRaws = new Set();
    for (const cell of this.cells) {
      for (const [raw] of cell.pieces) {
        if (!this.userOf.has(raw)) this.userOf.set(raw, cell);
        if (Words.isDoubted(cell)) this.doubtedRaws.add(raw);
      }
    }
  }

  get name() {
    return this.about.title || this.about.path;
  }

  /** A cell of the clean paper; of a whole line, the first that says something. */
  cellAt(line, index) {
    const cells = line === null || !this.lines[line] ? [] : this.lines[line].cells;
    return cells[index === null ? cells.findIndex((cell) => cell.text.trim()) : index] || cells[0] || null;
  }

  /** The cells with doubts, most serious first. */
  get doubtful() {
    return [...new Set(this.doubts.map((doubt) => doubt.cell))].filter((cell) => cell && cell.node);
  }

  /** The cell that was made of what is printed at a place, as it is cited. */
  cellFrom(place) {
    const raw = this.printed.findIndex((cell) => cell.places.some(([said]) => said === place));
    return this.cells.find((cell) => cell.node && cell.pieces.some(([number]) => number === raw)) || null;
  }
}
