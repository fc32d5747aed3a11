# Accueil, aide, et ce qui se dit en passant.

welcome-title = Bonjour, je suis Triage, votre assistant de support
welcome-text = Dites-moi ce qui ne va pas avec vos mots, en français ou en anglais. Je cherche de quoi il s’agit et si c’est grave, vous vérifiez, et cela part chez ceux qui peuvent le régler, ou je vous dis chez qui aller.
welcome-examples = Par exemple : « Personne à la compta ne peut ouvrir le site SharePoint depuis 9 h », « Outlook me redemande sans cesse mon mot de passe », « comment ajouter deux licences ? »
greeting = Bonjour { $name }. Qu’est-ce qui ne va pas ? Écrivez-le avec vos mots : le produit, ce qui se passe, et qui est touché.
help-title = Ce que je sais faire
help-text = Décrivez un problème avec vos mots, en français ou en anglais : je propose une catégorie et une gravité, et vous envoyez d’un seul geste.
help-commands =
    Vous pouvez aussi écrire :

    - **parler à une personne** – à tout moment
    - **annuler** – abandonner ce qui est en cours
    - **recommencer** – reprendre du début
    - **mes dossiers** – voir où ils en sont
    - **english** – changer de langue
help-administrators =
    En tant qu’administrateur :

    - **dossiers à traiter** – ce qui attend une aide de premier niveau
    - **demandes de service** – ce qui est chez le support
    - **réglages** – abonnement, horaires, contacts, administrateurs
you-are-welcome = Avec plaisir. Écrivez-moi dès que quelque chose ne va pas.
cancelled = C’est annulé. Rien n’a été ouvert. Écrivez-moi dès que quelque chose ne va pas.
nothing-to-cancel = Il n’y a rien à annuler : rien n’est en cours entre nous. Écrivez-moi dès que quelque chose ne va pas.
start-over = Recommençons. Qu’est-ce qui ne va pas ? Écrivez-le avec vos mots.
language-changed = Nous continuons en français.
already-opened = C’est déjà fait : cela a ouvert le dossier { $number }, et rien n’a été ouvert deux fois.
card-is-old = Cette carte n’est plus d’actualité, rien n’a donc été changé. Dites-moi ce qui ne va pas, ou demandez une personne.
not-recorded = Un incident de notre côté : ce que vous venez de faire n’a pas été enregistré. Réessayez dans un instant.
terminal-hint = Écrivez avec vos mots. Un numéro appuie sur un bouton, nom=valeur change une liste, Ctrl+D quitte.
