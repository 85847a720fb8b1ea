// Which address did the person mean? Like wastecal/search.py, but out of the files that
// wastecal/web/searching writes; tests/web/test_finder.py holds the two together.

// `index` is sok/index.json; `read` gives the content of another file of that folder, by its name.
export function finder(index, read) {
  const [letters, firsts, lasts, letterLasts] = ["letters", "first", "last", "letter"].map(
    (name) => new Map(Object.entries(index[name])),
  );
  const NUMBER =
    /(^|\D)(\d{1,4})(?:\s?[-:/]\s?(\d{1,3}))?(?!\d|\s?[-:/]\s?\d)(?:[\s-]?([a-zåäö])(?![\p{L}\d]|\.[\p{L}\d]))?/giu;
  const POSTCODE = /(^|[^\p{L}\d-])(?:SE?[-\s]?)?([1-9]\d\d)\s?(\d\d)(?![\p{L}\d-])/iu;
  const known = new Map(); // the streets of each file, normalised once
  const towns = new Map(index.towns.map((name) => [normalise(name), name]));

  function fold(text) {
    const bare = text.normalize("NFKC").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    return bare.replace(/[^\0-\x7f]/g, (letter) => letters.get(letter) || letter);
  }

  function words(text) {
    const found = fold(text).replace(/['’]/g, "").match(/[a-z0-9]+(:[a-z]+)?/g) || [];
    const spelled = found.map((word) => word.replace(/aa|ae/g, "a").replace(/oe/g, "o").replace(/w/g, "v"));
    const last = spelled.length - 1;
    return spelled.map((word, place) => ((place < last && firsts.get(word)) || word).replace(":", ""));
  }

  const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "-";
  const plain = (text) => words(text).join("");

  // One word of a-z and 0-9, with its end written out: vagen for v. and väg.
  function normalise(text) {
    const all = words(text);
    const last = all.pop() || "";
    if (letterLasts.has(last)) return all.join("") + letterLasts.get(last);
    const name = all.join("") + last;
    if (name === "storg") return "storgatan";
    const short = [...lasts.keys()].find((end) => name.endsWith(end));
    if (short) return name.slice(0, -short.length) + lasts.get(short);
    return name.length > 3 ? name.replace(/.$/, (letter) => letterLasts.get(letter) || letter) : name;
  }

  // What sets a street apart: socker of sockervagen.
  function stem(street) {
    const end = [...lasts.values()].find((ending) => street.endsWith(ending)) || "";
    return street.slice(0, street.length - end.length);
  }

  function parse(text) {
    const plainer = text.slice(0, 200).normalize("NFKC");
    const tidy = plainer.replace(/[\r\n\t;()]+/g, ",").replace(/\s*[‐‑‒–—―−﹣-]\s*/g, "-");
    const [, , area = "", office = ""] = POSTCODE.exec(tidy) || [];
    const rest = tidy.replace(POSTCODE, "$1,").replace(/(\d\w?)\si\s+(?=\p{L})/giu, "$1,").trim();
    const found = [...rest.matchAll(NUMBER)].find((one) => !one.index || /\p{L}/u.test(rest.slice(0, one.index + 1)));
    const [all = "", before, main, suffix, letter = ""] = found || [];
    const names = found ? `${rest.slice(0, found.index)}${before},${rest.slice(found.index + all.length)}` : rest;
    const parts = names.split(",").filter((part) => /\p{L}/u.test(part));
    const own = parts.find((part) => parts.length < 2 || !nearestTown(part)) || "";
    const [street, said] = townOff(own.trim().split(/\s+/));
    return {
      names: [street, own].map((name) => [plain(name), normalise(name)]), // what looks like a town may be none
      number: main ? [main, suffix].filter(Boolean).map(Number).join("-") : "",
      letter: letter.toUpperCase(),
      town: said || parts.filter((part) => part !== own).map(nearestTown).find(Boolean),
      postcode: area + office,
      spaced: area && `${area}-${Number(office)}`, // 493-10, typed with a space, looks like a postcode
    };
  }

  // Takes a town off the end, else off the beginning, where a street remains.
  function townOff(all) {
    for (let size = Math.min(4, all.length - 1); size > 0; size--) {
      for (const [town, rest] of [[all.slice(-size), all.slice(0, -size)], [all.slice(0, size), all.slice(size)]]) {
        const name = towns.get(normalise(town.join(" ")));
        if (name) return [rest.join(" ").replace(/\si$/, ""), name];
      }
    }
    return [all.join(" "), ""];
  }

  function nearestTown(text) {
    const form = normalise(text);
    const names = [...towns.keys()].filter((name) => form.length > 2 && name.startsWith(form));
    const close = [...towns.keys()].find((name) => typos(form, name).whole <= form.length / 4);
    return towns.get(form) || (names.length === 1 ? towns.get(names[0]) : towns.get(close));
  }

  // How many typos part `typed` from the whole name, and from the nearest beginning of it.
  function typos(typed, name) {
    let [before, row] = [[], Array.from({ length: name.length + 1 }, (_, place) => place)];
    for (let i = 1; i <= typed.length; i++) {
      const next = [i];
      for (let j = 1; j <= name.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (typed[i - 1] === name[j - 1] ? 0 : 1));
        const swapped = i > 1 && j > 1 && typed[i - 1] === name[j - 2] && typed[i - 2] === name[j - 1];
        if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return { whole: row[name.length], begun: Math.min(...row) };
  }

  // How near a name is: 0 so spelled, 1 so but for its first word, 2 begun so, 3 or more nearly.
  function rank(street, [typed, name]) {
    if (street.form === name) return street.plain === typed ? 0 : 0.1;
    if (street.shorter === name) return 1;
    return [street.form, street.shorter].some((form) => form.startsWith(typed)) ? 2 : Infinity;
  }

  function rankClose(street, [typed, name]) {
    const own = stem(name).length;
    const { whole } = typos(name, street.form);
    if (whole <= (own < 2 ? 0 : own < 5 ? 1 : 2)) return 3 + whole;
    return typed.length > 3 && typos(typed, street.form).begun < 2 ? 4.1 : Infinity;
  }

  // The nearest first, those of another town than was said half a step off.
  function ranked(query, streets, how) {
    const away = (street) => (query.town && street.town !== query.town ? 0.5 : 0);
    return streets
      .map((street) => ({ ...street, rank: Math.min(...query.names.map((name) => how(street, name))) + away(street) }))
      .filter((street) => street.rank < Infinity)
      .sort((one, other) => one.rank - other.rank);
  }

  function nearest(query, streets) {
    const sure = ranked(query, streets, rank);
    return sure.length ? sure : ranked(query, streets, rankClose);
  }

  // The key that a name begins with, else the first that begin with it.
  function keysFor(keys, name) {
    const longest = keys.filter((key) => name.startsWith(key)).slice(-1);
    return longest.length ? longest : keys.filter((key) => key.startsWith(name)).slice(0, 2);
  }

  async function streetsIn(folder, keys) {
    const files = [...new Set(keys)].map((key) => `${folder}/${key || "-"}`);
    await Promise.all(files.map(async (file) => known.has(file) || known.set(file, streetsOf(await read(file)))));
    return files.flatMap((file) => known.get(file));
  }

  function streetsOf(file) {
    return Object.entries(file).flatMap(([houses, there]) =>
      Object.entries(there).flatMap(([town, names]) => names.map((name) => street(name, town, houses))),
    );
  }

  function street(name, town, houses) {
    const shorter = name.includes(" ") ? normalise(name.replace(/^\S*\s/, "")) : "";
    return { name, town, houses, form: normalise(name), plain: plain(name), shorter: stem(shorter) && shorter };
  }

  async function streetsFor(query) {
    if (!query.names[0][0]) return [];
    const keys = query.names.flatMap(([typed]) => keysFor(index.begins, typed));
    const found = nearest(query, await streetsIn("borjan", keys));
    if (found.length || !index.ends.length) return found;
    // A typo in the first letters has led to the wrong file; the end leads to the right one.
    const end = [...stem(query.names[0][1])].reverse().join("");
    return nearest(query, await streetsIn("slutet", keysFor(index.ends, end)));
  }

  async function housesOn(streets) {
    const keys = [...new Set(streets.map((row) => row.houses))].slice(0, 2);
    const files = new Map(await Promise.all(keys.map(async (key) => [key, await read(`hus/${key || "-"}`)])));
    return streets.flatMap((row) => {
      const runs = ((files.get(row.houses) || {})[row.town] || {})[row.name] || [];
      return runs.flatMap(([path, postcode, all]) => all.map((one) => house(row, path, postcode, one)));
    });
  }

  function house(row, path, postcode, one) {
    const [written, end] = [one].flat();
    const [, number, letter] = /^(.*?)(\p{L}*)$/u.exec(written);
    const place = `${postcode.replace(/^(\d{3})(\d\d)$/, "$1 $2")} ${row.town}`.trim();
    const house = { number, letter: letter.toUpperCase(), postcode, slug: `${path}/${end || slug(written)}` };
    return { ...row, ...house, place, text: `${row.name} ${written}`.trim() };
  }

  // 0 the house itself, 1 its number, 2 the number before its dash, 3 a number that begins so.
  function fit(query, row) {
    if (!query.number) return row.number === query.spaced ? 0 : 1;
    const letter = !query.letter || query.letter === row.letter;
    if (row.number === query.number && letter) return query.letter === row.letter ? 0 : 1;
    if (letter && (row.number.replace(/-.*/, "") === query.number || `${row.number}-0` === query.number)) return 2;
    return !query.letter && row.number.startsWith(query.number) ? 3 : Infinity;
  }

  function fitting(query, rows) {
    return rows
      .map((row) => ({ ...row, fit: fit(query, row) - (row.postcode === query.postcode ? 0.5 : 0) }))
      .filter((row) => row.fit < Infinity)
      .sort((one, other) => one.rank - other.rank || one.fit - other.fit);
  }

  function townsLike([typed]) {
    const found = typed.length > 2 ? [...towns].filter(([form]) => form.startsWith(typed)) : [];
    return found.map(([, town]) => ({ town, path: slug(town) }));
  }

  // What to offer while somebody types: streets, and houses as soon as the street is clear; the best first.
  async function suggest(text) {
    const query = parse(text);
    const streets = await streetsFor(query);
    if (!streets.length) return townsLike(query.names[0]);
    const clear = streets.length === 1 || (streets[0].rank < 0.5 && streets[1].rank >= 0.5);
    if (!query.number && !query.spaced) {
      return clear ? [...(await housesOn(streets.slice(0, 1))), ...streets.slice(1)] : streets;
    }
    const houses = fitting(query, await housesOn(streets));
    return houses.length ? houses : streets;
  }

  // What was found, as the server would say it; for no_number the nearest, for none other spellings.
  async function find(text) {
    const query = parse(text);
    const streets = await streetsFor(query);
    const rows = await housesOn(streets);
    const [first, ...others] = fitting(query, rows);
    // A beginning that fits many streets says too little to list their houses.
    if (first && first.fit < 3 && (first.rank < 2 || (streets.length <= 20 && query.names[0][0].length > 1))) {
      const alike = others.filter((row) => row.rank === first.rank && row.fit === first.fit);
      return { kind: alike.length ? "several" : "one", rows: [first, ...alike] };
    }
    const there = rows.filter((row) => row.town === streets[0].town && row.name === streets[0].name);
    const far = (row) => Math.abs(parseInt(row.number) - parseInt(query.number));
    const near = query.number ? there.sort((one, other) => far(one) - far(other)).slice(0, 20) : [];
    if (near.length) return { kind: "no_number", rows: near };
    return { kind: "none", rows: streets.length ? streets.slice(0, 10) : townsLike(query.names[0]) };
  }

  return { suggest, find };
}
