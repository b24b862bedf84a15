// Small conveniences. Every page works without them.
"use strict";

// What is saved as it is written is sent before anything else is: who writes and presses on at once loses nothing.
const unsaved = new Set();
const saving = new Set();
const WAITS = 10000; // ms for saving, before the page says that it was not done
const sayUnsaved = (form) => {
  const said = form.querySelector("[role=alert]") || form.appendChild(document.createElement("p"));
  said.setAttribute("role", "alert");
  said.textContent = document.documentElement.lang.startsWith("en")
    ? "Not sent: what you wrote above has not been saved yet. Press again once it is."
    : "没有提交：上面写的还没有存好，存好后请再按一次。";
};
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[hx-post][hx-trigger*=change]");
  if (form) { unsaved.add(form); }
});
document.addEventListener("htmx:beforeRequest", (event) => {
  unsaved.delete(event.detail.elt);
  saving.add(event.detail.xhr);
});
document.addEventListener("htmx:afterRequest", (event) => {
  saving.delete(event.detail.xhr);
  const form = event.detail.requestConfig.elt;
  if (!event.detail.successful && form.matches("form[hx-trigger*=change]")) { unsaved.add(form); }
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  const open = [...unsaved].filter((other) => other.isConnected && other !== form);
  if (form.matches("[hx-post], [hx-get]") || (!open.length && !saving.size)) { return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  for (const other of open) { window.htmx.trigger(other, "change"); }
  const until = Date.now() + WAITS;
  const wait = setInterval(() => {
    if (saving.size && Date.now() < until) { return; }
    clearInterval(wait);
    const failed = open.some((other) => unsaved.has(other) && other.isConnected);
    if (failed || saving.size) { sayUnsaved(form); } else { form.requestSubmit(event.submitter); }
  }, 50);
}, true);

// A form is sent once: a second press while it is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") { event.preventDefault(); return; }
  if (form.method === "post") { form.dataset.sent = "yes"; }
});
// Back from the cache of the browser, it may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) { delete form.dataset.sent; }
});
// What scrolls sideways can be reached and moved by keys, has a name, and says so.
function markWide() {
  for (const box of document.querySelectorAll(".scroll")) {
    const wider = box.scrollWidth > box.clientWidth + 1;
    if (wider === "wider" in box.dataset) { continue; }
    if (!wider) { delete box.dataset.wider; continue; }
    box.dataset.wider = document.documentElement.lang === "en" ? "← scrolls sideways →" : "← 可左右滑动 →";
    box.tabIndex = 0;
    box.role ??= "group";
    const name = box.querySelector("caption, th")?.textContent.trim();
    if (!box.hasAttribute("aria-labelledby") && name) { box.ariaLabel ??= name; }
  }
}
window.addEventListener("resize", markWide);
document.addEventListener("htmx:afterSettle", markWide);
document.addEventListener("toggle", markWide, true);
// On paper, what is folded is open; afterwards it is as it was.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const part of unfolded) { part.open = true; }
});
window.addEventListener("afterprint", () => { for (const part of unfolded.splice(0)) { part.open = false; } });
// What is wrong is read out first.
document.addEventListener("DOMContentLoaded", () => {
  markWide();
  const wrong = document.querySelector(".errors, .refusal");
  if (wrong) { wrong.focus(); }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
});
