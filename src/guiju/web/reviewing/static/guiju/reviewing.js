// Marks are saved as they are written. What could not be sent is said, and sent again when the connection is back.
"use strict";

const lost = new Set();

const say = (form) => {
  const state = form.querySelector(".state");
  if (!state) { return; }
  const version = state.querySelector("input");
  state.className = "state lost";
  state.textContent = document.documentElement.lang.startsWith("en")
    ? "Not saved: no connection. It will be sent again." : "没有保存：连接断了，恢复后自动再存。";
  if (version) { state.append(version); }
};
const again = () => {
  for (const form of lost) {
    lost.delete(form);
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
};
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest && event.target.closest(".mark");
    if (form) { say(form); lost.add(form); }
  });
}
window.addEventListener("online", again);
window.setInterval(again, 10000);
// Leaving with marks that were not saved asks first.
window.addEventListener("beforeunload", (event) => { if (lost.size) { event.preventDefault(); } });
