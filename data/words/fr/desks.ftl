# Ce qui se dit des services où les dossiers sont traités.

event-rerouted = n’a pas pris le dossier ; un autre service l’a reçu
event-undelivered = n’a pas pris le dossier ; aucun autre service ne l’a
told-rerouted = Dossier { $number } : le service « { $who } » ne l’a pas pris, un autre l’a reçu
told-undelivered = Dossier { $number } : le service « { $who } » ne l’a pas pris, et aucun autre ne l’a. Merci de vous en occuper ici.
desk-away = Le service « { $desk } » ne répond plus depuis { $since }. Ce qui arrive à ses dossiers est conservé et lui sera remis dès son retour.
