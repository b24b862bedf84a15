// Tables of an application: rows as data, adding, moving, removing and pasting them. Without this, buttons post.
"use strict";

window.guijuTables = (() => {
  const cellsOf = (row) => [...row.querySelectorAll("[data-cell]")];
  const bodyOf = (place) => place.querySelector("[data-rows]");
  const rowsIn = (place) => [...bodyOf(place).querySelectorAll("[data-row]")];
  const dataOf = (row) => {
    const data = {};
    for (const cell of cellsOf(row)) { if (cell.value.trim()) { data[cell.dataset.cell] = cell.value; } }
    return data;
  };
  const isBlank = (row) => cellsOf(row).every((cell) => !cell.value.trim());

  // The rows that hold anything; "无" where the table is closed.
  const read = (place) => place.querySelector("[data-nothing]").checked ? "无"
    : rowsIn(place).filter((row) => !isBlank(row)).map(dataOf);

  const blank = (place) => place.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);

  const fill = (row, data) => {
    for (const cell of cellsOf(row)) {
      const value = data[cell.dataset.cell] || "";
      if (cell.tagName === "SELECT" && ![...cell.options].some((o) => o.value === value)) {
        cell.add(new Option(value, value));
      }
      cell.value = value;
    }
  };

  const number = (place) => rowsIn(place).forEach((row, at) => {
    row.querySelector("[data-ordinal]").textContent = isBlank(row) ? "" : at + 1;
    for (const cell of cellsOf(row)) { cell.name = `${place.dataset.field}.${at}.${cell.dataset.cell}`; }
  });

  const write = (place, value) => {
    place.querySelector("[data-nothing]").checked = value === "无";
    const rows = Array.isArray(value) ? value : [];
    bodyOf(place).replaceChildren(...rows.map((data) => { const row = blank(place); fill(row, data); return row; }));
    if (value !== "无") { bodyOf(place).append(blank(place)); }
    number(place);
  };

  const insert = (place, after, rows) => {
    let last = after;
    for (const data of rows) {
      const row = blank(place);
      fill(row, data);
      if (last) { last.after(row); } else { bodyOf(place).append(row); }
      last = row;
    }
    if (after && isBlank(after)) { after.remove(); }
    number(place);
    return last;
  };

  // A button of a row or of the table; true if something changed.
  const press = (place, button) => {
    const row = button.closest("[data-row]");
    if (button.matches("[data-add]")) {
      place.querySelector("[data-nothing]").checked = false;
      const made = insert(place, rowsIn(place).at(-1) && !isBlank(rowsIn(place).at(-1)) ? rowsIn(place).at(-1) : null, [{}]);
      cellsOf(made)[0].focus();
      return false;
    }
    if (button.matches("[data-remove]")) {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      if (next) { cellsOf(next)[0].focus(); } else { insert(place, null, [{}]); }
    } else if (button.matches("[data-up]") && row.previousElementSibling) {
      row.previousElementSibling.before(row);
      button.focus();
    } else if (button.matches("[data-down]") && row.nextElementSibling) {
      row.nextElementSibling.after(row);
      button.focus();
    } else { return false; }
    number(place);
    return true;
  };

  // Lines and tabs as rows, in the order of the columns: when the server can't be asked.
  const split = (place, text) => {
    const columns = cellsOf(blank(place)).map((cell) => cell.dataset.cell);
    return text.split(/\r\n|\r|\n/).filter((line) => line.trim()).map((line) => Object.fromEntries(
      line.split("\t").slice(0, columns.length).map((word, at) => [columns[at], word.trim()])));
  };

  // Mark the cells that something is wrong with; rows count those that hold anything, from 1.
  const mark = (place, faults) => {
    const full = rowsIn(place).filter((row) => !isBlank(row));
    for (const cell of place.querySelectorAll(".wrong-cell")) { cell.classList.remove("wrong-cell"); }
    for (const fault of faults) {
      const cell = full[fault.row - 1]?.querySelector(`[data-cell="${fault.column}"]`);
      if (cell) { cell.closest("td").classList.add("wrong-cell"); }
    }
  };

  return { read, write, insert, press, split, mark, number };
})();
