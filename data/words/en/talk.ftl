# Greeting, help, and what is said aside.

welcome-title = Hello, I am Triage, your support assistant
welcome-text = Tell me what is wrong in your own words, in English or French. I work out what it is about and how serious it is, you check it, and it goes to the people who can solve it, or I tell you who can.
welcome-examples = For example: “Nobody in accounting can open the SharePoint site since 9 o’clock”, “my Outlook keeps asking for a password”, “how do I add two licences?”
greeting = Hello { $name }. What is wrong? Write it in your own words: the product, what happens, and who is affected.
help-title = What I can do
help-text = Describe a problem in your own words, in English or French: I propose a category and a severity, and you send it with one tap.
help-commands =
    You can also type:

    - **talk to a person** – at any moment
    - **cancel** – drop what we are doing
    - **start over** – begin again
    - **my cases** – see where they stand
    - **français** – change the language
help-administrators =
    As an administrator:

    - **cases to handle** – what waits for first-line help
    - **service requests** – what is with support
    - **settings** – plan, hours, contacts, administrators
you-are-welcome = You are welcome. Write to me whenever something is wrong.
cancelled = Cancelled. Nothing was opened. Tell me whenever something is wrong.
nothing-to-cancel = There is nothing to cancel: nothing is open between us. Tell me whenever something is wrong.
start-over = Let us start over. What is wrong? Write it in your own words.
language-changed = We go on in English.
already-opened = This is done already: it opened case { $number }, and nothing was opened twice.
card-is-old = This card is no longer current, so nothing was changed. Tell me what is wrong, or ask for a person.
not-recorded = Something went wrong on our side and what you just did was not recorded. Please try again in a moment.
terminal-hint = Write in your own words. A number presses a button, name=value changes a list, Ctrl+D leaves.
