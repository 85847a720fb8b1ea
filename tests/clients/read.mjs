// What do calendar programs written in JavaScript see in these feeds? Feeds are named on the command
// line; on stdout, for each program, one list for each feed: [{uid, start, end, summary, text, alarms}].
// Days and moments are local ones, without a zone: that is how an all-day event is shown.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";

const pad = (number) => String(number).padStart(2, "0");
const day = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

function withIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component, { strictExceptions: true });
    return {
      uid: event.uid,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      summary: event.summary,
      text: event.description,
      alarms: component.getAllSubcomponents("valarm").map((alarm) => {
        const rings = event.startDate.clone();
        rings.isDate = false;
        rings.addDuration(alarm.getFirstPropertyValue("trigger"));
        return [rings.toString().slice(0, 16), alarm.getFirstPropertyValue("description")];
      }),
    };
  });
}

// node-ical keeps a trigger as it is written, and a property with parameters as {params, val}.
const plain = (value) => (typeof value === "object" ? value.val : value);

function moment(start, trigger) {
  const rings = new Date(start.getTime() + ICAL.Duration.fromString(trigger).toSeconds() * 1000);
  return `${day(rings)}T${pad(rings.getHours())}:${pad(rings.getMinutes())}`;
}

function withNodeIcal(text) {
  const entries = Object.values(ical.sync.parseICS(text));
  return entries.filter((entry) => entry.type === "VEVENT").map((event) => ({
    uid: event.uid,
    start: day(event.start),
    end: day(event.end),
    summary: plain(event.summary),
    text: plain(event.description),
    alarms: (event.alarms ?? []).map((alarm) => [
      moment(event.start, plain(alarm.trigger)),
      plain(alarm.description),
    ]),
  }));
}

const feeds = process.argv.slice(2).map((file) => readFileSync(file, "utf8"));
process.stdout.write(
  JSON.stringify({ "ical.js": feeds.map(withIcalJs), "node-ical": feeds.map(withNodeIcal) }),
);
