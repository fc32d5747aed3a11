# Titles of the links.

resource-contact_support = Contact Office 365 for business support
resource-network_team = Microsoft network team
resource-office365_community = Office 365 community
resource-help_and_training = Help and training
resource-microsoft_community = Microsoft community
resource-microsoft_support = Microsoft Support
resource-office_app_support = Office application support options
resource-developer_documentation = Developer documentation
resource-volume_licensing_center = Volume Licensing Service Center
resource-volume_licensing = About volume licensing
resource-partners = Add, change or remove a partner
resource-microsoft_services = Microsoft Services for Office 365
resource-premier_support = Premier Support
resource-help_and_support = Help and Support
resource-support_options = Office 365 support options
resource-administrator_roles = Administrator roles
