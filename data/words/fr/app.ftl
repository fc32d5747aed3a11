# L’application telle que Teams la présente (data/teams/app.toml), et ce que le robot dit quand il est invité dans une équipe ou une conversation de groupe.

app-name = Triage
app-name-full = Triage : l’assistance Microsoft 365
app-short = Dites ce qui ne va pas : cela arrive chez ceux qui peuvent le régler.
app-full = Décrivez un problème avec Microsoft 365 avec vos mots, en français ou en anglais. Triage cherche de quoi il s’agit et si c’est grave, vous vérifiez, et cela part chez vos administrateurs ou au support, avec ce que votre offre promet. Vous suivez vos dossiers dans la conversation, et une personne prend le relais dès que vous le demandez.

app-command-help = aide
app-command-help-description = Ce que je sais faire
app-command-person = parler à une personne
app-command-person-description = Quelqu’un prend le relais, avec tout ce qui a été dit
app-command-my_cases = mes dossiers
app-command-my_cases-description = Où en sont vos dossiers
app-command-queue = dossiers à traiter
app-command-queue-description = Pour les administrateurs : ce qui attend une aide de premier niveau
app-command-requests = demandes de service
app-command-requests-description = Ce qui est chez le support
app-command-service_request = soumettre une demande de service
app-command-service_request-description = Pour les administrateurs : transmettre un dossier au support
app-command-organisation = réglages
app-command-organisation-description = Pour les administrateurs : abonnement, horaires, contacts, administrateurs
app-command-start_over = recommencer
app-command-start_over-description = Abandonner ce qui est en cours et reprendre du début

app-prompt-mail = Plus de courrier
app-prompt-mail-description = Signaler une panne
app-prompt-mail-text = Personne dans mon équipe ne reçoit de courrier depuis ce matin
app-prompt-sign_in = Connexion impossible
app-prompt-sign_in-description = Signaler un problème à vous
app-prompt-sign_in-text = Je n’arrive pas à me connecter : mon mot de passe est refusé sur tous mes appareils
app-prompt-licences = Ajouter des licences
app-prompt-licences-description = Une question sur votre abonnement
app-prompt-licences-text = Comment ajouter deux licences à notre abonnement ?

app-extension-escalate = Transmettre au support
app-extension-escalate-description = Faire d’un message un dossier de support
app-extension-searchCases = Trouver un dossier
app-extension-searchCases-description = Trouver un de vos dossiers, et partager son numéro et son état
app-parameter-query = Dossier
app-parameter-query-description = Un numéro comme T-7KM-2Q4X, ou des mots du dossier

group-welcome = { $who } m’a ajouté à cette conversation. Mentionnez-moi en disant ce qui ne va pas : je réponds dans une conversation personnelle, car un dossier ne regarde personne d’autre. [Ouvrir notre conversation]({ $link })
group-hello = Bonjour { $who }. Mentionnez-moi en disant ce qui ne va pas, ou écrivez-moi directement : les dossiers se traitent dans notre conversation personnelle. [Ouvrir notre conversation]({ $link })
group-help = { $who }, écrivez avec vos mots ce qui ne va pas avec Microsoft 365, et cela arrive chez ceux qui peuvent le régler. Ce qui touche un dossier ne se dit que dans notre conversation personnelle : j’y montre aussi vos dossiers, et j’y fais venir une personne. [Ouvrir notre conversation]({ $link })
group-thanks = Avec plaisir, { $who }.
group-written = { $who }, je vous ai écrit dans notre conversation personnelle. [Ouvrir notre conversation]({ $link })
group-closed = { $who }, cela a sa place dans notre conversation personnelle, et je ne peux pas encore vous y écrire. [Ouvrez notre conversation]({ $link }), choisissez « Ajouter », et redites-moi ce qui ne va pas.
group-continued = Vous m’avez écrit là où d’autres lisent, je réponds donc ici.
edited = Je lis un message une seule fois, tel qu’il a été envoyé. Écrivez ce qui a changé dans un nouveau message.
