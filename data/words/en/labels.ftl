# Names on buttons and before values.

label-category = Category
label-severity = Severity
label-sure = How sure
label-holder = Looked after by

hint-choose = Choose…

button-open = Open the case
button-person = Talk to a person
button-cancel = Cancel
button-other = Something else
button-choose = This one
button-wrong = That is wrong

# What the suggestion beside a text types for the person; data/rules/commands.toml knows it.
person-command = talk to a person
