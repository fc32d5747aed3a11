# Titres des liens.

resource-contact_support = Contacter le support d’Office 365 pour les entreprises
resource-network_team = Équipe réseau de Microsoft
resource-office365_community = Communauté Office 365
resource-help_and_training = Aide et formation
resource-microsoft_community = Communauté Microsoft
resource-microsoft_support = Assistance Microsoft
resource-office_app_support = Options d’assistance pour les applications Office
resource-developer_documentation = Documentation pour développeurs
resource-volume_licensing_center = Centre de gestion des licences en volume
resource-volume_licensing = À propos des licences en volume
resource-partners = Ajouter, modifier ou supprimer un partenaire
resource-microsoft_services = Services Microsoft pour Office 365
resource-premier_support = Assistance Premier
resource-help_and_support = Aide et support
resource-support_options = Options d’assistance Office 365
resource-administrator_roles = Rôles d’administrateur
