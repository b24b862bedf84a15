// Small conveniences. Every page works without them.
"use strict";

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
// What is wrong is read out first.
document.addEventListener("DOMContentLoaded", () => {
  const wrong = document.querySelector(".errors, .refusal");
  if (wrong) { wrong.focus(); }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
});
