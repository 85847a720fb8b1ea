// What does the search of the pages find? node find.mjs <finder.js> <folder> < texts, as JSON; JSON out.
import { readFileSync } from "node:fs";

const [script, folder] = process.argv.slice(2);
const asked = [];
const read = (name) => {
  asked.push(name);
  return JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
};
// No package says that the file is a module; an address of its text says so itself.
const { finder } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(script, "utf8"))}`);
const { suggest, find } = finder(read("index"), read);
const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  asked.length = 0;
  const suggested = (await suggest(text)).map((row) => row.slug || `${row.town}/${row.name}`);
  const files = new Set(asked);
  const { kind, rows } = await find(text);
  answers.push({ suggested, kind, found: rows.map((row) => row.slug || `${row.town}/${row.name}`), files: [...files] });
}
console.log(JSON.stringify(answers));
