# Ce qui se dit à qui appuie sur un bouton ou envoie une fenêtre quand la réponse tarde trop.

late-here = C’est plus long que d’habitude. La réponse arrive ici dans un instant.
late-elsewhere = C’est plus long que d’habitude et toujours en cours. Le résultat s’affichera ici ou dans votre conversation avec moi. Si rien ne vient, réessayez : rien n’est fait deux fois.
late-again = C’est plus long que d’habitude. Réessayez dans un instant.
late-window = Votre message n’a pas encore été transmis : la fenêtre avait encore quelque chose à demander. Choisissez de nouveau le message et relisez la fenêtre.
