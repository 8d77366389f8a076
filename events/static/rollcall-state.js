// What a list and the facts of this device say together. Pure: the same facts in any order give the same answer.

// The order of facts is that of the server: (counter, device, id), never a clock.
export function isLater(one, other) {
  if (one.counter !== other.counter) return one.counter > other.counter;
  if (one.device !== other.device) return one.device > other.device;
  return one.id > other.id;
}

const place = (count) => JSON.stringify([count.station, count.dimension, count.value]);

export class Roll {
  constructor(list, facts) {
    this.list = list;
    this.counter = list.counter;
    this.people = new Map(list.people.map((person, place) => [person.subject, { ...person, number: place + 1 }]));
    this.counts = new Map(list.counts.map((count) => [place(count), count]));
    this.notes = [...list.notes];
    for (const fact of facts) this.add(fact);
  }

  // Takes in one fact; says whom it is about, so that only that row has to be drawn again.
  add(fact) {
    this.counter = Math.max(this.counter, fact.counter);
    if (fact.kind === "mark") return this.#mark(fact);
    if (fact.kind === "count") this.#count(fact);
    if (fact.kind === "note" && !fact.refused) this.notes.push(fact.text);
    return undefined;
  }

  #mark(fact) {
    const person = this.people.get(fact.subject) ?? this.#walkIn(fact);
    if (fact.refused || (person.latest && !isLater(fact, person.latest))) return fact.subject;
    person.latest = fact;
    return fact.subject;
  }

  #walkIn(fact) {
    const [given = "", ...rest] = (fact.name ?? "").trim().split(/\s+/);
    const initial = rest.length ? `${[...rest.join(" ")][0].toUpperCase()}.` : "";
    const person = { subject: fact.subject, number: this.people.size + 1, given, initial, party: fact.party, walk_in: true };
    this.people.set(fact.subject, person);
    return person;
  }

  #count(fact) {
    const known = this.counts.get(place(fact));
    if (!fact.refused && (!known || isLater(fact, known))) this.counts.set(place(fact), fact);
  }

  markOf(person) {
    return person.latest?.mark;
  }

  partyOf(person) {
    return person.latest?.party ?? person.party ?? 1;
  }

  isPresent(person) {
    return ["present", "late", "left_early"].includes(this.markOf(person));
  }

  stations() {
    return [...new Set([...this.counts.values()].map((count) => count.station))].sort();
  }

  countAt(station, dimension, value) {
    return this.counts.get(place({ station, dimension, value }));
  }

  // How many people this date counts as, and what it is made of (attendance.rules.effective_heads).
  heads() {
    let named = 0;
    for (const person of this.people.values()) if (this.isPresent(person)) named += this.partyOf(person);
    const [everyone, additional] = ["everyone", "additional"].map((scope) => this.#counted(scope));
    return { named, everyone, additional, effective: Math.max(everyone, named + additional) };
  }

  #counted(scope) {
    const stations = new Map();
    for (const count of this.counts.values()) {
      if (count.scope !== scope || count.dimension === "childcare") continue;
      const found = stations.get(count.station) ?? {};
      found[count.dimension] = (found[count.dimension] ?? 0) + count.heads;
      stations.set(count.station, found);
    }
    return [...stations.values()].reduce((sum, found) => sum + Math.max(...Object.values(found)), 0);
  }
}

// The list as it stands once these facts are known everywhere: what a phone shows until it fetches the list again.
export function withFacts(list, facts) {
  const roll = new Roll(list, facts);
  return { ...list, counter: roll.counter, people: [...roll.people.values()], counts: [...roll.counts.values()], notes: roll.notes };
}

// "Şükrü" is found by "sukru".
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i").replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l");
}
