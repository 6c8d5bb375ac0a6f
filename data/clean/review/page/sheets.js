"use strict";

/* The pages of a PDF: the picture of each, over it the box of every printed cell, and its text drawn where there is no
   picture or a person asks for it. */

const Sheets = (() => {
  const { el, svg } = Nodes;
  const A4 = [595, 842];
  const AROUND = 14, LEAST_WIDTH = 200; // points that are shown around a cell, and across in all

  /** The address of a picture that belongs to a paper, and of nothing else. */
  function pictureOf(id, file) {
    if (!/^page-\d+\.png$/.test(file)) throw new TypeError("not a picture of a page");
    return `papers/${encodeURIComponent(id)}/${file}`;
  }

  return class Sheets {
    /** `root` is the pane that scrolls. */
    constructor(paper, root) {
      this.paper = paper;
      this.found = paper.printed.map(({ places }) => places.map(() => null)); // the nodes of each printed cell's parts
      this.drawings = new Map(); // of each page, what draws it
      this.watch = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => this.draw(one.target)), { root, rootMargin: "800px" });
      this.pictures = paper.data.sheets.filter(([, , , file]) => file).length;
      this.node = el("div", { class: "sheets" }, this.pages().map((page) => this.page(page)));
    }

    /** Every page with its size, its picture and its boxes. Without a size it is at least A4, and has room for all. */
    pages() {
      const pages = new Map(this.paper.data.sheets.map(([number, width, height, file]) => [number, { number, width, height, file, boxes: [] }]));
      this.paper.printed.forEach(({ places, parts, kind }, raw) => places.forEach(([place, number, x0, top, x1, bottom], part) => {
        if (number === undefined) return;
        if (!pages.has(number)) pages.set(number, { number, width: 0, height: 0, file: "", boxes: [] });
        pages.get(number).boxes.push({ raw, part, place, x0, top, x1, bottom, text: parts[part], isCell: kind === "row" });
      }));
      for (const page of pages.values()) {
        if (page.width) continue;
        page.width = page.boxes.reduce((most, box) => Math.max(most, box.x1 + 20), A4[0]);
        page.height = page.boxes.reduce((most, box) => Math.max(most, box.bottom + 20), page.width > 620 ? A4[0] : A4[1]);
      }
      return [...pages.values()].sort((one, other) => one.number - other.number);
    }

    page({ number, width, height, file, boxes }) {
      const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Page ${number}` });
      const sheet = el("div", { class: "sheet" }, drawing);
      if (file) {
        const picture = el("img", { class: "picture", alt: "", loading: "lazy", decoding: "async", src: pictureOf(this.paper.data.id, file) });
        picture.addEventListener("error", () => {
          picture.remove();
          sheet.classList.remove("pictured");
        });
        sheet.classList.add("pictured");
        sheet.prepend(picture);
      }
      this.drawings.set(drawing, () => drawing.append(...boxes.map((box) => this.boxNode(box))));
      this.watch.observe(drawing);
      const why = this.pictures ? `only the ${this.pictures} pages that matter most are kept as pictures` : "no page is kept as a picture";
      return el("figure", { class: "page" }, el("figcaption", {}, file ? `Page ${number}` : `Page ${number}, drawn from its text (${why})`), sheet);
    }

    /** Draw what stands on a page, when it is about to be seen: a long paper has many. */
    draw(drawing) {
      if (!drawing.hasChildNodes()) this.drawings.get(drawing)();
    }

    boxNode(box) {
      const { raw, part, place, x0, top, x1, bottom, isCell } = box;
      const isDoubted = this.paper.doubtedRaws.has(raw);
      const frame = { x: x0 - 2, y: top - 1, width: Math.max(1, x1 - x0) + 4, height: Math.max(1, bottom - top) + 2, rx: 1 };
      const sign = isDoubted && part === 0 ? [svg("text", { class: "sign", x: x0 - 3, y: bottom, "font-size": 12, "text-anchor": "end", "aria-hidden": "true" }, "?")] : [];
      const node = svg("g", { class: `printed${isCell ? " boxed" : ""}${isDoubted ? " doubt" : ""}`, "data-raw": raw }, svg("title", {}, place), svg("rect", frame), ...textOf(box), ...sign);
      this.found[raw][part] = node;
      return node;
    }

    mark([raw, part]) {
      const place = this.paper.printed[raw].places[part] ? part : 0;
      if (!this.found[raw][place]) this.drawPageOf(raw, place);
      const node = this.found[raw][place];
      node.classList.add("origin");
      return [node, () => node.classList.remove("origin")];
    }

    drawPageOf(raw, part) {
      const label = `Page ${this.paper.printed[raw].places[part][1]}`;
      this.draw([...this.drawings.keys()].find((drawing) => drawing.getAttribute("aria-label") === label));
    }

    /** The piece of the page that a cell was read from; null if it was not kept as a picture. */
    crop(cell) {
      const boxes = cell.pieces.map(([raw, part]) => this.paper.printed[raw].places[part]).filter((place) => place && place.length > 1);
      const sheet = boxes.length && this.paper.data.sheets.find(([number]) => number === boxes[0][1]);
      if (!sheet || !sheet[3]) return null;
      const [number, width, height, file] = sheet;
      const here = boxes.filter(([, page]) => page === number);
      const edge = (at, most) => most(...here.map((box) => box[at]));
      const [left, top, right, bottom] = [edge(2, Math.min) - AROUND, edge(3, Math.min) - AROUND, edge(4, Math.max) + AROUND, edge(5, Math.max) + AROUND];
      const missing = Math.max(0, LEAST_WIDTH - (right - left)) / 2;
      return svg("svg", { class: "crop", viewBox: `${left - missing} ${top} ${right - left + 2 * missing} ${bottom - top}`, role: "img", "aria-label": `Page ${number} around the cell` },
        svg("image", { href: pictureOf(this.paper.data.id, file), width, height }),
        ...here.map(([, , x0, y0, x1, y1]) => svg("rect", { x: x0 - 1, y: y0 - 1, width: x1 - x0 + 2, height: y1 - y0 + 2 })));
    }

    rawAt({ target }) {
      const node = target.closest("[data-raw]");
      return node ? Number(node.getAttribute("data-raw")) : null;
    }
  };

  /** The text of a box, drawn to fill it; a tall narrow box holds text that runs upwards. */
  function textOf({ x0, top, x1, bottom, text }) {
    const lines = text.split("\n").filter((line) => line.trim());
    if (!lines.length) return [];
    const [width, height] = [Math.max(1, x1 - x0), Math.max(1, bottom - top)];
    const upright = lines.length > 1 || height < 2.5 * width || text.length < 3;
    const [long, step] = upright ? [width, height / lines.length] : [height, width];
    const fills = (n) => lines.length === 1 || n < lines.length - 1;
    return lines.map((line, n) => svg("text", {
      "font-size": Math.min(step * (lines.length > 1 ? 0.8 : 0.95), 40).toFixed(1),
      ...(fills(n) ? { textLength: long.toFixed(1), lengthAdjust: "spacingAndGlyphs" } : {}),
      ...(upright ? { x: x0, y: (top + step * (n + 0.82)).toFixed(1) } : { transform: `translate(${(x1 - width * 0.2).toFixed(1)} ${bottom}) rotate(-90)` }),
    }, line));
  }
})();
