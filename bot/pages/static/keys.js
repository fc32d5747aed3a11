// One key for each decision: a button, a choice or a field names its key in data-key. Without this file all of it works the same.
"use strict";
const press = (button) => button.form.requestSubmit(button);
const acts = {
  radio: (one) => {
    one.checked = true;
    one.focus();
  },
  "select-one": (one) => one.focus(),
  submit: press,
};
const unfold = (summary) => {
  summary.parentElement.open = true;
  summary.parentElement.querySelector("textarea").focus();
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const field = event.target.closest("textarea, select, input:not([type=radio])");
  if (field && event.key === "Escape") field.blur();
  const chosen = field?.matches("select[data-key]") && event.key === "Enter";
  if (field && !chosen) return;
  const key = chosen ? "o" : event.key.toLowerCase();
  const wanted = document.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  if (!wanted) return;
  event.preventDefault();
  (acts[wanted.type] ?? unfold)(wanted);
});
