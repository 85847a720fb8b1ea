// Logs in with a passkey, uses one as the second step, or adds one; without it these forms stay hidden.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;

  const ask = (data) => window.webauthnJSON.get(data.request_options);
  const make = (data) => {
    data.creation_options.publicKey.authenticatorSelection.residentKey = "preferred";
    return window.webauthnJSON.create(data.creation_options);
  };
  const options = async (form) => {
    const here = document.getElementById("passkey-data");
    if (here) return JSON.parse(here.textContent);
    return (await fetch(form.action, { headers: { Accept: "application/json" } })).json();
  };

  for (const form of document.querySelectorAll("[data-passkey]")) {
    const fault = form.querySelector("[role=alert]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      fault.hidden = true;
      try {
        const answer = await (form.dataset.passkey === "add" ? make : ask)(await options(form));
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch {
        fault.hidden = false;
      }
    });
  }
})();
