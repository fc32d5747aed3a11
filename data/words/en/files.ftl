# What people send along.

label-files = Files
files-kept = I keep { $names }: it goes with the case that comes of this.
files-with-case = { $names } is with case { $number } now.
files-what = What is wrong? Say it in a few words, and what you sent goes with the case.
files-said = Sent: { $names }
files-more = { $names } and { $count } more
file-nameless = A picture
file-lost = **{ $name }** is not kept: { $reason }
file-lost-too-large = it is larger than { $limit } MB.
file-lost-too-many = I take { $limit } files in one message. Send the others in a second one.
file-lost-kind = I take pictures, PDF, text and Office documents without macros.
file-lost-empty = there is nothing in it.
file-lost-slow = it did not arrive within { $limit } seconds. Please send it again.
file-lost-unreachable = it could not be fetched. Please send it again.
file-lost-elsewhere = it lies in a place from which I may not fetch.
file-lost-group = I take files only in our personal chat. Send it there, and it goes with your case.
file-lost-not-stored = something went wrong on our side. Please send it again in a moment.

# Files of a case, for whoever may see it; Teams asks them first, and puts what they allow into their OneDrive.
button-files = { $count ->
    [one] Get the file
   *[other] Get the { $count } files
}
share-here = { $count ->
    [one] Here it is: { $names }. Allow it, and it is put into your OneDrive.
   *[other] Here they are: { $names }. Allow those that you want, and they are put into your OneDrive.
}
share-alone = { $count ->
    [one] You will find it in your own chat with me: { $names }.
   *[other] You will find them in your own chat with me: { $names }.
}
share-write-first = Write to me in your own chat first, so that I can send you { $names } there.
share-none = Case { $number } has no files any more.
share-offer = { $name }, from case { $number }
share-about = Sent with case { $number }
share-from = From { $who }, about case { $number }
share-coming = { $name } is being put into your OneDrive.
share-left = You left { $name } where it is, with case { $number }.
share-gone = That file is not with case { $number } any more.
share-failed = { $name } could not be put into your OneDrive just now. If it is not there already, get it again on the card of case { $number }.
