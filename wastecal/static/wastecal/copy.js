// Copies an address with one press; without it the address can be selected and copied by hand.
(() => {
  "use strict";
  if (!navigator.clipboard) return;
  for (const row of document.querySelectorAll("[data-copy]")) {
    const said = row.querySelector("[data-copied]");
    row.hidden = false;
    row.querySelector("button").addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(row.dataset.copy).textContent);
      said.textContent = said.dataset.copied;
    });
  }
})();
