# La demande de service, l'enquête, et le libre-service.

request-title = Demande de service pour le dossier { $number }
request-why = Vérifiez ce que le support va lire. Le titre, la description et un contact sont nécessaires ; le reste l’aide à commencer tout de suite.
button-submit = Soumettre au support
button-portal = Ouvrir le support en ligne
button-packet = Texte de la demande
packet-text-title = Demande de service { $number }, en texte
packet-text-why = À coller dans le formulaire d’assistance du portail d’administration :
packet-number = Dossier
packet-title = Titre
packet-description = Description
packet-category = Catégorie
packet-severity = Gravité
packet-evidence = La gravité repose sur
packet-affected = Utilisateurs et services touchés
packet-since = Depuis quand
packet-tried = Ce qui a été essayé
packet-workaround = Contournement
packet-contact = Contact
packet-language = Langue
packet-health = Note d’intégrité du service
named = { $name } :
not-stated = non précisé
language-en = anglais
language-fr = français
problem-missing = à remplir
problem-too-long = trop long
problem-unknown = cela n’existe pas
problem-out-of-scope = le support ne prend pas cette catégorie
problem-no-time = écrivez une heure comme 09:00
problem-too-early = doit être après l’ouverture

escalate-which = Quel dossier transmettre au support ?
escalate-who = Seuls vos administrateurs soumettent des demandes de service : { $names }.
escalate-nobody = Seuls vos administrateurs soumettent des demandes de service ; personne n’est encore nommé dans Triage pour votre organisation.
escalate-describe = Décrivez le problème ici : votre dossier leur est adressé, et ils peuvent le transmettre.
escalate-wish = Demande que ceci soit transmis au support.
escalate-passed-on = Je les ai prévenus pour le dossier { $number }.
follows-because = Fait suite au dossier { $number }, clos depuis plus de { $days } jours et qui ne peut plus être rouvert.

survey-title = Comment cela s’est-il passé pour le dossier { $number } ?
survey-why = Votre réponse nous aide à faire mieux.
survey-rating = Votre note
survey-5 = 5 – très bien
survey-4 = 4 – bien
survey-3 = 3 – correct
survey-2 = 2 – mauvais
survey-1 = 1 – très mauvais
survey-words = Voulez-vous ajouter quelque chose ?
survey-missing = Choisissez d’abord une note de 1 à 5.
survey-thanks = Merci pour votre réponse.
survey-already = Merci, vous avez déjà répondu.

self-help-title = À essayer d’abord
self-help-exchange =
    - Est-ce que cela marche dans Outlook sur le web (outlook.office.com) ?
    - Regardez dans le courrier indésirable et dans les règles.
    - La boîte est-elle pleine ?
self-help-sharepoint =
    - Ouvrez le site ou le fichier dans une fenêtre de navigation privée.
    - Dans OneDrive, suspendez la synchronisation puis reprenez-la.
    - Demandez au propriétaire du site si votre accès a changé.
self-help-skype_teams =
    - Quittez complètement Teams, puis relancez-le.
    - Est-ce que cela marche sur teams.microsoft.com ?
    - Vérifiez le micro et la caméra dans les paramètres, sous Appareils.
self-help-office_apps =
    - Redémarrez l’ordinateur et installez les mises à jour (Fichier, Compte).
    - Démarrez l’application sans compléments.
    - Réparez Office dans le panneau de configuration.
self-help-identity =
    - Déconnectez-vous partout, puis connectez-vous dans une fenêtre de navigation privée.
    - La touche Verr. Maj est-elle active ? La date et l’heure de l’appareil sont-elles justes ?
    - Réinitialisez vous-même le mot de passe, si votre organisation le permet.
button-helped = C’est réglé comme ça
solved-alone = Tant mieux si cela marche. Rien n’a été ouvert.
proposal-yours = Votre organisation fixe elle-même la gravité : choisissez-la ici, et corrigez la catégorie au besoin.
