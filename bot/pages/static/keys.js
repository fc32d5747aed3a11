// One key for each decision: a button or a choice names its key in data-key. Without this file the buttons work the same.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("textarea, select, input:not([type=radio])")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]:not(:disabled)`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.type === "radio") {
    wanted.checked = true;
    wanted.focus();
  } else {
    wanted.form.requestSubmit(wanted);
  }
});
