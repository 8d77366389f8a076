// What the roll call keeps on the device: lists and facts, encrypted with a key that no script can read out.
const NAME = "rollcall";
export const LONGEST = 48 * 3600 * 1000; // milliseconds a list stays; what was not sent yet stays until it is
const AFTERWARDS = 12 * 3600 * 1000; // milliseconds after the end of a date

let opened, key;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("own");
      request.result.createObjectStore("lists", { keyPath: "date" });
      request.result.createObjectStore("facts", { keyPath: "id" }).createIndex("date", "date");
    };
    request.onsuccess = () => {
      request.result.onversionchange = close; // another tab signs out
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function close() {
  const database = await opened;
  opened = key = undefined; // whoever wiped took the key along
  database?.close();
}

async function inStore(name, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = work(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const read = (name, work) => inStore(name, "readonly", work);
const write = (name, work) => inStore(name, "readwrite", work);

// Made once; two tabs at the same moment agree on the one that was first.
async function own(what, make) {
  const known = await read("own", (store) => store.get(what));
  if (known) return known;
  await write("own", (store) => store.add(make, what)).catch(() => {});
  return read("own", (store) => store.get(what));
}

const algorithm = { name: "AES-GCM", length: 256 };
const theKey = () => (key ??= crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]).then((made) => own("key", made)));

export const device = () => own("device", crypto.randomUUID());

async function sealed(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await theKey(), text) };
}

async function unsealed({ iv, data }) {
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await theKey(), data);
  return JSON.parse(new TextDecoder().decode(text));
}

// `fresh`: it came from the server just now; otherwise it does not get any younger.
export async function keepList(list, fresh = true) {
  const known = fresh ? undefined : await read("lists", (store) => store.get(list.date));
  // By the clock of the device, right or wrong: how long it lasts is told by the server alone.
  const over = known?.over ?? Date.now() + Date.parse(list.end) - Date.parse(list.now) + AFTERWARDS;
  const row = { date: list.date, kept: known?.kept ?? Date.now(), over, ...(await sealed(list)) };
  await write("lists", (store) => store.put(row));
}

export const dropList = (date) => write("lists", (store) => store.delete(date));

export async function list(date) {
  const row = await read("lists", (store) => store.get(date));
  const stays = row && (Date.now() - row.kept <= LONGEST || (await datesWithFacts()).includes(date));
  return stays ? unsealed(row) : undefined;
}

export async function lists() {
  const rows = await read("lists", (store) => store.getAll());
  return Promise.all(rows.filter((row) => Date.now() - row.kept <= LONGEST).map(unsealed));
}

// A fact under the same id replaces the earlier one.
export async function keepFact(date, fact) {
  const row = { id: fact.id, date, ...(await sealed(fact)) };
  await write("facts", (store) => store.put(row));
}

export async function facts(date) {
  const rows = await read("facts", (store) => (date ? store.index("date").getAll(date) : store.getAll()));
  return Promise.all(rows.map(unsealed));
}

export async function datesWithFacts() {
  const rows = await read("facts", (store) => store.getAll());
  return [...new Set(rows.map((row) => row.date))];
}

export const dropFacts = (ids) => write("facts", (store) => ids.forEach((id) => store.delete(id)));

// Lists that are too old or whose date is long over; one of which something is still unsent stays usable.
export async function forgetOld() {
  const unsent = new Set(await datesWithFacts());
  const rows = await read("lists", (store) => store.getAll());
  const isOld = (row) => Math.abs(Date.now() - row.kept) > LONGEST || Date.now() > row.over;
  const old = rows.filter((row) => !unsent.has(row.date) && isOld(row));
  await write("lists", (store) => old.forEach((row) => store.delete(row.date)));
}

// Everything, the key too: what might be left on the disk is unreadable from now on.
export async function wipe() {
  await close();
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}
