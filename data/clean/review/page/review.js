"use strict";

/* Which page the address asks for, and the data files: each hands over one value, the list of papers or a paper. */

const committeePapers = (() => {
  const { el } = Nodes;
  const TITLE = document.title;
  const view = document.getElementById("view");
  let desk = null; // that of the paper on view
  let wanted = ""; // the id of the paper that is being loaded

  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

  /** What the address asks for: a paper by its id, and after a / a place in it. */
  function address() {
    const [, id, place] = /^#?([^/]*)\/?(.*)$/.exec(location.hash);
    return [decoded(id), decoded(place)];
  }

  /** The address of a data file, as browsers want it that are told to load nothing unasked. */
  const trusted = (() => {
    const own = (path) => {
      if (!/^papers\/[^/\\:?#]+\.js$/.test(path)) throw new TypeError("not a data file");
      return path;
    };
    return window.trustedTypes ? ((policy) => (path) => policy.createScriptURL(path))(window.trustedTypes.createPolicy("papers", { createScriptURL: own })) : own;
  })();

  function show(title, nodes) {
    document.title = title;
    view.replaceChildren(...nodes);
    view.querySelector("h1").focus();
  }

  function showMessage(text, about) {
    desk = null;
    show(TITLE, [
      el("header", { class: "top" }, el("nav", { "aria-label": "Papers" }, el("a", { href: "#" }, "All papers")), el("h1", { tabindex: -1 }, about)),
      el("main", { class: "run" }, el("p", {}, text)),
    ]);
  }

  function showRun() {
    desk = null;
    show(TITLE, Run.nodes(TITLE));
  }

  function open(found) {
    desk = found;
    const { paper } = desk;
    show(`${paper.name} – review`, desk.nodes(Run.after(paper.data.id)));
    const [, place] = address();
    if (place) desk.goTo(place);
  }

  function load(id) {
    const script = el("script", {});
    script.addEventListener("load", () => script.remove());
    script.addEventListener("error", () => showMessage("The data of this paper are missing: the folder review/papers has to stay beside this page.", id));
    script.src = trusted(`papers/${encodeURIComponent(id)}.js`);
    document.head.append(script);
  }

  function route() {
    const [id, place] = address();
    const about = Run.get(id);
    wanted = id;
    if (!id) showRun();
    else if (desk && desk.paper.data.id === id) {
      if (place) desk.goTo(place);
    } else if (!about) showMessage("There is no such paper in this run.", id);
    else if (!about.readable) showMessage(about.status_detail || Words.NAMES.status[about.status], about.path);
    else if (Rulings.unsaved(id)) open(Rulings.unsaved(id));
    else load(id);
  }

  return Object.freeze({
    list(papers) {
      Run.take(papers);
      window.addEventListener("hashchange", route);
      route();
    },
    paper(data) {
      if (data.id === wanted) open(new Desk(new Paper(Run.get(data.id), data)));
    },
  });
})();
