# What is said of the desks where cases are worked.

event-rerouted = did not take the case; another desk has it
event-undelivered = did not take the case; no other desk has it
event-unwanted = did not take one message about the case, and is told of the next ones
told-rerouted = Case { $number }: the desk “{ $who }” did not take it, another one has it
told-undelivered = Case { $number }: the desk “{ $who }” did not take it, and no other one has it. Please see to it here.
told-unwanted = Case { $number }: the desk “{ $who }” did not take what happened last. It has the case and is told of what follows; please pass this on yourselves.
desk-away = The desk “{ $desk }” has not answered since { $since }. What happens to its cases is kept and goes there as soon as it is back.

# What a mail or a ticket says.
desk-because = It comes to you because the desk before you in its route did not take it: { $reason }
desk-case = Case: { $number }
desk-requester = From: { $name } ({ $organisation })
desk-category = About: { $category }
desk-severity = Severity: { $severity }
desk-opened = Opened: { $at }
desk-file = File: { $name } ({ $kind }, { $size } kB)
desk-file-large = { $name } is not attached: all files together may have { $limit } MB.
desk-file-gone = { $name } is not attached: it is not kept any more.

# What the person reads where somebody at a desk changed a ticket's status and wrote nothing.
desk-ask-without-words = We need an answer from you before we can go on.
desk-resolve-without-words = It was marked as solved at the service desk.

# Above a mail that may be answered, so that what is quoted below is known; what the person reads where only files were sent.
mail-answer-above = Please answer above this line
desk-comment-without-words = I am sending you this.
desk-file-lost = { $name } is not kept: { $reason }
