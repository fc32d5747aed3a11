# Whose hands a case is in, and what two people say who are connected.

event-assign = gave it to somebody of support
event-release = laid it back for anybody of support
event-hand_back = handed it back to your administrators
event-return = laid back: whoever had it was not heard of
event-said = said
event-unclaimed = reminded: nobody has it yet
event-talk = ended the conversation: nothing was said

told-assign = { $who } passed case { $number } on to { $name }
told-release = Case { $number } waits for somebody of support again
told-hand_back = { $who } handed case { $number } back to your administrators
told-return = Case { $number } waits for somebody of support again: whoever had it was not heard of
told-said = { $who } said something about case { $number }
told-unclaimed = Nobody has taken on case { $number } yet

do-assign = Give to
do-release = Lay back
do-hand_back = Back to administrators
do-talk = Talk with them

verb-assign = give it to somebody
verb-release = lay it back
verb-hand_back = hand it back to the administrators
verb-talk = talk with the person
verb-said = say something

problem-agent-missing = Please choose somebody of support.
problem-agent-unknown = That person is not one of the support agents.

label-agent = Somebody of support

# The card of those who work a case.
label-owner = Taken on by
label-reasons = Because of
agents-nobody = Nobody has taken this on yet.
agents-owner-none = nobody yet
agents-transcript = What was said
agents-write = Write
agents-change = Change
agents-pass = Pass on
agents-described = { $who } described the problem
copy-older = There is a newer card of this case below.
copy-over = This card is not kept up to date any more.
agents-due = First response due { $time }: **{ $left }**.
label-promised = Promised
