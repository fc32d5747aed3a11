# Le dossier, et l’humain.

case-title = Le dossier { $number } est ouvert
case-named = Dossier { $number }
case-phone = Le support par téléphone : { $phone }
case-keep = Gardez le numéro { $number } : il suffit pour en demander des nouvelles.
holder-administrators = vos administrateurs
holder-support = le support

person-title = Une personne prend le relais : dossier { $number }
person-next = Votre demande de parler à une personne est enregistrée pour ceux qui s’occupent de vous. Ils la lisent avec tout ce que vous avez écrit ici.
person-nothing-said = Vous n’avez pas encore décrit le problème : la personne vous le demandera.
person-already = Vous avez déjà demandé une personne : dossier { $number }. Vous pouvez décrire un autre problème ici.
