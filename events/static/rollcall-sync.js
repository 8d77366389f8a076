// Sends what is on the device, each fact until the server has it, and fetches the list of everybody.
import { withFacts } from "./rollcall-state.js";
import * as store from "./rollcall-store.js";

const PATIENCE = 15000; // milliseconds; bad networks hang instead of failing
const PORTION = 200;

// Half a sign, as cutting an emoji in two leaves it, would make the whole sending unreadable.
const whole = (_, value) => (typeof value === "string" ? value.replace(/[\ud800-\udfff]/gu, "\ufffd") : value);

const path = (date, what) => `/team/anwesenheit/${date}/${what}`;

async function ask(address, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(address, { ...options, signal: stop.signal, cache: "no-store", redirect: "error" });
  } catch {
    return undefined; // no network, or one that does not answer
  } finally {
    clearTimeout(timer);
  }
}

const OUTCOMES = { 401: "sign-in", 403: "forbidden", 404: "forbidden", 409: "too-early", 410: "forbidden" };
const outcome = (answer) => (answer?.ok ? "ok" : (OUTCOMES[answer?.status] ?? "offline"));

// Public networks answer everything with a page of their own.
const contentOf = (answer) => answer.json().catch(() => ({}));

// Two tabs never send at once; where the browser has no locks, sending twice does no harm either.
const alone = (work) => (navigator.locks ? navigator.locks.request("rollcall-send", work) : work());

// "ok", or why not; what the server will never take is kept with the reason until somebody has read it.
export const send = (date) => alone(() => sendAll(date));

async function sendAll(date) {
  for (;;) {
    const waiting = (await store.facts(date)).filter((fact) => !fact.refused).sort((one, other) => one.counter - other.counter);
    if (!waiting.length) return "ok";
    const said = await sendPortion(date, waiting.slice(0, PORTION));
    if (said !== "ok") return said;
  }
}

async function sendPortion(date, facts) {
  const device = await store.device();
  const of = (kind) => facts.filter((fact) => fact.kind === kind).map(({ kind: _, device: __, ...sent }) => sent);
  const body = JSON.stringify({ device, marks: of("mark"), counts: of("count"), notes: of("note") }, whole);
  const answer = await ask(path(date, "fakten"), { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (!answer?.ok) return outcome(answer);
  const { accepted, refused } = await contentOf(answer);
  if (!accepted) return "offline";
  const reasons = new Map(refused.map(({ id, reason }) => [id, reason]));
  for (const fact of facts) if (reasons.has(fact.id)) await store.keepFact(date, { ...fact, refused: reasons.get(fact.id) });
  await absorb(date, facts.filter((fact) => accepted.includes(fact.id)));
  await store.dropFacts(accepted);
  return accepted.length + reasons.size ? "ok" : "offline"; // an answer that names none of them must not loop
}

// Into the list on the device first: whoever loses the network right now still sees what was marked.
async function absorb(date, facts) {
  const list = await store.list(date);
  if (list) await store.keepList(withFacts(list, facts), false);
}

// Fetches the list and keeps it; "ok", or why not.
export async function fetchList(date) {
  const answer = await ask(path(date, "liste.json"));
  if (!answer?.ok) return outcome(answer);
  const [list, kept] = [await contentOf(answer), await store.list(date)];
  if (list.date !== date) return "offline";
  if (!kept || list.counter >= kept.counter) await store.keepList(list); // an older one knows less than this phone
  return "ok";
}

// Everything of every date that still waits; how many facts are left, those included that nobody has read the refusal of.
export async function sendEverything() {
  for (const date of await store.datesWithFacts()) await send(date);
  return (await store.facts()).length;
}
