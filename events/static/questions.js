// Fields that depend on an answer are shown only while it is given; without scripts a sentence beside them says so.
const dependent = [...document.querySelectorAll("[data-only-if]")];

function isAnswer(field) {
  const canBeTicked = field.type === "checkbox" || field.type === "radio";
  return (!canBeTicked || field.checked) && !field.closest("[data-only-if][hidden]");
}

function given(name) {
  return [...document.getElementsByName(name)].filter(isAnswer).map((field) => field.value);
}

function update() {
  // Once for each link of the longest chain of questions that depend on each other.
  for (const _ of dependent) {
    for (const part of dependent) {
      part.hidden = !given(part.dataset.onlyIf).includes(part.dataset.onlyIfValue);
    }
  }
}

for (const sentence of document.querySelectorAll("[data-without-scripts]")) sentence.hidden = true;
document.addEventListener("change", update);
addEventListener("pageshow", update);
update();
