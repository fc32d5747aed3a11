# From a problem to a case.

ask-more = Tell me a little more: which product or service, what happens (or the error message), and who is affected. For example: “Outlook closes when I open a shared calendar, only on my laptop.”
ask-again = I still cannot tell what this is about. Which application were you using, and what did you expect it to do?
no-words = I could not read a problem in that. Write in a few words what does not work, for example “nobody can open the HR site since this morning”.
which-title = Which of these is it?
list-title = Choose what comes closest

proposal-title = This is what I understood
proposal-correct = Not quite right? Correct it here before you send it.
proposal-note = Proposed by a program from your own words; you and the people who work on it can change it.
set-aside = This sounds like another problem, so I leave the previous one aside. Nothing was opened for it; describe it again whenever you like.
what-is-wrong = Correct the category or the severity on the card above, or tell me in your own words what is different.

sure-high = very sure ({ $percent }%)
sure-medium = fairly sure ({ $percent }%)
sure-low = not very sure ({ $percent }%)
sure-line = How sure I am: { $sure }. If it is wrong, say so: a person takes over.

next-administrators = Your administrators receive the case first. They solve it, or pass it on to { $support }.
next-support = The case goes straight to { $support }.

promise = **{ $target }, { $availability }** – the first response from support that your plan ({ $plan }) promises at severity { $severity }.
target-hour = { $amount ->
    [one] 1 hour
   *[other] { $amount } hours
}
target-day = { $amount ->
    [one] 1 day
   *[other] { $amount } days
}
target-none = no commitment
availability-always = 24/7
availability-business = in business hours
