// Keeps the status of a request up to date, and hides lengths that a choice does not offer.
"use strict";

const EVERY_MS = 2000;
const LONGEST_MS = 60000;

function follow(status) {
  let pause = EVERY_MS;
  async function look() {
    try {
      const answer = await fetch(status.dataset.address, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const text = await answer.text();
        // The screen reader speaks only when something is new.
        if (text.trim() !== status.innerHTML.trim()) status.innerHTML = text;
        pause = EVERY_MS;
      } else {
        pause = Math.min(pause * 2, LONGEST_MS);
      }
    } catch {
      pause = Math.min(pause * 2, LONGEST_MS);
    }
    if (!status.querySelector("[data-final]")) setTimeout(look, pause);
  }
  if (!status.querySelector("[data-final]")) setTimeout(look, pause);
}

function offerLengths(form) {
  const choices = [...form.querySelectorAll("[data-lengths]")];
  const lengths = form.querySelector("select[name=length]");
  if (!choices.length || !lengths) return;
  function update() {
    const chosen = choices.filter((one) => one.checked).map((one) => one.dataset.lengths.split("|"));
    for (const option of lengths.options) {
      option.disabled = option.value !== "" && !chosen.every((list) => list.includes(option.value));
    }
    if (lengths.selectedOptions[0]?.disabled) lengths.value = "";
  }
  form.addEventListener("change", update);
  update();
}

document.querySelectorAll("[data-address]").forEach(follow);
document.querySelectorAll("form").forEach(offerLengths);
