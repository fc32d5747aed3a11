# The app as Teams lists it (data/teams/app.toml), and what the bot says as a guest in a team or a group chat.

app-name = Triage
app-name-full = Triage: Microsoft 365 support
app-short = Say what is wrong: it reaches the people who can solve it.
app-full = Describe a problem with Microsoft 365 in your own words, in English or French. Triage works out what it is about and how serious it is, you check it, and it goes to your administrators or to support, with what your plan promises. You follow your cases in the chat, and a person takes over whenever you ask for one.

app-command-help = help
app-command-help-description = What I can do
app-command-person = talk to a person
app-command-person-description = Somebody takes over, with all that was said
app-command-my_cases = my cases
app-command-my_cases-description = Where your cases stand
app-command-queue = cases to handle
app-command-queue-description = For administrators: what waits for first-line help
app-command-requests = service requests
app-command-requests-description = What is with support
app-command-service_request = submit a service request
app-command-service_request-description = For administrators: pass a case on to support
app-command-organisation = settings
app-command-organisation-description = For administrators: plan, hours, contacts, administrators
app-command-start_over = start over
app-command-start_over-description = Drop what we are doing and begin again

app-prompt-mail = No mail arrives
app-prompt-mail-description = Report an outage
app-prompt-mail-text = Nobody in our company can send or receive mail since this morning
app-prompt-sign_in = I cannot sign in
app-prompt-sign_in-description = Report a problem of your own
app-prompt-sign_in-text = I cannot sign in: my password is refused, on all my devices
app-prompt-licences = Add licences
app-prompt-licences-description = Ask about your subscription
app-prompt-licences-text = How do we add two licences to our subscription?

app-extension-escalate = Escalate to support
app-extension-escalate-description = Make a support case of a message
app-extension-searchCases = Find a case
app-extension-searchCases-description = Find a case of yours, and share its number and state
app-parameter-query = Case
app-parameter-query-description = A number such as T-7KM-2Q4X, or words of the case

group-welcome = { $who } has added me to this conversation. Mention me with what is wrong: I answer in a personal chat with you, because a case is nobody else’s business. [Open our chat]({ $link })
group-hello = Hello { $who }. Mention me with what is wrong, or write to me directly: cases are dealt with in our personal chat. [Open our chat]({ $link })
group-help = { $who }, write what is wrong with Microsoft 365 in your own words, and it reaches the people who can solve it. What concerns a case is said in our personal chat only: there I also show your cases and bring in a person. [Open our chat]({ $link })
group-thanks = You are welcome, { $who }.
group-written = { $who }, I have written to you in our personal chat. [Open our chat]({ $link })
group-closed = { $who }, this belongs in our personal chat, and I cannot write to you there yet. [Open our chat]({ $link }), choose “Add”, and tell me again what is wrong.
group-continued = You wrote to me where others read along, so I answer here.
edited = I read a message once, as it was first sent. Please write what has changed as a new message.
