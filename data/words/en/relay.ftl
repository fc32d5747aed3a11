# Two people who are connected over a case.

talk-support = { $name } (support)
talk-administrator = { $name } (your administrator)
talk-frame = **{ $who }:**
talk-connected = You are talking with **{ $who }** now, about case { $number }. Everything that you write here goes to them.
talk-connecting = You are being connected: go on in your own chat with me.
talk-how-to-end = Type **end** to go back to the bot.
talk-help-title = You are talking with somebody about case { $number }
talk-nothing = There were no words in that, so nothing was sent.
talk-nobody = You are not talking with anybody just now. Type “talk to a person” to ask for somebody.
talk-over-said = The conversation with { $who } about case { $number } has ended. What you write now goes to the bot again.
talk-over-case = The conversation with { $who } has ended, because case { $number } has changed hands or is solved. What you write now goes to the bot again.
talk-over-silence = The conversation with { $who } about case { $number } has ended, because nothing was said for a while. What you write now goes to the bot again.
talk-undelivered = Not delivered, the conversation has ended: “{ $words }”
talk-yourself = This case is your own: there is nobody to talk with.
talk-others = { $who } has case { $number }: they talk with the person. Have it given to you first.
talk-solved = Case { $number } is solved: there is nothing to talk about any more.
talk-already = You are talking about case { $number } already, in your own chat with me.
talk-unreachable = { $who } has no chat with me in which they could be reached. Ask them on the card of case { $number } instead.
talk-write-first = Write to me in your own chat first, so that I can connect you there; then press “Talk with them” on case { $number }.
talk-they-are-busy = { $who } is talking with somebody else just now. Press “Talk with them” on case { $number } a little later.
talk-you-are-busy = You are talking with somebody else just now. End that first, then press “Talk with them” on case { $number }.
button-end-talk = End the conversation
desk-written = Added to case { $number }, and told to whoever waits for it.
