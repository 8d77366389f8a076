// Reads calendars (a JSON list of texts) with ical.js, as Thunderbird and Nextcloud do, and prints what it saw as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function seen(event, method) {
  const moment = (name) => event.getFirstPropertyValue(name).toUnixTime();
  return {
    method,
    uid: event.getFirstPropertyValue("uid"),
    sequence: event.getFirstPropertyValue("sequence"),
    stamp: moment("dtstamp"),
    start: moment("dtstart"),
    end: moment("dtend"),
    status: event.getFirstPropertyValue("status"),
    summary: event.getFirstPropertyValue("summary"),
    categories: event.getFirstProperty("categories")?.getValues() ?? [],
    attendees: event.getAllProperties("attendee").length,
  };
}

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const method = calendar.getFirstPropertyValue("method");
  return calendar.getAllSubcomponents("vevent").map((event) => seen(event, method));
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
