// Saves each field as it is written, and loses nothing: what is not saved yet stays on this computer, is tried again,
// and is offered after a reload. Without this, the button saves a section.
"use strict";

(() => {
  const sheet = document.getElementById("sheet-form");
  if (!sheet) { return; }
  const words = sheet.dataset;
  const uncounted = new RegExp(words.uncounted, "gu");
  const count = (text) => [...text.normalize("NFC").replace(uncounted, "")].length;
  window.guijuCount = count;
  if (words.editable !== "yes") { return; }

  const tables = window.guijuTables;
  const WAIT = 800, LONGEST = 30000;
  const prefix = `guiju:apply:${words.person}:${words.application}:`;
  const token = { value: sheet.querySelector("[name=csrfmiddlewaretoken]").value };
  const places = [];
  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or shut: the page still holds it */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  };
  const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });

  // A new token after signing in anew; false while signed out or cut off.
  async function alive() {
    const answer = await fetch(words.alive, { redirect: "manual", headers: { Accept: "application/json" } });
    if (answer.type === "opaqueredirect" || !answer.ok) { return false; }
    token.value = (await answer.json()).token;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) { field.value = token.value; }
    return true;
  }

  class Place {
    constructor(element) {
      Object.assign(this, { element, id: element.dataset.field, version: Number(element.dataset.version),
        limit: Number(element.dataset.limit) || 0, isTable: "table" in element.dataset, sending: false, again: false,
        tries: 0, timer: 0, stuck: false });
      this.control = element.querySelector("[data-value]");
      this.key = prefix + this.id;
      this.settled = this.now();
      this.count();
      this.offer();
    }

    value() { return this.isTable ? tables.read(this.element) : this.control.value; }
    now() { return JSON.stringify(this.value()); }
    get dirty() { return this.now() !== this.settled; }
    put(value) { if (this.isTable) { tables.write(this.element, value); } else { this.control.value = value; } this.count(); }

    say(text, kind = "") {
      const state = this.element.querySelector("[data-state]");
      state.textContent = text;
      state.className = `saved ${kind}`;
    }

    count() {
      const shown = this.element.querySelector("[data-count]");
      if (!shown) { return; }
      const length = count(this.control.value);
      shown.textContent = length;
      shown.classList.toggle("beyond", this.limit > 0 && length > this.limit);
    }

    typed(wait = WAIT) {
      this.count();
      clearTimeout(this.timer);
      this.stuck = false;
      if (!this.dirty) { store.drop(this.key); return; }
      store.set(this.key, { value: this.value(), version: this.version, at: new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) });
      if (!this.sending) { this.say(words.typed); }
      this.timer = setTimeout(() => this.save(), wait);
    }

    async save() {
      clearTimeout(this.timer);
      if (this.sending) { this.again = true; return; }
      if (!this.dirty || this.stuck) { return; }
      this.sending = true;
      this.again = false;
      const sent = this.now();
      this.say(words.saving);
      try { await this.send(sent); } catch { this.failed(); }
      this.sending = false;
      note();
      if (this.again && this.dirty && !this.stuck) { this.save(); }
    }

    async send(sent, second = false) {
      const version = this.version;
      const body = new URLSearchParams({ version });
      body.set(this.isTable ? "rows" : "value", this.isTable ? sent : this.value());
      const answer = await fetch(this.element.dataset.url, { method: "POST", body, redirect: "manual",
        headers: { "X-CSRFToken": token.value, Accept: "application/json" } });
      if (answer.type === "opaqueredirect") { this.failed(words.signedOut); return; }
      const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (answer.status >= 500) { throw new Error(answer.status); }
      if (!json && answer.status === 403 && !second && await alive()) { await this.send(sent, true); return; }
      if (!json) { this.failed(); return; }
      const data = await answer.json();
      if (answer.status === 409 && this.version !== version) { this.again = true; return; } // he has chosen meanwhile
      if (answer.status === 409) { this.conflict(data); } else if (answer.ok) { this.done(data, sent); } else { this.refused(data.why); }
    }

    done(data, sent) {
      this.settled = sent;
      this.version = data.version;
      this.tries = 0;
      for (const field of document.getElementsByName(`version-${this.id}`)) { field.value = data.version; }
      if (!this.dirty) { store.drop(this.key); this.say(`${words.saved} ${data.at}`, "good"); } else { this.again = true; }
      this.faults(data.faults);
      const part = document.querySelector(`[data-part="${data.section}"]`);
      if (part) { part.textContent = data.label; part.className = `part-state ${data.state}`; }
      if (data.changed && window.htmx) { window.htmx.trigger(document.body, "saved"); }
    }

    faults(found) {
      this.element.querySelector("[data-faults]").replaceChildren(...found.map((f) => make("li", f.text)));
      this.element.classList.toggle("wrong", found.length > 0);
      if (this.isTable) { tables.mark(this.element, found); }
    }

    refused(why) {
      this.stuck = true;
      this.say(`${words.refused}：${why}`, "bad");
    }

    failed(text = words.failed) {
      this.tries += 1;
      this.say(text, "bad");
      this.timer = setTimeout(() => this.retry(), Math.min(1000 * 2 ** this.tries, LONGEST));
    }

    async retry() {
      try { if (!await alive()) { this.failed(words.signedOut); return; } } catch { this.failed(); return; }
      this.save();
    }

    conflict(data) {
      this.stuck = true;
      this.say(words.conflict, "bad");
      this.element.classList.add("conflicting");
      const mine = make("button", words.mine, { type: "button", className: "small" });
      const theirs = make("button", words.theirs, { type: "button", className: "second small" });
      mine.addEventListener("click", () => { this.resolve(data); this.settled = JSON.stringify(data.value); this.save(); });
      theirs.addEventListener("click", () => {
        this.put(data.value);
        this.resolve(data);
        this.settled = this.now();
        store.drop(this.key);
        this.say(`${words.saved} ${data.at}`, "good");
        note();
      });
      this.box(`${data.who} ${data.at} ${words.other}`, data.value, mine, theirs);
    }

    resolve(data) {
      this.version = data.version;
      this.stuck = false;
      this.element.classList.remove("conflicting");
      this.element.querySelector("[data-conflict]").hidden = true;
    }

    box(title, value, ...buttons) {
      const box = this.element.querySelector("[data-conflict]");
      const text = Array.isArray(value) ? value.map((row) => Object.values(row).join(" | ")).join("\n") : value;
      const actions = make("p", "", { className: "actions" });
      actions.append(...buttons);
      box.replaceChildren(make("p", title), make("pre", text), actions);
      box.hidden = false;
    }

    // After a reload: what was written and not saved.
    offer() {
      const kept = store.get(this.key);
      if (!kept) { return; }
      if (JSON.stringify(kept.value) === this.settled) { store.drop(this.key); return; }
      const take = make("button", words.take, { type: "button", className: "small" });
      const drop = make("button", words.drop, { type: "button", className: "second small" });
      const close = () => { this.element.querySelector("[data-conflict]").hidden = true; };
      take.addEventListener("click", () => { close(); this.put(kept.value); this.typed(0); });
      drop.addEventListener("click", () => { close(); store.drop(this.key); });
      this.box(`${words.restore}（${kept.at}）`, kept.value, take, drop);
    }
  }

  const placeOf = (element) => places.find((place) => place.element === element.closest("[data-mine][data-field]"));
  const note = () => { document.getElementById("cut-off").hidden = !places.some((place) => place.tries > 0 && place.dirty); };
  const flush = () => Promise.all(places.filter((place) => place.dirty).map((place) => place.save()));

  async function paste(place, event, cell) {
    const text = event.clipboardData.getData("text/plain");
    if (!text.includes("\t") && !(text.trim().includes("\n") && event.clipboardData.getData("text/html").includes("<table"))) { return; }
    event.preventDefault();
    let rows = tables.split(place.element, text);
    let remarks = [];
    try {
      const answer = await fetch(place.element.dataset.paste, { method: "POST", body: new URLSearchParams({ text }),
        redirect: "manual", headers: { "X-CSRFToken": token.value, Accept: "application/json" } });
      const data = await answer.json();
      rows = data.rows || [];
      remarks = data.remarks || [data.why];
    } catch { /* cut off: the lines as they are */ }
    if (rows.length) { tables.insert(place.element, cell.closest("[data-row]"), rows); }
    place.typed(0);
    place.faults(remarks.map((text) => ({ text })));
  }

  for (const element of document.querySelectorAll("[data-mine][data-field]")) {
    if (element.querySelector("[data-value], [data-rows]")) { places.push(new Place(element)); }
  }
  document.addEventListener("input", (event) => {
    const place = event.target.matches("[data-value], [data-cell]") && placeOf(event.target);
    if (place) {
      if (place.isTable) { place.element.querySelector("[data-nothing]").checked = false; }
      place.typed();
    }
  });
  document.addEventListener("change", (event) => {
    const place = event.target.matches("[data-value], [data-cell], [data-nothing]") && placeOf(event.target);
    // What waits for the person to choose is not sent again because he leaves the box to do so.
    if (place && place.dirty && (!place.stuck || event.target.matches("[data-nothing]"))) { place.typed(0); }
    if (event.target.matches("[data-drop] input[type=file]") && event.target.files.length) { event.target.form.requestSubmit(); }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add], [data-remove], [data-up], [data-down]");
    const place = button && placeOf(button);
    if (!place) { return; }
    event.preventDefault();
    if (tables.press(place.element, button)) { place.typed(0); }
  });
  document.addEventListener("paste", (event) => {
    const cell = event.target.closest?.("[data-cell]");
    const place = cell && placeOf(cell);
    if (place) { paste(place, event, cell); }
  });
  sheet.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    await flush();
    document.getElementById("saved-all").textContent = places.some((place) => place.dirty) ? words.refused : words.saved;
  });
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => {
      const drop = event.target.closest?.("[data-drop]");
      if (!event.dataTransfer?.types.includes("Files")) { return; }
      event.preventDefault();
      for (const other of document.querySelectorAll("[data-drop].over")) { other.classList.remove("over"); }
      if (drop && name === "dragover") { drop.classList.add("over"); }
      if (drop && name === "drop") {
        drop.querySelector("input[type=file]").files = event.dataTransfer.files;
        drop.requestSubmit();
      }
    });
  }
  window.addEventListener("online", () => { for (const place of places) { if (place.dirty) { place.retry(); } } });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { flush(); } });
  window.addEventListener("beforeunload", (event) => { if (places.some((place) => place.dirty)) { event.preventDefault(); } });
})();
