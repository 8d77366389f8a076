// The roll call on the screen: takes over from the form when the browser can work without network.
import { counting } from "./rollcall-counting.js";
import { Roll, folded } from "./rollcall-state.js";
import * as store from "./rollcall-store.js";
import { fetchList, send } from "./rollcall-sync.js";

const SOON = 800; // milliseconds after the last tap until it is sent
const EVERY = 30000; // milliseconds between two looks at what others marked

const part = (id) => document.getElementById(`roll-${id}`);
const app = part("app");
const words = app.dataset;
const said = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const date = location.pathname.match(/[0-9a-f-]{36}$/)?.[0];
const rows = new Map();
const counts = counting({ part, words, say, fill: said, current: () => roll });
let roll, device, timer, worker;
let sending = "ok";
let tried = false;
const unkept = new Map(); // facts on their way to the disk

// Rows

function nameOf(person) {
  return [person.given, person.initial].filter(Boolean).join(" ") || words.nameless;
}

function newRow(person) {
  const row = part("row-template").content.firstElementChild.cloneNode(true);
  row.dataset.subject = person.subject;
  row.querySelector(".roll-number").textContent = person.number;
  row.querySelector(".roll-name").textContent = nameOf(person);
  const panel = row.querySelector(".roll-panel");
  const more = row.querySelector(".roll-more");
  panel.id = `panel-${person.subject}`;
  more.setAttribute("aria-controls", panel.id);
  more.setAttribute("aria-label", said(words.more, { name: nameOf(person) }));
  row.dataset.find = folded(`${person.number} ${nameOf(person)}`);
  return row;
}

function show(person) {
  if (!rows.has(person.subject)) rows.set(person.subject, part("rows").appendChild(newRow(person)));
  const row = rows.get(person.subject);
  const mark = roll.markOf(person);
  const [party, chosen] = [roll.partyOf(person), row.querySelector(`[data-mark="${mark}"]`)];
  row.querySelector(".roll-main").setAttribute("aria-pressed", String(roll.isPresent(person)));
  row.querySelector(".roll-mark").textContent = [
    chosen?.textContent ?? words.noMark,
    party > 1 ? said(words.party, { n: party }) : "",
    person.walk_in ? words.walkIn : "",
  ].filter(Boolean).join(", ");
  row.dataset.is = mark ?? "";
  for (const button of row.querySelectorAll("[data-mark]")) button.setAttribute("aria-pressed", String(button === chosen));
  row.querySelector("output").textContent = party;
}

// Sums and what is still unsent

function showTotals() {
  const heads = roll.heads();
  const sums = [said(words.countsAs, { n: heads.effective, named: heads.named })];
  if (heads.everyone) sums.push(said(words.everyone, { n: heads.everyone }));
  if (heads.additional) sums.push(said(words.additional, { n: heads.additional }));
  part("totals").textContent = sums.join(" ");
}

async function showUnsent() {
  const facts = await store.facts(date);
  const refused = facts.filter((fact) => fact.refused);
  const unsent = facts.length - refused.length;
  put(part("unsent"), unsent ? said(words.unsent, { n: unsent }) : words.allSent);
  app.dataset.pending = unsent;
  put(part("network"), sending === "ok" ? words.online : words[sending.replace(/-./, (found) => found[1].toUpperCase())]);
  part("sign-in").hidden = sending !== "sign-in";
  showLinks();
  showRefused(refused);
}

// Text that has not changed is not set again: a screen reader would say it again.
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function showRefused(refused) {
  part("refused").hidden = !refused.length;
  const told = refused.map((fact) => {
    const line = document.createElement("li");
    const about = roll?.people.get(fact.subject);
    line.textContent = about ? `${nameOf(about)}: ${fact.refused}` : fact.refused;
    return line;
  });
  part("reasons").replaceChildren(...told);
}

// Facts: shown at once, kept on the device, sent soon

// Half an emoji at the end of a cut text is no text: the server would take none of what is sent with it.
const wellFormed = (value) => (typeof value === "string" ? new TextDecoder().decode(new TextEncoder().encode(value)) : value);

async function say(said) {
  const fact = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, wellFormed(value)]));
  const whole = { id: crypto.randomUUID(), device, counter: roll.counter + 1, noted_at: new Date().toISOString(), ...fact };
  unkept.set(whole.id, whole);
  const subject = roll.add(whole);
  if (subject) show(roll.people.get(subject));
  showTotals();
  await store.keepFact(date, whole);
  unkept.delete(whole.id);
  await showUnsent();
  clearTimeout(timer);
  timer = setTimeout(exchange, SOON);
  worker?.sync?.register("send").catch(() => {}); // some browsers send even after the page is closed
}

function mark(person, what, party = roll.partyOf(person)) {
  return say({ kind: "mark", subject: person.subject, mark: what, party, walk_in: Boolean(person.walk_in) });
}

// One exchange at a time: an answer that was overtaken must not put back an older list. Who asks meanwhile gets the next.
let running, again;

async function exchange() {
  again = true;
  running ??= exchangeAll().finally(() => (running = undefined));
  return running;
}

async function exchangeAll() {
  while (again) {
    again = false;
    sending = await send(date);
    if (sending === "ok") sending = await fetchList(date);
    if (sending === "forbidden") await store.dropList(date); // names are for those who may see them
    tried = true;
    await draw();
  }
}

async function draw() {
  const list = await store.list(date);
  if (list) {
    const counter = roll?.counter ?? 0;
    roll = new Roll(list, [...(await store.facts(date)), ...unkept.values()]);
    roll.counter = Math.max(roll.counter, counter); // never the same one twice
    showAll(list);
  }
  part("missing").hidden = Boolean(list) || !tried || sending === "forbidden";
  part("parts").hidden = !list;
  await showUnsent();
}

function showAll(list) {
  put(part("title"), list.title);
  put(part("when"), span(list));
  part("listed").textContent = said(words.listed, { n: roll.people.size });
  part("empty").hidden = roll.people.size > 0;
  part("finding").hidden = part("rest").hidden = !roll.people.size;
  for (const [subject, row] of rows) if (!roll.people.has(subject)) (row.remove(), rows.delete(subject));
  for (const person of roll.people.values()) show(person);
  showTotals();
  if (!part("counts").contains(document.activeElement)) counts.follow();
  counts.show();
  part("noted").replaceChildren(...roll.notes.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

// Pages that need a network; without one they would only disappoint.
function showLinks() {
  const links = roll?.list.links ?? [];
  part("links").hidden = sending !== "ok" || !links.length;
  if (part("ways").childElementCount === links.length) return; // whoever stands on one of them stays there
  const lines = links.map(([textContent, href]) => {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("a"), { className: "kern-link", href, textContent }));
    return line;
  });
  part("ways").replaceChildren(...lines);
}

function span({ start, end }) {
  const [day, hour] = [{ weekday: "long", day: "numeric", month: "long", year: "numeric" }, { hour: "2-digit", minute: "2-digit" }];
  const written = (moment, how) => new Intl.DateTimeFormat("de-DE", { timeZone: "Europe/Berlin", ...how }).format(new Date(moment));
  return `${written(start, day)}, ${written(start, hour)}–${written(end, hour)} Uhr`;
}

// What people do

function tapped(event) {
  const button = event.target.closest("button");
  const person = roll?.people.get(button?.closest(".roll-row")?.dataset.subject);
  if (!button) return;
  if (button.dataset.step) counts.step(button);
  if (!person) return;
  if (button.classList.contains("roll-main")) mark(person, roll.isPresent(person) ? "absent" : "present");
  if (button.dataset.mark) mark(person, button.dataset.mark);
  if (button.dataset.party) mark(person, roll.isPresent(person) ? roll.markOf(person) : "present", Math.max(1, Math.min(2000, roll.partyOf(person) + Number(button.dataset.party))));
  if (button.classList.contains("roll-more")) unfold(button);
}

function unfold(button) {
  const panel = button.parentElement.querySelector(".roll-panel");
  panel.hidden = !panel.hidden;
  button.setAttribute("aria-expanded", String(!panel.hidden));
}

async function allOthers() {
  for (const person of roll.people.values()) if (!roll.markOf(person)) await mark(person, "present");
}

let added = -Infinity; // when the last walk-in was, in milliseconds

async function walkIn(event) {
  event.preventDefault();
  const [name, consented] = [part("name").value.trim(), part("consent").checked];
  const error = part("name-error");
  error.hidden = !name || consented;
  part("name").toggleAttribute("aria-invalid", !error.hidden);
  error.textContent = error.hidden ? "" : words.consent;
  if (!error.hidden) return part("consent").focus();
  const said = {
    kind: "mark", subject: crypto.randomUUID(), mark: "present", walk_in: true, party: Math.max(1, Number(part("party").value) || 1),
    name, consented, organisation_name: part("organisation").value.trim(), city: part("city").value.trim(),
  };
  const isEmpty = !name && !said.organisation_name && !said.city && said.party === 1;
  if (isEmpty && event.timeStamp - added < 1000) return; // the second half of a double tap is nobody
  added = event.timeStamp;
  event.target.reset(); // before the next one is typed
  part("name").focus();
  await say(said);
}

async function noted(event) {
  event.preventDefault();
  const text = part("text").value.trim();
  if (!text) return part("text").focus();
  event.target.reset();
  await say({ kind: "note", text });
  showAll(roll.list);
}

function search() {
  const wanted = folded(part("search").value.trim());
  for (const row of rows.values()) row.hidden = !row.dataset.find.includes(wanted);
}

async function understood() {
  await store.dropFacts((await store.facts(date)).filter((fact) => fact.refused).map((fact) => fact.id));
  await draw();
}

function listen() {
  app.addEventListener("click", tapped);
  part("fields").addEventListener("change", (event) => event.target.dataset.dimension && counts.count(event.target));
  part("station").addEventListener("input", () => (counts.follow(), counts.show()));
  part("counts").addEventListener("change", (event) => event.target.name === "scope" && counts.rescope());
  part("search").addEventListener("input", search);
  part("rest").addEventListener("click", allOthers);
  part("walk-in").addEventListener("submit", walkIn);
  part("note").addEventListener("submit", noted);
  part("counts").addEventListener("submit", (event) => event.preventDefault());
  part("understood").addEventListener("click", understood);
  addEventListener("pagehide", () => store.forgetOld());
  addEventListener("online", exchange);
  document.addEventListener("visibilitychange", () => document.hidden || exchange());
  setInterval(() => document.hidden || exchange(), EVERY);
}

async function keepWorker() {
  worker = await navigator.serviceWorker.register("/team/anwesenheit/sw.js", { scope: "/team/anwesenheit/" });
  navigator.serviceWorker.addEventListener("message", exchange);
  await navigator.serviceWorker.ready;
  app.dataset.ready = "yes"; // from now on the page opens without network
  navigator.storage?.persist?.();
}

async function showKept() {
  const kept = await store.lists();
  const links = kept.map((list) => {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("a"), { className: "kern-link", href: list.date, textContent: `${list.title}, ${span(list)}` }));
    return line;
  });
  part("kept").replaceChildren(...links);
  part("kept").hidden = !kept.length;
  part("missing").hidden = kept.length > 0;
  app.hidden = false;
}

async function start() {
  device = await store.device();
  await store.forgetOld();
  if (!date) return showKept();
  await store.lists(); // fails where the browser keeps nothing, as some do in private windows
  listen();
  await draw();
  app.hidden = false;
  for (const plain of document.querySelectorAll("[data-plain-roll]")) plain.hidden = true;
  await Promise.all([exchange(), keepWorker().catch(() => {})]);
}

if (window.indexedDB && window.crypto?.subtle && navigator.serviceWorker) start().catch(() => {});
