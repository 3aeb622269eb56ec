/* Shows news without loading the page again: the desk says when it has changed, and the page is fetched anew.
   Without this script every page works; it is then as it was when it was loaded. */
"use strict";
(() => {
  const body = document.body;
  if (!("EventSource" in window) || body.dataset.book === undefined) return;
  let shown = Number(body.dataset.book);
  let source = null, busy = false, again = false, soon = 0;

  // Somebody who is writing or marking words is not to be disturbed.
  const occupied = () => {
    const at = document.activeElement;
    const writing = at && at.closest("main") && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    const written = [...document.querySelectorAll("main input, main textarea")].some(
      (f) => !["hidden", "submit", "button"].includes(f.type) && (f.type === "checkbox" || f.type === "radio" ? f.checked !== f.defaultChecked : f.value !== f.defaultValue));
    const selection = window.getSelection();
    return writing || written || (selection && !selection.isCollapsed);
  };

  const offer = () => {
    if (document.getElementById("news")) return;
    const line = document.createElement("p"), button = document.createElement("button");
    line.id = "news"; line.className = "older"; line.setAttribute("role", "status");
    line.append("There is something new. ");
    button.type = "button"; button.textContent = "Show it";
    button.addEventListener("click", () => refresh(true));
    line.append(button);
    document.querySelector("header").after(line);
  };

  const swap = (fresh, selector) => {
    const old = document.querySelector(selector), next = fresh.querySelector(selector);
    if (old && next) old.replaceWith(next);
    else if (old) old.remove();
    else if (next && selector === "p.older") document.querySelector("header").after(next);
  };

  // A page that told that there is no book yet lacks what the page proper is styled and worked with.
  const parts = (of) => [...of.querySelectorAll("head script[src], head link[rel=stylesheet]")].map((e) => e.getAttribute("src") || e.getAttribute("href"));
  const lacks = (fresh) => { const here = parts(document); return parts(fresh).some((part) => !here.includes(part)); };

  const place = (fresh) => {
    if (lacks(fresh)) { location.reload(); return; }
    const at = document.activeElement && document.activeElement.id;
    const open = [...document.querySelectorAll("main details[open][id]")].map((d) => d.id);
    const news = document.getElementById("news");
    if (news) news.remove();
    for (const selector of ["p.older", "p.case"]) swap(fresh, selector);
    const main = document.querySelector("main"), next = fresh.querySelector("main");
    main.replaceChildren(...next.childNodes);
    for (const id of open) { const d = document.getElementById(id); if (d) d.open = true; }
    if (at) { const f = document.getElementById(at); if (f) f.focus({ preventScroll: true }); }
    document.title = fresh.title;
    shown = Number(fresh.body.dataset.book);
    body.dataset.book = String(shown);
    document.dispatchEvent(new CustomEvent("trucebook:fresh"));
  };

  const refresh = async (asked) => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.href.split("#")[0], { headers: { accept: "text/html", ...(asked ? {} : { "x-by-itself": "1" }) }, credentials: "same-origin" });
      if (answer.redirected && new URL(answer.url).pathname === "/login") { location.reload(); return; }
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!asked && occupied()) offer(); else place(fresh);
      }
    } catch { /* the desk is away for a moment; the source asks again by itself */ } finally {
      busy = false;
      if (again) { again = false; refresh(false); }
      later();
    }
  };

  // While files are being read, what became of them changes without the case changing.
  const later = () => {
    clearTimeout(soon);
    if (!document.hidden && document.querySelector("[data-soon]")) soon = setTimeout(() => refresh(false), 1000);
  };

  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource("/events");
    source.addEventListener("news", (e) => {
      const now = JSON.parse(e.data);
      body.dataset.end = String(now.end);
      if (now.book !== shown || (now.end !== now.book) !== Boolean(document.querySelector("p.older:not(#news)"))) refresh(false);
    });
    source.addEventListener("out", () => { source.close(); source = null; location.reload(); });
  };

  // A browser has few connections to one host: only the page that is looked at keeps one.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { if (source) source.close(); source = null; } else { listen(); later(); }
  });
  window.addEventListener("pagehide", () => { if (source) source.close(); source = null; });
  window.addEventListener("pageshow", listen);
  listen();
  later();
})();
