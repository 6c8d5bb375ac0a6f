"use strict";

/* Rulings as TOML, the form in which the program reads them. */

const Toml = (() => {
  const SHORT = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
  const escaped = (sign) => SHORT[sign] || `\\u${sign.codePointAt(0).toString(16).padStart(4, "0")}`;

  /** A text as a basic string. */
  const string = (text) => `"${text.replace(/[\u0000-\u001f"\\\u007f]/g, escaped)}"`;
  const isDate = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

  function ruling({ printed, reads, why, by, when, place }) {
    const lines = [`printed = ${string(printed)}`, `reads = ${string(reads)}`, `why = ${string(why)}`, `by = ${string(by)}`];
    if (place) lines.push(`place = ${string(place)}`);
    if (when) lines.push(`when = ${isDate(when) ? when : string(when)}`);
    return `[[ruling]]\n${lines.join("\n")}\n`;
  }

  /** Whether a file can hold a text: half a character can't be written. */
  const canHold = (text) => text.isWellFormed();

  return Object.freeze({ rulings: (all) => all.map(ruling).join("\n"), canHold });
})();
