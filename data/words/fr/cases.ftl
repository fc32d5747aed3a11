# Les dossiers qui existent : où ils en sont, ce qui s'est passé, ce que l'on peut faire.

status-new = nouveau
status-with_administrator = chez un administrateur
status-escalated = transmis au support
status-acknowledged = pris en charge par le support
status-waiting = en attente d’une réponse
status-resolved = résolu, à confirmer
status-closed = clos
status-reopened = rouvert

category-none = pas encore précisée
nobody = Quelqu’un
role-administrator = vos administrateurs
role-partner = votre partenaire délégué
role-agent = les agents du support

severity-by-classifier = proposée d’après les mots employés
severity-by-answers = d’après les réponses données
severity-by-person = fixée par une personne
severity-by-customer = fixée par votre organisation
severity-by-agent = fixée par le support

event-opened = ouvert
event-take = s’en occupe
event-escalate = a transmis au support
event-acknowledge = a commencé à y travailler
event-ask = demande
event-answer = répond
event-comment = a ajouté
event-recategorise = a changé la catégorie
event-grade = a changé la gravité
event-resolve = dit que c’est résolu
event-confirm = a confirmé que c’est résolu
event-expire = clos : personne n’a répondu
event-dispute = dit que ce n’est pas résolu
event-reopen = a rouvert
event-warning = averti : l’échéance approche
event-missed = averti : l’échéance est dépassée

told-opened = Nouveau dossier { $number } de { $who }
told-take = { $who } s’occupe de votre dossier { $number }
told-escalate = { $who } a transmis le dossier { $number } au support
told-acknowledge = Le support a commencé à traiter le dossier { $number }
told-ask = { $who } vous pose une question sur le dossier { $number }
told-answer = { $who } a répondu sur le dossier { $number }
told-comment = { $who } a écrit à propos du dossier { $number }
told-recategorise = { $who } a changé la catégorie du dossier { $number }
told-grade = { $who } a changé la gravité du dossier { $number }
told-resolve = { $who } dit que le dossier { $number } est résolu. Est-ce le cas ?
told-confirm = Le dossier { $number } est résolu, confirmé par { $who }
told-expire = Le dossier { $number } est clos : personne n’a dit qu’il n’était pas résolu
told-dispute = { $who } dit que le dossier { $number } n’est pas résolu
told-reopen = { $who } a rouvert le dossier { $number }
told-warning = Dossier { $number } : l’échéance de première réponse approche
told-missed = Dossier { $number } : la première réponse est en retard
news = Dossier { $number } : { $what }

do-take = Je m’en occupe
do-escalate = Transmettre au support
do-acknowledge = Commencer
do-ask = Poser une question
do-comment = Envoyer le message
do-recategorise = Changer la catégorie
do-grade = Changer la gravité
do-resolve = Résolu, prévenir
do-confirm = C’est résolu
do-dispute = Pas résolu
do-reopen = Rouvrir
do-follow_up = Nouvelle demande à ce sujet

verb-open = ouvrir un dossier
verb-view = voir ce dossier
verb-take = s’en occuper
verb-escalate = soumettre une demande de service
verb-acknowledge = commencer à le traiter
verb-ask = poser une question
verb-comment = ajouter quelque chose
verb-recategorise = changer la catégorie
verb-grade = changer la gravité
verb-resolve = dire que c’est résolu
verb-confirm = confirmer que c’est résolu
verb-dispute = dire que ce n’est pas résolu
verb-reopen = le rouvrir
verb-follow_up = ouvrir une demande qui lui fait suite
verb-rate = répondre à l’enquête
verb-set_severity = fixer la gravité
verb-see_tenant_cases = voir les dossiers de l’organisation
verb-see_service_requests = voir les demandes de service
verb-describe_organisation = changer les réglages de l’organisation
verb-name_administrators = nommer des administrateurs
verb-delegate = déléguer à un partenaire

label-status = État
label-requester = De
label-opened = Ouvert
label-due = Première réponse avant
label-reopenable = Peut être rouvert jusqu’au
label-follows = Fait suite à
label-organisation = Organisation
label-words = Votre message
label-which-case = Lequel ?
hint-words = Écrivez ici, puis appuyez sur un bouton
due = échéance { $time }

button-details = Voir le dossier
button-open-case = Voir
button-send = Envoyer
button-back = Retour

cases-mine = Vos dossiers
cases-first_line = Dossiers de { $name } qui attendent une aide de premier niveau
cases-requests = Demandes de service
cases-none = Il n’y en a pas.
cases-more = { $count ->
    [one] Un autre n’est pas affiché.
   *[other] { $count } autres ne sont pas affichés.
}
case-unknown = Il n’y a pas de dossier de ce numéro que vous puissiez voir. Un numéro ressemble à T-7KM-2Q4X ; « mes dossiers » affiche les vôtres.
nothing-changed = Rien n’a été changé.

refused-not-allowed = Vous ne pouvez pas { $what } ici. C’est réservé à : { $who }. Rien n’a été changé.
refused-illegal = On ne peut pas { $what } tant que le dossier est « { $status } ». Rien n’a été changé.
refused-possible = Possible maintenant : { $moves }.
refused-too-late = Ce dossier pouvait être rouvert jusqu’au { $until }, et ce délai est passé. Vous pouvez ouvrir à la place une nouvelle demande qui lui fait suite.

problem-words-missing = Écrivez d’abord quelques mots.
problem-category-unknown = Cette catégorie n’existe pas.
problem-category-missing = Choisissez une catégorie.
problem-category-out-of-scope = Le support ne prend pas les dossiers de cette catégorie.
problem-severity-unknown = La gravité est A, B ou C.
problem-severity-missing = Choisissez une gravité : A, B ou C.

several-title = Je vois { $count } problèmes différents
button-each = { $count } dossiers séparés
button-one = C’est un seul problème
whose-title = Est-ce que cela concerne le dossier { $number } ?
button-add = Oui, l’y ajouter
button-new = Non, c’est un nouveau problème
