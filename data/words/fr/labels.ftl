# Noms des boutons et des valeurs.

label-category = Catégorie
label-severity = Gravité
label-sure = Certitude
label-holder = Suivi par

hint-choose = Choisissez…

button-open = Ouvrir le dossier
button-person = Parler à une personne
button-cancel = Annuler
button-other = Autre chose
button-choose = Celle-ci
button-wrong = C’est faux

# Ce que la suggestion écrit à la place de la personne ; data/rules/commands.toml le connaît.
person-command = parler à une personne
