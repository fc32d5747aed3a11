# From other chats: a colleague's message becomes a case, cases are searched and shared.

escalate-title = Escalate to support
escalate-wrote = { $author } wrote:
escalate-no-text = There is no text in this message: say in a few words what is wrong.
escalate-attachments = The message has pictures or files, which Teams does not pass on here. Send them to me in our personal chat, and they go with the case.
escalate-note = Proposed by a program from the message; you and the people who work on it can change it.
escalate-already = You have passed this message on already: case { $number }. Sending this opens another case.
escalate-stale = This window is too old to be sent. Choose the message once more, then “Escalate to support”. Nothing was opened.
escalate-from = From a message by { $author } in Teams
escalate-said = { $author } wrote in Teams:
label-summary = What is wrong, for whom, since when
label-message-from = Message by
button-escalate = Open the case
button-message = Open the message
button-refresh = Show what I may see
button-today = Refresh
extension-unreadable = I could not read that request, so nothing was changed. Write to me in our personal chat, and I help you there.
shared-why = Everybody here reads the number and the status. Whoever may see the case reads more with the button.
shared-yours = Only you see this view. Others read the number and the status.
search-none = No case that you may see fits. Try a number (T-7KM-2Q4X), a word from the case, or “open”.
# What people may type to search for all that is not closed, plain, with | between.
search-open = open|not closed
