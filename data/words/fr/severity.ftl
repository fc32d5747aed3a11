# Niveaux, questions qui les départagent, et raisons.

severity-A = A, critique
severity-B = B, haute
severity-C = C, non critique
severity-A-choice = A – critique (panne pour plusieurs)
severity-B-choice = B – haute (marche mal)
severity-C-choice = C – non critique (peut attendre)

question-people = Qui est touché ?
question-work = Le travail peut-il continuer ?
question-why = À propos de : { $category }. Votre réponse décide de l’urgence.

answer-people-one = Moi seulement
answer-people-one-also = moi|que moi|juste moi|seulement moi|une personne|une seule personne|un seul utilisateur|un utilisateur|moi seul|moi seule
answer-people-several = Plusieurs personnes
answer-people-several-also = plusieurs|quelques personnes|quelques uns|une équipe|mon équipe|notre équipe|l'équipe|toute l'équipe|beaucoup|beaucoup de monde|plusieurs utilisateurs|le service|tout le service|deux|trois
answer-people-everyone = Tout le monde
answer-people-everyone-also = tous|toutes|toute l'entreprise|toute la boîte|toute la société|tous les utilisateurs|l'entreprise entière|tout le bureau|tout le site
answer-work-blocked = Non, tout est bloqué
answer-work-blocked-also = non|bloqué|bloqués|rien ne marche|plus rien|pas du tout|complètement bloqué|impossible|on est bloqués|à l'arrêt
answer-work-impaired = Oui, mais mal
answer-work-impaired-also = mal|difficilement|en partie|partiellement|lentement|plus ou moins|oui
answer-work-workaround = Oui, il y a une autre solution
answer-work-workaround-also = autre solution|une autre solution|contournement|il y a un contournement|on se débrouille|pas urgent|ça peut attendre

quoted = « { $words } »
because = à cause de : { $reasons }
because-nothing = rien dans votre message ne dit combien de personnes sont touchées
