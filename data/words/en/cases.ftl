# Cases that exist: where they stand, what happened, what may be done.

status-new = new
status-with_administrator = with an administrator
status-escalated = passed on to support
status-acknowledged = support is on it
status-waiting = waiting for an answer
status-resolved = solved, to be confirmed
status-closed = closed
status-reopened = open again

category-none = not said yet
nobody = Somebody
role-administrator = your administrators
role-partner = your delegated partner
role-agent = support agents

severity-by-classifier = proposed from the words used
severity-by-answers = from the answers given
severity-by-person = set by a person
severity-by-customer = set by your organisation
severity-by-agent = set by support

event-opened = opened
event-take = takes care of it
event-escalate = passed it on to support
event-acknowledge = started to work on it
event-ask = asks
event-answer = answers
event-comment = added
event-recategorise = changed the category
event-grade = changed the severity
event-resolve = says it is solved
event-confirm = confirmed that it is solved
event-expire = closed: nobody answered
event-dispute = says it is not solved
event-reopen = opened it again
event-warning = warned: the target is near
event-missed = warned: the target is missed

told-opened = New case { $number } from { $who }
told-take = { $who } takes care of your case { $number }
told-escalate = { $who } passed case { $number } on to support
told-acknowledge = Support has started on case { $number }
told-ask = { $who } asks you about case { $number }
told-answer = { $who } answered on case { $number }
told-comment = { $who } wrote about case { $number }
told-recategorise = { $who } changed the category of case { $number }
told-grade = { $who } changed the severity of case { $number }
told-resolve = { $who } says case { $number } is solved. Is it?
told-confirm = Case { $number } is solved, confirmed by { $who }
told-expire = Case { $number } is closed: nobody said it was not solved
told-dispute = { $who } says case { $number } is not solved
told-reopen = { $who } opened case { $number } again
told-warning = Case { $number }: the first response is due soon
told-missed = Case { $number }: the first response is overdue
news = Case { $number }: { $what }

do-take = I take care of it
do-escalate = Pass on to support
do-acknowledge = Start work
do-ask = Ask the person
do-comment = Send message
do-recategorise = Change category
do-grade = Change severity
do-resolve = Solved, tell them
do-confirm = It is solved
do-dispute = Not solved
do-reopen = Open again
do-follow_up = New request about this

verb-open = open a case
verb-view = see this case
verb-take = take care of it
verb-escalate = submit a service request
verb-acknowledge = start work
verb-ask = ask the person
verb-comment = add something
verb-recategorise = change the category
verb-grade = change the severity
verb-resolve = say that it is solved
verb-confirm = confirm that it is solved
verb-dispute = say that it is not solved
verb-reopen = open it again
verb-follow_up = open a request that follows it
verb-rate = answer the survey
verb-set_severity = set the severity
verb-see_tenant_cases = see the cases of the organisation
verb-see_service_requests = see the service requests
verb-describe_organisation = change the settings of the organisation
verb-name_administrators = name administrators
verb-delegate = delegate to a partner

label-status = Status
label-requester = From
label-opened = Opened
label-due = First response due
label-reopenable = Can be opened again until
label-follows = Follows
label-organisation = Organisation
label-words = Your message
label-which-case = Which one?
hint-words = Write here, then press a button
due = due { $time }

button-details = Show the case
button-open-case = Show it
button-send = Send
button-back = Back

cases-mine = Your cases
cases-first_line = Cases of { $name } that wait for first-line help
cases-requests = Service requests
cases-none = There are none.
cases-more = { $count ->
    [one] One more is not shown.
   *[other] { $count } more are not shown.
}
case-unknown = There is no such case that you can see. Numbers look like T-7KM-2Q4X; “my cases” lists yours.
nothing-changed = Nothing was changed.

refused-not-allowed = You cannot { $what } here. This is for: { $who }. Nothing was changed.
refused-illegal = One cannot { $what } while the case is “{ $status }”. Nothing was changed.
refused-possible = Possible now: { $moves }.
refused-too-late = This case could be opened again until { $until }, which has passed. You can open a new request that follows it instead.

problem-words-missing = Please write a few words first.
problem-category-unknown = There is no such category.
problem-category-missing = Please choose a category.
problem-category-out-of-scope = Support does not take cases of this category.
problem-severity-unknown = The severity is A, B or C.
problem-severity-missing = Please choose a severity: A, B or C.

several-title = I see { $count } different problems
button-each = { $count } separate cases
button-one = It is one problem
whose-title = Does this belong to case { $number }?
button-add = Yes, add it there
button-new = No, it is a new problem
