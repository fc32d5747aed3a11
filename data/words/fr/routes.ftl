# Où va un problème : le nom dans une phrase, et pour ce qui n’est pas de notre ressort le titre, la raison et le chemin.

route-technical_support = support technique de Microsoft
route-billing_support = support de facturation
route-presales_support = support avant-vente

route-network_team-title = C’est du ressort de votre équipe réseau
route-network_team-reason = Le support de Microsoft couvre Office 365 lui-même ; le Wi-Fi, le VPN, le proxy, la ligne ou les routeurs de votre organisation n’en font pas partie. Aucun dossier n’a été ouvert.
route-network_team-where = Adressez-vous d’abord à l’équipe réseau de votre organisation ; l’équipe réseau de Microsoft peut aussi vous aider.
route-network_team-contact = Adressez-vous à votre équipe réseau : { $contact }. L’équipe réseau de Microsoft peut aussi vous aider.

route-community-title = C’est du ressort de l’éditeur de ce produit
route-community-reason = Le support de Microsoft ne couvre pas les services et compléments d’autres éditeurs, ni leur intégration. Aucun dossier n’a été ouvert.
route-community-where = D’autres clients répondent dans la communauté Microsoft ; le support de l’éditeur connaît son produit.

route-microsoft_support-title = Les scripts et macros ont leur propre aide
route-microsoft_support-reason = L’équipe Office 365 ne prend pas en charge les scripts (JavaScript, VBScript, VBA, votre propre PowerShell). Aucun dossier n’a été ouvert.
route-microsoft_support-where = L’assistance Microsoft aide pour les scripts.

route-office_help-title = Il y a de l’aide pour utiliser cette fonction
route-office_help-reason = Rien ne semble en panne : il s’agit de l’utilisation d’une application Office, qui a ses propres options d’assistance. Aucun dossier n’a été ouvert.
route-office_help-where = « Aide et formation » le montre pas à pas, et la communauté répond aux questions.

route-developers-title = C’est du ressort de l’assistance aux développeurs
route-developers-reason = Le développement d’applications ou de compléments pour Office, SharePoint ou Graph relève des ressources pour développeurs. Aucun dossier n’a été ouvert.
route-developers-where = Voyez la documentation et les forums pour développeurs, ou l’assistance Premier ou Partenaire.

route-volume_licensing-title = C’est du ressort du Centre de gestion des licences en volume
route-volume_licensing-reason = Les contrats de licences en volume, leurs clés et leurs licences y sont gérés. Aucun dossier n’a été ouvert.
route-volume_licensing-where = Le Centre de gestion des licences en volume donne les clés et les licences. Pour une question technique ou de facturation à leur sujet, touchez « C’est faux ».

route-partners-title = Les partenaires se gèrent sur leur propre page
route-partners-reason = Ajouter, changer ou supprimer un partenaire, et l’administration déléguée, se font là par un administrateur. Aucun dossier n’a été ouvert.
route-partners-where = La page montre comment ajouter, changer ou supprimer un partenaire.

route-additional_options-title = Vous cherchez plus d’assistance que votre offre n’en comprend
route-additional_options-reason = Une réponse plus rapide, un ingénieur attitré, une assistance gérée ou sur site sont des options payantes. Aucun dossier n’a été ouvert.
route-additional_options-where = Voici ces options ; un problème technique continue d’être traité comme d’habitude.

route-own_help_desk-title = Cela ne concerne pas Microsoft 365
route-own_help_desk-reason = Ni le support d’Office 365 ni les ressources que je connais ne s’en occupent. Aucun dossier n’a été ouvert.
route-own_help_desk-where = Le centre d’assistance de votre organisation est la bonne adresse. Si cela concerne bien Microsoft 365, touchez « C’est faux ».
route-own_help_desk-contact = Votre centre d’assistance est la bonne adresse : { $contact }. Si cela concerne bien Microsoft 365, touchez « C’est faux ».
