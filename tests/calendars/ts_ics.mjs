// Reads calendars (a JSON list of texts) with ts-ics and prints what it saw as JSON.
import { readFileSync } from "node:fs";
import { convertIcsCalendar } from "ts-ics";

function seen(event, method) {
  return {
    method,
    uid: event.uid,
    sequence: event.sequence ?? 0, // what 0 is when it is not said
    stamp: event.stamp.date.getTime() / 1000,
    start: event.start.date.getTime() / 1000,
    end: event.end.date.getTime() / 1000,
    status: event.status,
    summary: event.summary,
    categories: event.categories ?? [],
    attendees: (event.attendees ?? []).length,
  };
}

function read(text) {
  const calendar = convertIcsCalendar(undefined, text);
  return (calendar.events ?? []).map((event) => seen(event, calendar.method));
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
