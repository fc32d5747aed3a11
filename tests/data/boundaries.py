"""Messages on either side of every boundary that the service description rules, in both languages, with what the ruling makes of each."""

from __future__ import annotations

# Section 2, "Boundaries, ruled", by the number of the ruling. Two problems (15) and nothing said (16) are matters of the conversation.
BOUNDARIES: dict[int, dict[str, str]] = {
    1: {
        "Outlook freezes as soon as I open it": "office_apps",
        "Outlook closes by itself every time I click on a message": "office_apps",
        "Outlook se ferme tout seul dès que je le lance": "office_apps",
        "In Outlook I can no longer see the shared mailbox of the accounts team": "exchange",
        "Mails I send from Outlook never arrive": "exchange",
        "Dans Outlook les invitations de calendrier n'arrivent plus chez mes collègues": "exchange",
    },
    2: {
        "It keeps asking for my password all day long": "identity",
        "On me redemande sans arrêt mon mot de passe": "identity",
        "Since the mailbox migration it keeps asking for my password": "exchange",
        "La boîte partagée me redemande sans cesse le mot de passe": "exchange",
    },
    3: {
        "The new hire has a licence but no mailbox was ever created": "service_config",
        "Licence attribuée depuis deux jours et toujours pas de boîte aux lettres": "service_config",
    },
    4: {
        "The Teams admin center page will not save my meeting policy": "service_config",
        "Le centre d'administration affiche une erreur quand j'enregistre un paramètre": "service_config",
        "The forwarding on one mailbox does not work any more": "exchange",
    },
    5: {
        "The Files tab of our Teams channel is empty": "sharepoint",
        "Impossible d'ouvrir les fichiers dans l'onglet Fichiers de notre canal Teams": "sharepoint",
    },
    6: {
        "How do I make a pivot table in Excel?": "office_usage",
        "Comment faire un publipostage dans Word ?": "office_usage",
        "Excel crashes when I make a pivot table": "office_apps",
    },
    7: {
        "The VPN drops every ten minutes": "network",
        "Le wifi du bâtiment B est très lent": "network",
        "Teams calls are cut off after a minute": "skype_teams",
    },
    8: {
        "The Salesforce add-in in Outlook no longer syncs contacts": "third_party",
        "Le complément Zoom dans Outlook ne s'affiche plus": "third_party",
        "The printer on the second floor is jammed": "unrelated",
        "Le portail RH refuse ma demande de congés": "unrelated",
    },
    9: {
        "My VBA macro stops with error 1004": "scripting",
        "Ma macro VBA plante à la ligne 12": "scripting",
        "Which permission does my app need to call the Graph API for calendars?": "development",
        "Nous développons un complément Office et le manifeste est refusé": "development",
    },
    10: {
        "Entra Connect does not synchronise the new users any more": "directory_sync",
        "Azure AD Connect affiche une erreur d'export sur un attribut": "directory_sync",
        "Users who are synchronised cannot sign in to Office 365": "identity",
    },
    11: {
        "What would it cost to upgrade from Business Premium to E3?": "presales",
        "Quelle offre choisir pour 20 personnes, Business Standard ou E3 ?": "presales",
        "Please remove five licences from our subscription": "billing",
        "Je ne comprends pas la dernière facture de notre abonnement": "billing",
    },
    12: {
        "Which MX record do I need for our domain?": "domains",
        "Notre enregistrement SPF est refusé lors de la vérification du domaine": "domains",
        "Mails to one customer bounce": "exchange",
    },
    13: {
        "We want a named engineer and faster answers from support": "elevated_support",
        "Votre support met des jours à répondre, c'est inadmissible": "elevated_support",
        "URGENT!!! Outlook crashes at every start, please hurry": "office_apps",
    },
    14: {
        "Where do I find the keys of our volume licence agreement?": "volume_licensing",
        "Où trouver les clés de notre contrat de licence en volume ?": "volume_licensing",
        "Office will not activate with its key on one computer": "office_apps",
    },
}

# Section 3: the seed's examples and the rulings below the table.
LEVELS: dict[str, tuple[str, ...]] = {
    "A": (
        "Nobody in the company can send or receive mail",
        "The SharePoint site is down for the whole department and nobody can work",
        "No user can send instant messages or join a Teams meeting",
        "I am the only administrator of the tenant and I am locked out",
        "Personne dans l'entreprise ne peut envoyer ni recevoir de messages",
        "Le site SharePoint est en panne, toute l'équipe est à l'arrêt",
    ),
    "B": (
        "The Send button in Outlook is cut off",
        "The setting fails in the Exchange admin center but works in PowerShell",
        "I cannot open Outlook at all since this morning",
        "URGENT!!! my Outlook does not open, I pay for this!",
        "The report is due tomorrow and SharePoint is slow today",
        "Le bouton Envoyer d'Outlook est tronqué",
        "Je n'arrive plus du tout à ouvrir Outlook depuis ce matin",
        "Teams ne m'affiche plus les messages de mon équipe",
    ),
    "C": (
        "How do I set a password that never expires for a user?",
        "Please add two licences to our subscription",
        "A user cannot delete a contact in Exchange Online but can live with it",
        "Outlook on my desktop is slow to search, the web version works fine for me",
        "Comment définir un mot de passe qui n'expire jamais ?",
        "Quel plan comprend l'archivage des boîtes aux lettres ?",
    ),
}

# Ruling 15: two problems in one message, and what each of them is.
TWO_PROBLEMS: dict[str, set[str]] = {
    "Outlook crashes every time I open it. Also, the VPN drops every ten minutes": {"office_apps", "network"},
    "Please remove five licences from our subscription; by the way, which MX record do I need for our domain?": {
        "billing",
        "domains",
    },
    "Outlook se ferme tout seul dès que je le lance. Par ailleurs, le wifi du bâtiment B est très lent": {
        "office_apps",
        "network",
    },
}
