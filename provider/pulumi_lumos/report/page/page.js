"use strict";
(() => {
  const form = document.getElementById("filter");
  const status = document.getElementById("status");
  const home = document.getElementById("apps");
  const sections = [...home.children].map((element) => {
    const body = element.querySelector("tbody");
    const rows = [...body.rows].map((row) => ({
      element: row,
      cells: [...row.cells].map((cell) => cell.textContent.toLowerCase()),
      offered: "o" in row.dataset,
      hours: row.dataset.h === "no end" ? Infinity : Number(row.dataset.h),
    }));
    const name = element.querySelector("h2").textContent.toLowerCase();
    rows.forEach((row) => {
      row.text = name + " " + row.cells.join(" ");
      row.risks = (row.cells[7].match(/[▲◆●] [a-z-]+/g) || []).map((risk) => risk.slice(2));
    });
    return { element, body, rows, worst: Number(element.dataset.worst) };
  });
  const total = sections.reduce((sum, one) => sum + one.rows.length, 0);
  const count = (number, noun) => number.toLocaleString("en") + " " + noun + (number === 1 ? "" : "s");
  const fields = [...form.elements].filter((one) => one.name);
  const wanted = () => {
    const found = {};
    for (const one of fields) found[one.name] = one.type === "checkbox" ? one.checked : one.value.trim().toLowerCase();
    return found;
  };
  const longer = (row, limit) => {
    if (!limit) return true;
    return limit === "end" ? row.hours === Infinity : row.hours > Number(limit);
  };
  const shows = (row, ask) =>
    // The risks of an app are those of its own row, which nobody asks for where it has permissions.
    (!ask.offered || row.offered || ask.risk) &&
    (!ask.text || row.text.includes(ask.text)) &&
    (!ask.asks || row.cells[2].includes(ask.asks)) &&
    (!ask.decides || row.cells[3].includes(ask.decides)) &&
    (!ask.into || row.cells[5].includes(ask.into)) &&
    longer(row, ask.for) &&
    (!ask.risk || row.risks.includes(ask.risk));
  const order = { apps: "", rows: "" };
  const risks = (row) => row.risks.length;
  const sort = (ask) => {
    if (order.apps !== ask.order) {
      order.apps = ask.order;
      const sorted = ask.order === "worst" ? [...sections].sort((a, b) => a.worst - b.worst) : sections;
      home.append(...sorted.map((one) => one.element));
    }
    if (order.rows !== ask.rows) {
      order.rows = ask.rows;
      const by = { worst: (a, b) => risks(b) - risks(a), length: (a, b) => (a.hours === b.hours ? 0 : b.hours - a.hours) }[ask.rows];
      for (const one of sections) {
        const sorted = by ? [...one.rows].sort(by) : one.rows;
        one.body.append(...sorted.map((row) => row.element));
      }
    }
  };
  const filter = () => {
    const ask = wanted();
    sort(ask);
    let rows = 0, apps = 0;
    for (const section of sections) {
      let here = 0;
      for (const row of section.rows) {
        const hide = !shows(row, ask);
        if (row.element.hidden !== hide) row.element.hidden = hide;
        if (!hide) here += 1;
      }
      if (section.element.hidden === here > 0) section.element.hidden = here === 0;
      rows += here;
      apps += here > 0 ? 1 : 0;
    }
    status.textContent = rows.toLocaleString("en") + " of " + count(total, "row") + " in " + count(apps, "app");
    keep(ask);
  };
  const keep = (ask) => {
    const kept = new URLSearchParams();
    for (const one of fields) {
      const value = ask[one.name];
      if (one.type === "checkbox" ? !value : value) kept.set(one.name, one.type === "checkbox" ? "no" : value);
    }
    const text = kept.toString();
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  };
  const restore = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const one of fields) {
      if (!kept.has(one.name)) continue;
      if (one.type === "checkbox") one.checked = kept.get(one.name) !== "no";
      else one.value = kept.get(one.name);
    }
  };
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); };
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll("[data-risk]")) {
    button.addEventListener("click", () => {
      form.elements.risk.value = button.dataset.risk;
      filter();
    });
  }
  form.hidden = false;
  restore();
  filter();
})();
