# Ce que l’on envoie avec un message.

label-files = Fichiers
files-kept = Je garde { $names } : cela rejoindra le dossier qui en résultera.
files-with-case = { $names } : joint au dossier { $number }.
files-what = Qu’est-ce qui ne va pas ? Dites-le en quelques mots, et votre envoi rejoindra le dossier.
files-said = Envoi : { $names }
files-more = { $names } et { $count } de plus
file-nameless = Une image
file-lost = **{ $name }** n’est pas conservé : { $reason }
file-lost-too-large = plus de { $limit } Mo.
file-lost-too-many = je prends { $limit } fichiers par message. Envoyez les autres dans un second.
file-lost-kind = je prends les images, les PDF, les textes et les documents Office sans macros.
file-lost-empty = il n’y a rien dedans.
file-lost-slow = pas arrivé en { $limit } secondes. Veuillez le renvoyer.
file-lost-unreachable = impossible de le récupérer. Veuillez le renvoyer.
file-lost-elsewhere = il se trouve à un endroit où je n’ai pas le droit de le chercher.
file-lost-group = je ne prends les fichiers que dans notre conversation personnelle. Envoyez-le là, et il rejoindra votre dossier.
file-lost-not-stored = un problème de notre côté. Veuillez le renvoyer dans un instant.

# Fichiers d’un dossier, pour qui a le droit de le voir ; Teams demande d’abord, et met dans OneDrive ce qui est accepté.
button-files = { $count ->
    [one] Recevoir le fichier
   *[other] Recevoir les { $count } fichiers
}
share-here = { $count ->
    [one] Le voici : { $names }. Autorisez-le, et il sera mis dans votre OneDrive.
   *[other] Les voici : { $names }. Autorisez ceux que vous voulez, et ils seront mis dans votre OneDrive.
}
share-alone = { $count ->
    [one] Vous le trouverez dans votre propre conversation avec moi : { $names }.
   *[other] Vous les trouverez dans votre propre conversation avec moi : { $names }.
}
share-write-first = Écrivez-moi d’abord dans votre propre conversation, pour que je puisse vous y envoyer { $names }.
share-none = Le dossier { $number } n’a plus de fichier.
share-offer = { $name }, du dossier { $number }
share-about = Joint au dossier { $number }
share-from = De { $who }, à propos du dossier { $number }
share-coming = { $name } est en cours d’envoi dans votre OneDrive.
share-left = Vous n’avez pas pris { $name } : il reste joint au dossier { $number }.
share-gone = Ce fichier n’est plus joint au dossier { $number }.
share-failed = { $name } n’a pas pu être mis dans votre OneDrive. S’il ne s’y trouve pas déjà, demandez-le à nouveau sur la carte du dossier { $number }.
