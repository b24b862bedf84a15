// Passkeys: asks the site for a challenge, the device for an answer, and hands it back.
"use strict";

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const send = async (path, data) => {
  const response = await fetch(path, { method: "POST", credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() }, body: JSON.stringify(data || {}) });
  const answer = await response.json();
  if (!response.ok) { throw new Error(answer.error); }
  return answer;
};
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const list = (items) => (items || []).map((item) => ({ ...item, id: bytes(item.id) }));

const plain = (credential) => {
  const { response } = credential;
  const made = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) { made[part] = text(response[part]); }
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: made,
    clientExtensionResults: credential.getClientExtensionResults() };
};
const register = async (button) => {
  const options = await send(button.dataset.begin);
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  options.excludeCredentials = list(options.excludeCredentials);
  const made = await navigator.credentials.create({ publicKey: options });
  return send(button.dataset.finish, { answer: plain(made), name: navigator.platform || "" });
};
const signIn = async (button) => {
  const options = await send(button.dataset.begin);
  options.challenge = bytes(options.challenge);
  options.allowCredentials = list(options.allowCredentials);
  const made = await navigator.credentials.get({ publicKey: options });
  return send(button.dataset.finish, { answer: plain(made) });
};

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential) { continue; }
    button.hidden = false;
    button.addEventListener("click", async () => {
      const status = document.getElementById("passkey-status");
      try {
        const answer = await (button.dataset.passkey === "register" ? register : signIn)(button);
        window.location.assign(answer.next);
      } catch (error) {
        status.textContent = status.dataset.failed + (error.message ? `（${error.message}）` : "");
      }
    });
  }
});
