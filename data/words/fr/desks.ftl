# Ce qui se dit des services où les dossiers sont traités.

event-rerouted = n’a pas pris le dossier ; un autre service l’a reçu
event-undelivered = n’a pas pris le dossier ; aucun autre service ne l’a
event-unwanted = n’a pas pris un message sur le dossier, et recevra les suivants
told-rerouted = Dossier { $number } : le service « { $who } » ne l’a pas pris, un autre l’a reçu
told-undelivered = Dossier { $number } : le service « { $who } » ne l’a pas pris, et aucun autre ne l’a. Merci de vous en occuper ici.
told-unwanted = Dossier { $number } : le service « { $who } » n’a pas pris ce qui vient d’arriver. Il a le dossier et recevra la suite ; merci de le lui transmettre vous-mêmes.
desk-away = Le service « { $desk } » ne répond plus depuis { $since }. Ce qui arrive à ses dossiers est conservé et lui sera remis dès son retour.

# Ce que disent un courriel ou un ticket.
desk-because = Il vous parvient parce que le service précédent sur sa route ne l’a pas pris : { $reason }
desk-case = Dossier : { $number }
desk-requester = De : { $name } ({ $organisation })
desk-category = Sujet : { $category }
desk-severity = Gravité : { $severity }
desk-opened = Ouvert : { $at }
desk-file = Fichier : { $name } ({ $kind }, { $size } ko)
desk-file-large = { $name } n’est pas joint : l’ensemble des fichiers peut faire { $limit } Mo.
desk-file-gone = { $name } n’est pas joint : il n’est plus conservé.

# Ce que lit la personne quand quelqu’un a changé l’état d’un ticket sans rien écrire.
desk-ask-without-words = Nous avons besoin d’une réponse de votre part pour continuer.
desk-resolve-without-words = Le service l’a marqué comme résolu.

# Au-dessus d’un courriel auquel on peut répondre, pour reconnaître ce qui est cité ; ce que lit la personne quand seuls des fichiers ont été envoyés.
mail-answer-above = Merci de répondre au-dessus de cette ligne
desk-comment-without-words = Je vous envoie ceci.
desk-file-lost = { $name } n’est pas conservé : { $reason }
