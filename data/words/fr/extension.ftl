# Depuis d’autres conversations : le message d’un collègue devient un dossier, les dossiers se cherchent et se partagent.

escalate-title = Transmettre au support
escalate-wrote = { $author } a écrit :
escalate-no-text = Ce message ne contient pas de texte : dites en quelques mots ce qui ne va pas.
escalate-attachments = Le message contient des images ou des fichiers, que Teams ne transmet pas ici. Envoyez-les-moi dans notre conversation personnelle : ils rejoindront le dossier.
escalate-note = Proposé par un programme d’après le message ; vous et les personnes qui traitent le dossier pouvez le changer.
escalate-already = Vous avez déjà transmis ce message : dossier { $number }. Cet envoi ouvrira un autre dossier.
escalate-stale = Cette fenêtre est trop ancienne pour être envoyée. Choisissez de nouveau le message, puis « Transmettre au support ». Rien n’a été ouvert.
escalate-from = D’après un message de { $author } dans Teams
escalate-said = { $author } a écrit dans Teams :
label-summary = Ce qui ne va pas, pour qui, depuis quand
label-message-from = Message de
button-escalate = Ouvrir le dossier
button-message = Ouvrir le message
button-refresh = Voir ce qui m’est ouvert
button-today = Actualiser
extension-unreadable = Je n’ai pas pu lire cette demande, et rien n’a changé. Écrivez-moi dans notre conversation personnelle : je vous y aiderai.
shared-why = Tout le monde lit ici le numéro et l’état. Qui a accès au dossier en lit davantage avec le bouton.
shared-yours = Vous seul voyez cette vue. Les autres lisent le numéro et l’état.
search-none = Aucun dossier auquel vous avez accès ne correspond. Essayez un numéro (T-7KM-2Q4X), un mot du dossier, ou « ouvert ».
# Ce que l’on peut écrire pour chercher tout ce qui n’est pas clos, avec | entre deux.
search-open = ouvert|non clos
