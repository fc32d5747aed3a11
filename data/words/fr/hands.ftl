# Entre quelles mains est un dossier, et ce que se disent deux personnes mises en relation.

event-assign = l’a confié à quelqu’un du support
event-release = l’a remis à tout le support
event-hand_back = l’a rendu à vos administrateurs
event-return = remis à tous : la personne qui l’avait n’a plus donné signe
event-said = a dit
event-unclaimed = rappelé : personne ne s’en occupe encore
event-talk = a mis fin à la conversation : plus rien n’a été dit

told-assign = { $who } a confié le dossier { $number } à { $name }
told-release = Le dossier { $number } attend de nouveau quelqu’un du support
told-hand_back = { $who } a rendu le dossier { $number } à vos administrateurs
told-return = Le dossier { $number } attend de nouveau quelqu’un du support : la personne qui l’avait n’a plus donné signe
told-said = { $who } a parlé du dossier { $number }
told-unclaimed = Personne ne s’occupe encore du dossier { $number }

do-assign = Confier
do-release = Remettre à tous
do-hand_back = Rendre aux administrateurs
do-talk = Lui parler

verb-assign = le confier à quelqu’un
verb-release = le remettre à tous
verb-hand_back = le rendre aux administrateurs
verb-talk = parler avec la personne
verb-said = dire quelque chose

problem-agent-missing = Choisissez quelqu’un du support.
problem-agent-unknown = Cette personne ne fait pas partie des agents du support.

label-agent = Quelqu’un du support

# La carte de ceux qui traitent un dossier.
label-owner = Pris en charge par
label-reasons = À cause de
agents-nobody = Personne ne s’en occupe encore.
agents-owner-none = personne encore
agents-transcript = Ce qui a été dit
agents-write = Écrire
agents-change = Modifier
agents-pass = Transmettre
agents-described = { $who } a décrit le problème
copy-older = Une carte plus récente de ce dossier se trouve plus bas.
copy-over = Cette carte n’est plus tenue à jour.
agents-due = Première réponse avant le { $time } : **{ $left }**.
label-promised = Promis
