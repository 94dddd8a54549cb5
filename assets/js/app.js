/* app.js - what script adds to pages that work without it: the tappable figure, the week by tapping, focus on problems.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

/* The figure ticks the boxes of the list, which stay the record that is sent. */
function bodyMap(map) {
  const form = map.closest("form");
  const boxes = new Map([...form.querySelectorAll('input[name="pain"]')].map((b) => [b.value, b]));
  const chosen = form.querySelector("[data-chosen]");
  const parts = [...map.querySelectorAll("[data-region]")];

  const show = () => {
    for (const part of parts) {
      const box = boxes.get(part.dataset.region);
      part.setAttribute("aria-checked", box && box.checked ? "true" : "false");
    }
    const names = [...boxes.values()].filter((b) => b.checked).map((b) => b.parentElement.textContent.trim());
    chosen.textContent = names.length ? names.join(document.documentElement.lang === "ja" ? "、" : ", ") : chosen.dataset.none;
  };
  const toggle = (part) => {
    const box = boxes.get(part.dataset.region);
    if (!box) return;
    box.checked = !box.checked;
    show();
  };
  map.addEventListener("click", (e) => {
    const part = e.target.closest("[data-region]");
    if (part) toggle(part);
  });
  map.addEventListener("keydown", (e) => {
    const part = e.target.closest("[data-region]");
    if (part && (e.key === " " || e.key === "Enter")) {
      e.preventDefault();
      toggle(part);
    }
  });
  form.addEventListener("change", show);
  form.querySelector("[data-region-list]").open = false;
  map.hidden = false;
  tabs(map);
  show();
}

/* Tabs by the usual keys: arrows move, Home and End jump. */
function tabs(root) {
  const all = [...root.querySelectorAll('[role="tab"]')];
  const select = (tab, focus) => {
    for (const t of all) {
      const on = t === tab;
      t.setAttribute("aria-selected", on ? "true" : "false");
      t.tabIndex = on ? 0 : -1;
      document.getElementById(t.getAttribute("aria-controls")).hidden = !on;
    }
    if (focus) tab.focus();
  };
  all.forEach((tab, i) => {
    tab.addEventListener("click", () => select(tab, false));
    tab.addEventListener("keydown", (e) => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1 + all.length, Home: 0, End: all.length - 1 }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      select(all[to % all.length], true);
    });
  });
  select(all[0], false);
}

/* Each cell of the week becomes a button that goes round: gladly, possible, never. The select stays and is what is sent. */
function weekGrid(table) {
  for (const select of table.querySelectorAll("select[data-wish]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "wish";
    const show = () => {
      const option = select.selectedOptions[0];
      button.textContent = option.textContent.trim().slice(0, 1);
      button.dataset.wish = option.value;
      button.setAttribute("aria-label", `${select.getAttribute("aria-label")}: ${option.textContent.trim().slice(2)}`);
    };
    button.addEventListener("click", () => {
      select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
      show();
    });
    select.hidden = true;
    select.after(button);
    show();
  }
  table.classList.add("by-tapping");
}

for (const map of document.querySelectorAll("[data-body-map]")) bodyMap(map);
for (const table of document.querySelectorAll(".week-grid")) weekGrid(table);
document.getElementById("problems")?.focus();
