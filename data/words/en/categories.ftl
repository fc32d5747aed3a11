# The 19 categories, with today's names and those of 2019.

category-exchange = Exchange Online and mail
category-sharepoint = SharePoint Online and OneDrive
category-skype_teams = Microsoft Teams (Skype for Business Online)
category-office_apps = Microsoft 365 Apps on a device (Office 365 ProPlus)
category-domains = Domains and DNS records
category-identity = Sign-in, passwords and accounts
category-directory_sync = Directory synchronisation (Entra Connect, Azure AD Connect)
category-service_config = Service set-up and administration
category-billing = Billing and subscription
category-presales = Advice before buying
category-network = Network (Wi-Fi, VPN, proxy, line)
category-third_party = A service or add-in not made by Microsoft
category-scripting = Scripts and macros
category-office_usage = How to use an Office feature
category-development = Developing applications and add-ins
category-volume_licensing = Volume licensing
category-partner = Partners and delegated administration
category-elevated_support = More support (faster, named, on site)
category-unrelated = Not about Microsoft 365
