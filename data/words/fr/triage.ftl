# Du problème au dossier.

ask-more = Dites-m’en un peu plus : quel produit ou service, ce qui se passe (ou le message d’erreur), et qui est touché. Par exemple : « Outlook se ferme quand j’ouvre un calendrier partagé, seulement sur mon portable. »
ask-again = Je ne vois toujours pas de quoi il s’agit. Quelle application utilisiez-vous, et que devait-elle faire ?
no-words = Je n’ai pas pu y lire de problème. Écrivez en quelques mots ce qui ne marche pas, par exemple « personne ne peut ouvrir le site RH depuis ce matin ».
which-title = De quoi s’agit-il ?
list-title = Choisissez ce qui s’en approche le plus

proposal-title = Voici ce que j’ai compris
proposal-correct = Pas tout à fait ? Corrigez ici avant d’envoyer.
proposal-note = Proposé par un programme d’après vos mots ; vous et les personnes qui traitent le dossier pouvez le changer.
set-aside = On dirait un autre problème : je laisse le précédent de côté. Rien n’a été ouvert pour lui ; décrivez-le de nouveau quand vous voulez.
what-is-wrong = Corrigez la catégorie ou la gravité sur la carte ci-dessus, ou dites-moi avec vos mots ce qui est différent.

sure-high = très sûr ({ $percent } %)
sure-medium = assez sûr ({ $percent } %)
sure-low = peu sûr ({ $percent } %)
sure-line = Certitude : { $sure }. Si c’est faux, dites-le : une personne prend le relais.

next-administrators = Vos administrateurs reçoivent d’abord le dossier. Ils le règlent, ou le transmettent au { $support }.
next-support = Le dossier va directement au { $support }.

promise = **{ $target }, { $availability }** – la première réponse du support que votre offre ({ $plan }) promet en gravité { $severity }.
target-hour = { $amount ->
    [one] { $amount } heure
   *[other] { $amount } heures
}
target-day = { $amount ->
    [one] { $amount } jour
   *[other] { $amount } jours
}
target-none = aucun engagement
availability-always = 24/7
availability-business = aux heures ouvrables
