// Answers in place of the network: one page without names, and the files it needs. Lists never come here.
const { version, shell, kept, scope } = SETTINGS;
const CACHE = `rollcall-${version}`;
const PATIENCE = 4000;
const DATE = new RegExp(`^${scope}[0-9a-f-]{36}$`);

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));

async function keep() {
  const cache = await caches.open(CACHE);
  // A sign-in that has ended answers with a redirect: then the worker there was stays.
  for (const path of kept) {
    const answer = await fetch(path, { cache: "reload", redirect: "error" });
    if (!answer.ok) throw new Error(path);
    await cache.put(path, answer);
  }
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("rollcall-") && name !== CACHE).map((name) => caches.delete(name)));
}

const fromHere = async (path) => (await caches.open(CACHE)).match(path);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (DATE.test(url.pathname) && !url.searchParams.has("formular")) event.respondWith(fromHere(shell).then((page) => page ?? fetch(request)));
    else if (url.pathname === scope) event.respondWith(networkOrShell(request));
  } else if (kept.includes(url.pathname)) {
    event.respondWith(fromHere(url.pathname).then((file) => file ?? fetch(request)));
  }
});

async function networkOrShell(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
  return answer ?? (await fromHere(shell)) ?? fetch(request);
}

self.addEventListener("sync", (event) => event.waitUntil(tellPages()));

async function tellPages() {
  for (const page of await self.clients.matchAll()) page.postMessage("send");
}
