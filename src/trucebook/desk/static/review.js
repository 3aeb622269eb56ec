// The queue by keyboard: j k next and previous, a accept, r reject, n note, c name the speaker, u take back, o open, ? the keys.
// Every one of these is a form or a link on the page that works without this script.
"use strict";
(() => {
  const done = []; // what was judged on this page, the latest last: { id, place, csrf, what }
  let busy = false, shown = true, last = 0, said = "";

  // The page is fetched anew when the case has changed, so nothing of it is kept.
  const items = () => [...document.querySelectorAll("[data-item]")];
  const say = (words) => { said = words; document.getElementById("told").textContent = words; };
  const waits = (item) => item && !item.classList.contains("done");
  const what = (item) => item.querySelector(".what").textContent.trim();
  const at = () => items().findIndex((item) => item.contains(document.activeElement));
  const tell = () => { document.getElementById("keys").hidden = !shown || items().length === 0; };

  const show = (item) => {
    if (!item) return;
    last = Math.max(0, items().indexOf(item));
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = items(), here = at();
    show(all[Math.min(all.length - 1, Math.max(0, here < 0 ? (done.length ? last : 0) : here + by))]);
  };
  const further = (from) => {
    const all = items();
    show(all.slice(from + 1).find(waits) || all.find(waits) || all[from]);
  };

  // Judging is the same as by the form, told to the address for programs instead of to the page's.
  const send = async (address, csrf, wanted) => {
    const answer = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf },
      body: JSON.stringify(wanted),
    });
    const found = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(found.detail || `the desk answered ${answer.status}; load the page again`);
    return found;
  };
  const carefully = async (work) => {
    if (busy) return;
    busy = true;
    try { await work(); } catch (error) { say(`Not done: ${error.message}`); } finally { busy = false; }
  };

  const mark = (item, word) => {
    item.querySelector(".told")?.remove();
    item.classList.toggle("done", word !== "" && word !== "Noted");
    if (!word) return;
    const line = document.createElement("p");
    line.className = "told";
    line.textContent = word;
    item.prepend(line);
  };
  const seen = (place, id) => {
    const item = document.getElementById(place);
    for (const field of item ? item.querySelectorAll("input[name=latest]") : []) field.value = id;
    return item;
  };

  const judge = (form, submitter) => carefully(async () => {
    const item = form.closest("[data-item]"), given = new FormData(form), here = items().indexOf(item);
    const text = (name) => String(given.get(name) || "");
    const act = submitter && submitter.name === "act" ? submitter.value : text("act");
    const wanted = { kind: text("kind"), id: text("id"), act, value: text("value"), reason: text("reason"), latest: text("latest") };
    if (given.get("report")) wanted.report = Number(given.get("report"));
    const place = item.id, about = what(item);
    const made = await send("/api/judge", text("csrf"), wanted);
    done.push({ id: made.id, place, csrf: text("csrf"), what: about });
    const word = { accept: "Accepted", reject: "Rejected", note: "Noted", correct: `Corrected: ${wanted.value}` }[act];
    const now = seen(place, made.id);
    if (now) {
      mark(now, word);
      for (const field of now.querySelectorAll("input[name=reason], input[name=value], textarea")) field.value = field.defaultValue;
      for (const part of now.querySelectorAll("details")) part.open = false;
    }
    say(`${word}: ${about}. Press u to take it back.`);
    if (act === "note") show(now); else further(here);
  });

  const undo = () => carefully(async () => {
    const latest = done.at(-1);
    if (!latest) { say("Nothing was judged on this page yet; what was judged before is taken back on its own page."); return; }
    const made = await send("/api/undo", latest.csrf, { id: latest.id });
    done.pop();
    const item = seen(latest.place, made.id);
    if (item) { mark(item, ""); show(item); }
    say(`Taken back: ${latest.what}.`);
  });

  const press = (value) => {
    const item = items()[at()];
    if (!item) { step(0); return; }
    if (!waits(item)) { say("This is judged already. Press u to take it back."); return; }
    const button = item.querySelector(`button[name=act][value=${value}]`);
    if (button) button.form.requestSubmit(button); else say("This cannot be judged here; open it with o.");
  };
  const note = () => {
    const part = items()[at()]?.querySelector("details.note:not(.naming)");
    if (part) { part.open = true; part.querySelector("textarea").focus(); }
  };
  const name = () => {
    const part = items()[at()]?.querySelector("details.naming");
    if (part) { part.open = true; part.querySelector("input[name=value]").focus(); } else say("Only a speaker is named here; open it with o.");
  };

  const doing = {
    j: () => step(1), k: () => step(-1), a: () => press("accept"), r: () => press("reject"), n: note, c: name, u: undo,
    o: () => items()[at()]?.querySelector("a.more").click(),
    "?": () => { shown = !shown; tell(); },
  };
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select");
    if (field && event.key === "Escape") { show(field.closest("[data-item]")); return; }
    if (field || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = Object.hasOwn(doing, event.key) ? doing[event.key] : null;
    if (act) { event.preventDefault(); act(); }
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("[data-item]")) return;
    event.preventDefault();
    judge(event.target, event.submitter);
  });
  document.addEventListener("trucebook:fresh", () => {
    tell();
    // What was just done is told on, or it would be gone as soon as the desk has taken it in.
    if (said) say(said);
    // What was judged is gone from the list: its place is taken by the next.
    if (done.length && at() < 0 && document.activeElement === document.body) show(items()[Math.min(last, items().length - 1)]);
  });
  tell();
})();
