"""What the words of the service description mean in the rule book: routes, plans, availability and targets."""

from __future__ import annotations

from handoff.rulebook import Target

# The last column of the table of categories, in the description's words: the route, and the addresses it names, first one first.
ROUTES = {
    "technical support": ("technical_support", ("contact_support",)),
    "billing support": ("billing_support", ("contact_support",)),
    "pre-sales support": ("presales_support", ("contact_support",)),
    "out: the customer's network team, or the Microsoft network team": ("network_team", ("network_team",)),
    "out: Microsoft community": ("community", ("microsoft_community",)),
    "out: Microsoft Support": ("microsoft_support", ("microsoft_support",)),
    "out: Office application support options, help and training, community": (
        "office_help",
        ("office_app_support", "help_and_training", "office365_community"),
    ),
    "out: developer documentation, forums, developer support": ("developers", ("developer_documentation",)),
    "out: Volume Licensing Service Center (its technical questions → technical support; "
    "its billing questions → billing support)": (
        "volume_licensing",
        ("volume_licensing_center", "volume_licensing"),
    ),
    "out: the partner pages": ("partners", ("partners",)),
    "out: the additional support options": (
        "additional_options",
        ("microsoft_services", "premier_support", "help_and_support"),
    ),
    "out: says so plainly, offers the organisation's own help desk": ("own_help_desk", ()),
}

# The columns of the response table, as domain.md abbreviates them.
PLANS = {
    "Business Essentials": "business_essentials",
    "Business": "business",
    "Business Premium": "business_premium",
    "Enterprise E1": "enterprise_e1",
    "E3": "enterprise_e3",
    "Government G2": "government_g2",
    "US Gov E3": "us_government_e3",
    "Education": "education",
    "standalone paid plans": "standalone",
    "Enterprise F1": "enterprise_f1",
    "US Gov K1": "us_government_k1",
    "advanced support options": "advanced",
}

# The same as the seed names them.
PLANS_OF_THE_SEED = {
    "Office 365 Business Essentials": "business_essentials",
    "Office 365 Business": "business",
    "Office 365 Business Premium": "business_premium",
    "Office 365 entreprise E1": "enterprise_e1",
    "Office 365 entreprise E3": "enterprise_e3",
    "Office 365 gouvernement G2": "government_g2",
    "Office 365 gouvernement américain E3": "us_government_e3",
    "Office 365 éducation": "education",
    "Office 365 entreprise F1": "enterprise_f1",
    "Office 365 gouvernement américain K1": "us_government_k1",
    "Options d'assistance avancées": "advanced",
}

AVAILABILITY = {
    "24/7": "always",
    "business hours": "business",
    "Disponible : 24/7": "always",
    "Disponible : heures d'ouverture": "business",
}

TARGETS = {
    "1 hour": Target(amount=1, unit="hour"),
    "2 hours": Target(amount=2, unit="hour"),
    "4 hours": Target(amount=4, unit="hour"),
    "1 day": Target(amount=1, unit="day"),
    "no commitment": None,
    "Temps de réponse : une heure": Target(amount=1, unit="hour"),
    "Temps de réponse : un jour": Target(amount=1, unit="day"),
    "Temps de réponse : 2 heures": Target(amount=2, unit="hour"),
    "Temps de réponse : 4 heures": Target(amount=4, unit="hour"),
    "Temps de réponse : aucun engagement": None,
}
