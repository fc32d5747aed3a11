# Les 19 catégories, avec les noms d’aujourd’hui et ceux de 2019.

category-exchange = Exchange Online et messagerie
category-sharepoint = SharePoint Online et OneDrive
category-skype_teams = Microsoft Teams (Skype Entreprise Online)
category-office_apps = Applications Microsoft 365 sur un appareil (Office 365 ProPlus)
category-domains = Domaines et enregistrements DNS
category-identity = Connexion, mots de passe et comptes
category-directory_sync = Synchronisation d’annuaire (Entra Connect, Azure AD Connect)
category-service_config = Mise en service et administration
category-billing = Facturation et abonnement
category-presales = Conseil avant achat
category-network = Réseau (Wi-Fi, VPN, proxy, ligne)
category-third_party = Service ou complément d’un autre éditeur
category-scripting = Scripts et macros
category-office_usage = Utilisation d’une fonction d’Office
category-development = Développement d’applications et de compléments
category-volume_licensing = Licences en volume
category-partner = Partenaires et administration déléguée
category-elevated_support = Assistance renforcée (plus rapide, dédiée, sur site)
category-unrelated = Sans rapport avec Microsoft 365
