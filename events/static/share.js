// Passing an event on: the phone's own share sheet, else the address goes to the clipboard.
async function share(button) {
  const { share: url, shareTitle: title, shareText: text, done } = button.dataset;
  if (navigator.share) {
    await navigator.share({ title, text, url }).catch(() => {}); // closed without choosing
    return;
  }
  await navigator.clipboard.writeText([text, url].filter(Boolean).join("\n"));
  button.querySelector(".kern-label").textContent = done;
}

if (navigator.share || navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => share(button));
  }
}
