// A page of days read later than it was made: moves the next collection on, hides what is past, says
// how far away it is and how old the copy is. Without it the page says from which day it is.
(() => {
  "use strict";
  const age = document.querySelector("[data-made]");
  const next = document.querySelector("[data-next]");
  const all = (what) => [...document.querySelectorAll(what)];
  const made = age.dataset.made;
  // On its own day a page is read without `Intl`, whose first use holds up a telephone.
  const isOver = Date.now() >= Date.parse(age.dataset.ends);
  const today = isOver
    ? new Intl.DateTimeFormat("sv-SE", { timeZone: age.dataset.zone }).format(new Date())
    : made;
  const apart = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);

  const showDay = (day) => {
    const time = next.querySelector("time");
    const shown = day.querySelector("time");
    time.dateTime = shown.dateTime;
    time.textContent = shown.textContent;
    next.dataset.next = day.dataset.last;
    const list = next.querySelector("ul");
    list.replaceChildren(
      ...[...day.querySelectorAll("[data-box]:not(.is-off)")].map((visit) => {
        const item = document.createElement("li");
        const copy = item.appendChild(visit.cloneNode(true));
        const fractions = document.querySelector(`[data-legend="${visit.dataset.box}"] .fractions`);
        if (fractions) copy.querySelector(".visit-name").after(fractions.cloneNode(true));
        return item;
      }),
    );
  };

  const moveOn = () => {
    for (const row of all("[data-last]")) row.hidden = row.dataset.last < today;
    for (const group of all("[data-month], .changed")) {
      group.hidden = !group.querySelector("[data-last]:not([hidden])");
    }
    for (const text of all("[data-from]")) {
      text.hidden = today < text.dataset.from || today >= text.dataset.until;
    }
    for (const box of all(".urgent, .notices, .deviations")) {
      box.hidden = !box.querySelector("[data-from]:not([hidden]), [data-last]:not([hidden])");
    }
    if (!next || next.dataset.next >= today) return;
    const day = all("[data-month] > .days > [data-last]:not([hidden])").find((row) =>
      row.querySelector("[data-box]:not(.is-off)"),
    );
    if (day) showDay(day);
    else next.hidden = true;
  };

  const sayAge = async () => {
    age.hidden = false;
    const answer = await fetch("/SHA256SUMS.minisig");
    const until = answer.ok && /valid-until:(\S+)/.exec(await answer.text());
    if (until && Date.parse(until[1]) < Date.now()) age.querySelector("[data-expired]").hidden = false;
  };

  const sayHowFar = () => {
    const away = next.querySelector("[data-away]");
    if (isOver) {
      const days = apart(today, next.querySelector("time").dateTime);
      const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
      away.textContent = words.format(Math.max(days, 0), "day");
    }
    away.hidden = false;
  };

  if (isOver) moveOn();
  if (next && !next.hidden) sayHowFar();
  if (apart(made, today) > 1) sayAge().catch(() => {});
})();
