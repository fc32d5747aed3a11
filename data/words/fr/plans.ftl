# Noms des abonnements, ceux de la description de service.

plan-business_essentials = Office 365 Business Essentials
plan-business = Office 365 Business
plan-business_premium = Office 365 Business Premium
plan-enterprise_e1 = Office 365 Entreprise E1
plan-enterprise_e3 = Office 365 Entreprise E3
plan-government_g2 = Office 365 Gouvernement G2
plan-us_government_e3 = Office 365 Gouvernement américain E3
plan-education = Office 365 Éducation
plan-standalone = un plan autonome payant
plan-enterprise_f1 = Office 365 Entreprise F1
plan-us_government_k1 = Office 365 Gouvernement américain K1
plan-advanced = options d’assistance avancées
