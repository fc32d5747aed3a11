# Where an issue goes: the name in a sentence, and for what is not ours the title, the reason and the way.

route-technical_support = Microsoft technical support
route-billing_support = billing support
route-presales_support = pre-sales support

route-network_team-title = This one belongs to your network team
route-network_team-reason = Microsoft support covers Office 365 itself; the Wi-Fi, VPN, proxy, line or routers of your organisation are outside it. No case was opened.
route-network_team-where = Ask your organisation’s network team first; the Microsoft network team can help as well.
route-network_team-contact = Ask your network team: { $contact }. The Microsoft network team can help as well.

route-community-title = This one is for the maker of that product
route-community-reason = Microsoft support does not cover services and add-ins made by others, or their integration. No case was opened.
route-community-where = Other customers answer in the Microsoft community; the maker’s own support knows its product.

route-microsoft_support-title = Scripts and macros have their own help
route-microsoft_support-reason = The Office 365 team does not support scripts (JavaScript, VBScript, VBA, your own PowerShell). No case was opened.
route-microsoft_support-where = Microsoft Support helps with scripts.

route-office_help-title = There is help for using this feature
route-office_help-reason = Nothing seems broken: this is about how to use an Office application, which has its own support options. No case was opened.
route-office_help-where = Help and training shows it step by step, and the community answers questions.

route-developers-title = This one is for developer support
route-developers-reason = Building applications or add-ins on Office, SharePoint or Graph is supported by the developer resources. No case was opened.
route-developers-where = See the developer documentation and forums, or Premier or Partner developer support.

route-volume_licensing-title = This one is for the Volume Licensing Service Center
route-volume_licensing-reason = Volume licensing agreements, their keys and their licences are looked after there. No case was opened.
route-volume_licensing-where = Find keys and licences in the Volume Licensing Service Center. For a technical or a billing question about them, press “That is wrong”.

route-partners-title = Partners are managed on their own page
route-partners-reason = Adding, changing or removing a partner, and delegated administration, are done by an administrator there. No case was opened.
route-partners-where = The page shows how to add, change or remove a partner.

route-additional_options-title = You are looking for more support than your plan includes
route-additional_options-reason = Faster response, a named engineer, managed or on-site support are paid additional options. No case was opened.
route-additional_options-where = These are the options; a technical problem goes on being handled as usual.

route-own_help_desk-title = This is not about Microsoft 365
route-own_help_desk-reason = Neither Office 365 support nor the resources I know cover it. No case was opened.
route-own_help_desk-where = Your organisation’s own help desk is the right place. If it does concern Microsoft 365, press “That is wrong”.
route-own_help_desk-contact = Your own help desk is the right place: { $contact }. If it does concern Microsoft 365, press “That is wrong”.
