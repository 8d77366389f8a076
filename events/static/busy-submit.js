// A form is sent once: after the first press its buttons say that it takes a moment and take no second press.
const busy = new Map();

function hold(form, pressed) {
  for (const button of form.querySelectorAll("button[type=submit]")) {
    button.setAttribute("aria-disabled", "true");
  }
  const label = pressed?.querySelector(".kern-label");
  busy.set(form, { label, text: label?.textContent });
  if (label && pressed.dataset.busy) label.textContent = pressed.dataset.busy;
}

function release(form) {
  for (const button of form.querySelectorAll("button[type=submit]")) {
    button.removeAttribute("aria-disabled");
  }
  const { label, text } = busy.get(form);
  if (label) label.textContent = text;
  busy.delete(form);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (/\.\w+$/.test(form.getAttribute("action"))) return; // a file comes and the page stays: nothing to wait for
  if (busy.has(form)) {
    event.preventDefault();
    return;
  }
  hold(form, event.submitter);
  setTimeout(() => busy.has(form) && release(form), 15000); // a network that hangs must not lock the form for good
});

// Coming back with the browser's button shows the page as it was left.
addEventListener("pageshow", () => [...busy.keys()].forEach(release));
