# The service request, the survey, and self-service.

request-title = Service request for case { $number }
request-why = Check what support will read. The title, the description and a contact are needed; the rest helps them to start at once.
button-submit = Submit to support
button-packet = Text of the request
button-portal = Open the support form
packet-text-title = Service request { $number }, as text
packet-text-why = To paste into the support form of the admin portal:
packet-number = Case
packet-title = Title
packet-description = Description
packet-category = Category
packet-severity = Severity
packet-evidence = Severity rests on
packet-affected = Users and services affected
packet-since = Since when
packet-tried = What was tried
packet-workaround = Workaround
packet-contact = Contact
packet-language = Language
packet-health = Service health note
named = { $name }:
not-stated = not stated
language-en = English
language-fr = French
problem-missing = this is needed
problem-too-long = this is too long
problem-unknown = this does not exist
problem-out-of-scope = support does not take this category
problem-no-time = write a time of day such as 09:00
problem-too-early = this must be later than the opening

escalate-which = Which case shall go to support?
escalate-who = Only your administrators submit service requests: { $names }.
escalate-nobody = Only your administrators submit service requests; nobody is named in Triage for your organisation yet.
escalate-describe = Describe the problem here: your case goes to them, and they can pass it on.
escalate-wish = Asks that this be passed on to support.
escalate-passed-on = I have told them for case { $number }.
follows-because = Follows case { $number }, which was closed more than { $days } days ago and cannot be opened again.

survey-title = How did it go with case { $number }?
survey-why = Your answer helps us to do better.
survey-rating = Your rating
survey-5 = 5 – very good
survey-4 = 4 – good
survey-3 = 3 – all right
survey-2 = 2 – poor
survey-1 = 1 – very poor
survey-words = Would you like to add something?
survey-missing = Please choose a rating from 1 to 5 first.
survey-thanks = Thank you for your answer.
survey-already = Thank you, you have answered already.

self-help-title = Worth a try first
self-help-exchange =
    - Does it work in Outlook on the web (outlook.office.com)?
    - Look in the junk folder and in the rules.
    - Is the mailbox full?
self-help-sharepoint =
    - Open the site or the file in a private browser window.
    - In OneDrive, pause the synchronisation and resume it.
    - Ask the owner of the site whether your access has changed.
self-help-skype_teams =
    - Leave Teams completely and start it again.
    - Does it work at teams.microsoft.com?
    - Check microphone and camera in the settings, under Devices.
self-help-office_apps =
    - Restart the computer and install the updates (File, Account).
    - Start the application without add-ins.
    - Repair Office in the control panel.
self-help-identity =
    - Sign out everywhere, then sign in in a private browser window.
    - Is Caps Lock on? Are date and time of the device right?
    - Reset the password yourself, if your organisation allows it.
button-helped = That solved it
solved-alone = Glad that it works. Nothing was opened.
proposal-yours = Your organisation sets the severity itself: choose it here, and correct the category if need be.
