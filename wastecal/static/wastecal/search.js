// The search field: suggests addresses while one types, and searches by itself where no server has done so.
(() => {
  "use strict";
  const field = document.querySelector("#q");
  const { action, dataset } = field.form;
  const index = new URL(dataset.index, location);
  const kept = new Map();
  const LISTED = 20;

  const read = (name) => {
    if (!kept.has(name)) {
      const content = fetch(new URL(`${name}.json`, index)).then((answer) => answer.json());
      content.catch(() => kept.delete(name)); // the next letter tries again
      kept.set(name, content);
    }
    return kept.get(name);
  };

  let finding;
  const search = async () => {
    const [{ finder }, content] = await Promise.all([import(dataset.finder), read("index")]);
    finding = finding || finder(content, read);
    return finding;
  };

  const made = (name, attributes, ...content) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...content);
    return node;
  };
  const list = made("ul", { id: "q-list", class: "suggested", role: "listbox", "aria-label": dataset.label });
  const status = made("p", { class: "unseen", role: "status" });
  let rows = []; // what the list offers: houses have a slug, streets a name, towns a path
  let active = -1;
  let waiting;

  const words = (row) => {
    const own = made("bdi", {}, row.text || row.name || row.town);
    return row.name ? [own, `, ${row.place || row.town}`] : [own];
  };

  const urlOf = (row) => {
    if (row.slug) return `${action}adress/${row.slug}/`;
    if (!row.name) return `${action}adresser/${row.path}/`;
    return `${action}?${new URLSearchParams({ q: `${row.name}, ${row.town}` })}`;
  };

  const activate = (place) => {
    active = place;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", at === place));
    if (place < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };

  const option = (row, place) => {
    const item = made("li", { id: `q-${place}`, role: "option" }, ...words(row));
    item.addEventListener("click", () => choose(row));
    return item;
  };

  const show = (found) => {
    rows = found;
    list.replaceChildren(...rows.map(option));
    list.hidden = !rows.length;
    field.setAttribute("aria-expanded", !list.hidden);
    field.autocomplete = rows.length ? "off" : "address-line1"; // one list at a time: ours or the browser's
    activate(-1);
  };

  // Said late: a screen reader is still reading the letter that was typed.
  const say = (text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (status.textContent = text), 500);
  };

  const suggest = async () => {
    const typed = field.value;
    if (typed.replace(/[^\p{L}]/gu, "").length < 3) return show([]), say("");
    const finder = await search();
    const found = await finder.suggest(typed);
    if (field.value !== typed || document.activeElement !== field) return;
    show(found.slice(0, LISTED));
    say(rows.length ? dataset.some.replace("§", rows.length) : dataset.none);
  };

  // A house leads to its page; a street puts the cursor where its number goes.
  const choose = (row) => {
    if (row.slug || !row.name) return location.assign(urlOf(row));
    const twice = rows.some((other) => other.name === row.name && other.town !== row.town);
    field.value = `${row.name} ${twice ? `, ${row.town}` : ""}`;
    field.setSelectionRange(row.name.length + 1, row.name.length + 1);
    suggest();
  };

  // One beyond the last, and one before the first, is the field itself.
  const step = (by) => activate(((active + 1 + by + rows.length + 1) % (rows.length + 1)) - 1);

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => show([]),
  };
  const keysInList = {
    Enter: () => choose(rows[active]),
    Home: () => activate(0),
    End: () => activate(rows.length - 1),
  };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const inList = keys[event.key] || (active >= 0 && keysInList[event.key]);
    const act = list.hidden ? event.key === "ArrowDown" && suggest : inList;
    if (!act) return;
    event.preventDefault();
    act();
  });
  field.addEventListener("input", suggest);
  field.addEventListener("blur", () => show([]));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the field
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.after(list, status);
  show([]);

  // The first page, asked for something and served as a plain file: the answer of finder.find.
  const results = async (text) => {
    field.value = text;
    const finder = await search();
    const { kind, rows: found } = await finder.find(text);
    if (kind === "one") return location.replace(urlOf(found[0]));
    const name = kind === "none" && found.length ? "near" : kind;
    const section = document.querySelector(`template[data-found=${name}]`).content.firstElementChild;
    const links = found.map((row) => made("li", {}, made("a", { href: urlOf(row) }, ...words(row))));
    if (links.length) {
      section.querySelector("ul").append(...links);
      const heading = section.querySelector("h2");
      heading.textContent = heading.textContent.replace("§", `${found[0].name}, ${found[0].town}`);
    }
    document.querySelector("#browse").replaceWith(section); // which leads to the list itself
    document.title = `${text} – ${document.title}`;
  };
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && document.querySelector("template[data-found]")) results(asked);
})();
