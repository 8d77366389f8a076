// Before signing out: what the roll call has not sent yet is sent, and nothing of it stays on the device.
const form = document.querySelector("form.sign-out");

async function tidy() {
  const [{ wipe }, { sendEverything }] = await Promise.all([import("./rollcall-store.js"), import("./rollcall-sync.js")]);
  const unsent = await sendEverything();
  if (unsent && !confirm(form.dataset.unsent.replace("{n}", unsent))) return false;
  await wipe();
  for (const name of await caches.keys()) if (name.startsWith("rollcall-")) await caches.delete(name);
  return true;
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  // A browser that keeps nothing has nothing to lose, and nobody is kept in because it fails.
  const goes = !window.indexedDB || (await tidy().catch(() => true));
  if (goes) form.submit();
  else location.assign("/team/anwesenheit/");
});
