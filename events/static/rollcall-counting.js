// Counting heads on the screen: one field for each value that is counted, at one place at a time.
const OPEN = ["language", "role", "city", "organisation"]; // dimensions whose values can be typed

// `part` finds an element, `fill` a sentence, `words` are those of the page, `current` is the roll as it stands,
// `say` takes a fact.
export function counting({ part, fill, words, current, say }) {
  const station = () => part("station").value.trim();
  const scope = () => part("counts").querySelector("[name=scope]:checked").value;

  // At one place everybody is counted in one way; choosing the other one says so of what was counted there already.
  function followScope() {
    const known = [...current().counts.values()].find((count) => count.station === station());
    if (known) part(`scope-${known.scope}`).checked = true;
  }

  async function rescope() {
    for (const { dimension, value, heads, station: where } of [...current().counts.values()]) {
      if (where === station()) await say({ kind: "count", dimension, value, heads, station: where, scope: scope() });
    }
  }

  function showCounts() {
    const fields = part("fields");
    if (!fields.childElementCount) fields.append(...countFields());
    for (const count of current().counts.values()) if (count.station === station()) offer(fields, count);
    for (const input of fields.querySelectorAll("input[data-dimension]")) {
      const known = current().countAt(station(), input.dataset.dimension, input.dataset.value);
      if (document.activeElement !== input) input.value = known?.heads ?? "";
    }
    const known = current().stations().filter(Boolean).map((name) => Object.assign(document.createElement("option"), { value: name }));
    part("stations").replaceChildren(...known);
  }

  function countFields() {
    return [...grouped(current().list.fields)].map(([group, fields]) => {
      const set = Object.assign(document.createElement("fieldset"), { className: "roll-set" });
      set.dataset.dimension = fields[0].dimension;
      set.append(Object.assign(document.createElement("legend"), { textContent: group }));
      set.append(...fields.filter((field) => field.value || field.dimension === "total").map(countField));
      if (OPEN.includes(fields[0].dimension)) set.append(another(fields[0]));
      return set;
    });
  }

  // A value nobody thought of before: a city, a role, one more language.
  function another({ dimension, group }) {
    const adding = part("add-template").content.firstElementChild.cloneNode(true);
    const [input, button] = [adding.querySelector("input"), adding.querySelector("button")];
    input.setAttribute("aria-label", fill(words.another, { what: group }));
    button.addEventListener("click", () => {
      const value = input.value.trim().slice(0, 80);
      if (value) adding.before(countField({ dimension, value, label: value }));
      input.value = "";
      showCounts();
    });
    return adding;
  }

  // What others counted here and this page has no field for yet.
  function offer(fields, { dimension, value }) {
    if (document.getElementById(`count-${dimension}-${value}`)) return;
    const of = [...fields.querySelectorAll("fieldset")].find((set) => set.dataset.dimension === dimension) ?? fields;
    const [field, adding] = [countField({ dimension, value, label: value }), of.querySelector(".roll-add")];
    if (adding) adding.before(field);
    else of.append(field);
  }

  function grouped(fields) {
    const groups = new Map();
    for (const field of fields) groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
    return groups;
  }

  function countField(field) {
    const stepper = part("count-template").content.firstElementChild.cloneNode(true);
    const [label, input] = [stepper.querySelector("label"), stepper.querySelector("input")];
    input.id = `count-${field.dimension}-${field.value}`;
    label.htmlFor = input.id;
    label.textContent = field.label;
    Object.assign(input.dataset, { dimension: field.dimension, value: field.value });
    const [less, more] = stepper.querySelectorAll("button");
    less.setAttribute("aria-label", fill(words.lessHeads, { what: field.label }));
    more.setAttribute("aria-label", fill(words.moreHeads, { what: field.label }));
    return stepper;
  }

  function count(input) {
    const heads = Math.max(0, Math.min(2000, Math.round(Number(input.value) || 0)));
    const { dimension, value } = input.dataset;
    return say({ kind: "count", dimension, value, heads, station: station(), scope: scope() });
  }

  function step(button) {
    const input = button.parentElement.querySelector("input");
    input.value = Math.max(Number(input.min), Math.min(2000, (Number(input.value) || 0) + Number(button.dataset.step)));
    if (input.dataset.dimension) count(input);
  }

  return { show: showCounts, follow: followScope, rescope, count, step };
}
