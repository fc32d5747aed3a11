# What is said of the desks where cases are worked.

event-rerouted = did not take the case; another desk has it
event-undelivered = did not take the case; no other desk has it
told-rerouted = Case { $number }: the desk “{ $who }” did not take it, another one has it
told-undelivered = Case { $number }: the desk “{ $who }” did not take it, and no other one has it. Please see to it here.
desk-away = The desk “{ $desk }” has not answered since { $since }. What happens to its cases is kept and goes there as soon as it is back.
