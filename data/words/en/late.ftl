# What is said to whoever presses a button or sends a window where the answer takes too long.

late-here = This takes longer than usual. The answer comes here in a moment.
late-elsewhere = This takes longer than usual and is still under way. What comes of it is shown here or in your own chat with me. If you see nothing soon, try again: nothing is done twice.
late-again = This takes longer than usual. Please try again in a moment.
late-window = Your message was not passed on yet: the window had something more to ask. Choose the message again and look through the window once more.
