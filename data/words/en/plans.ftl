# Names of the subscriptions, those of the service description.

plan-business_essentials = Office 365 Business Essentials
plan-business = Office 365 Business
plan-business_premium = Office 365 Business Premium
plan-enterprise_e1 = Office 365 Enterprise E1
plan-enterprise_e3 = Office 365 Enterprise E3
plan-government_g2 = Office 365 Government G2
plan-us_government_e3 = Office 365 US Government E3
plan-education = Office 365 Education
plan-standalone = a standalone paid plan
plan-enterprise_f1 = Office 365 Enterprise F1
plan-us_government_k1 = Office 365 US Government K1
plan-advanced = advanced support options
