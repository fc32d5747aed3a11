# Deux personnes mises en relation à propos d’un dossier.

talk-support = { $name } (support)
talk-administrator = { $name } (votre administrateur)
talk-frame = **{ $who } :**
talk-connected = Vous parlez maintenant avec **{ $who }**, à propos du dossier { $number }. Tout ce que vous écrivez ici lui parvient.
talk-connecting = Vous êtes mis en relation : continuez dans votre propre conversation avec moi.
talk-how-to-end = Écrivez **fin** pour revenir au robot.
talk-help-title = Vous parlez avec quelqu’un à propos du dossier { $number }
talk-nothing = Il n’y avait aucun mot dans ce message : rien n’a été envoyé.
talk-nobody = Vous ne parlez avec personne en ce moment. Écrivez « parler à une personne » pour demander quelqu’un.
talk-over-said = La conversation avec { $who } à propos du dossier { $number } est terminée. Ce que vous écrivez maintenant revient au robot.
talk-over-case = La conversation avec { $who } est terminée, car le dossier { $number } a changé de mains ou est résolu. Ce que vous écrivez maintenant revient au robot.
talk-over-silence = La conversation avec { $who } à propos du dossier { $number } est terminée, car plus rien n’a été dit. Ce que vous écrivez maintenant revient au robot.
talk-undelivered = Non remis, la conversation est terminée : « { $words } »
talk-yourself = Ce dossier est le vôtre : il n’y a personne à qui parler.
talk-others = { $who } a le dossier { $number } et parle avec la personne. Faites-le-vous d’abord confier.
talk-solved = Le dossier { $number } est résolu : il n’y a plus rien à en dire.
talk-already = Vous parlez déjà à propos du dossier { $number }, dans votre propre conversation avec moi.
talk-unreachable = { $who } n’a pas de conversation avec moi où le joindre. Posez plutôt votre question sur la carte du dossier { $number }.
talk-write-first = Écrivez-moi d’abord dans votre propre conversation, pour que je puisse vous y mettre en relation ; appuyez ensuite sur « Lui parler » dans le dossier { $number }.
talk-they-are-busy = { $who } parle avec quelqu’un d’autre en ce moment. Appuyez sur « Lui parler » dans le dossier { $number } un peu plus tard.
talk-you-are-busy = Vous parlez avec quelqu’un d’autre en ce moment. Terminez d’abord, puis appuyez sur « Lui parler » dans le dossier { $number }.
button-end-talk = Terminer la conversation
desk-written = Ajouté au dossier { $number }, et transmis à qui l’attend.
